// The studio shuts for a while: nothing is made inside, and what lies there is cancelled with everything returned.
import type { Closure as WireClosure, EndingPreview, NewClosure } from '@fitflow/contract/closures.ts'
import type { Database } from '../platform/db.ts'
import { answerOnce, type Answer, type Keyed } from '../platform/idempotency.ts'
import type { Context } from '../platform/context.ts'
import { malformed } from '../platform/shape.ts'
import type { Sql } from '../platform/sql.ts'
import type { Tx } from '../platform/tx.ts'
import { insertClosure, livesWithin, refuseClosedAlready, toWireClosure } from '../schedule/closures.ts'
import { isTooFar, tooFarWords } from '../schedule/horizon.rule.ts'
import type { SettingsStore } from '../schedule/settings.ts'
import type { Span } from '../schedule/studio-days.rule.ts'
import { cancelByStudio, type StudioHouse } from './cancel-by-studio.ts'
import { previewEnding } from './ending-preview.ts'
import { aboutMany } from './many-sessions.ts'

interface House {
  db: Database
  settings: SettingsStore
}

/**
 * Answers 201 with the closure. Throws `invalid-request` for one that ends before it begins, is over or too far ahead, and `studio-closed` for
 * one that would close nothing anew. Runs SERIALIZABLE: whoever makes, moves or publishes a class reads the closures, and this
 * reads the classes and the closures; of two at once one runs again and sees the other.
 */
export function closeStudio(house: House, wish: NewClosure, command: { keyed: Keyed; context: Context }): Promise<Answer> {
  const span = spanOf(wish)
  const find = (sql: Sql) => livesWithin(sql, span, house.db.clock.expression(sql))
  return aboutMany(house.db.sql, find, ({ sessions, lock, settle }) =>
    answerOnce(house.db, command, { sessions, lock }, async (tx, locked) => {
      refuseWhen(span, tx.now)
      await refuseClosedAlready(tx, span)
      const inside = await settle(tx, locked.sessions)
      const closure = await insertClosure(tx, { ...span, reason: wish.reason, cancelled: inside.length })
      await cancelByStudio(tx, house, { sessions: inside, reason: wish.reason, closureId: closure.id })
      const body: WireClosure = toWireClosure(closure)
      return { status: 201, body }
    }),
  )
}

/** Whom closing would affect. Throws as `closeStudio` does. */
export async function previewClosure(tx: Tx, house: StudioHouse, wish: Pick<NewClosure, 'startsAt' | 'endsAt'>): Promise<EndingPreview> {
  const span = spanOf(wish, 'query')
  refuseWhen(span, tx.now, 'query')
  await refuseClosedAlready(tx, span)
  const ending = await livesWithin(tx.sql, span, tx.sql`${tx.now}::timestamptz`)
  return previewEnding(tx, house, { ending, kept: [] })
}

function spanOf({ startsAt, endsAt }: Pick<NewClosure, 'startsAt' | 'endsAt'>, where = 'body'): Span {
  const span = { from: Temporal.Instant.from(startsAt), to: Temporal.Instant.from(endsAt) }
  if (Temporal.Instant.compare(span.from, span.to) < 0) return span
  throw malformed([{ path: `${where}/endsAt`, message: 'must be later than startsAt' }])
}

function refuseWhen({ to }: Span, now: Temporal.Instant, where = 'body'): void {
  if (Temporal.Instant.compare(to, now) <= 0) throw malformed([{ path: `${where}/endsAt`, message: 'must be ahead' }])
  if (isTooFar(to, now)) throw malformed([{ path: `${where}/endsAt`, message: tooFarWords }])
}
