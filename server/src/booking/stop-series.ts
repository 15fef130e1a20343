// A series stops: from a day on it makes no more classes, and those it made go, or stay where somebody has booked them.
import type { EndingPreview, StopSeries } from '@fitflow/contract/closures.ts'
import type { Database } from '../platform/db.ts'
import { answerOnce, type Answer, type Keyed } from '../platform/idempotency.ts'
import type { SeriesId, SessionId } from '../platform/ids.ts'
import type { Context } from '../platform/context.ts'
import type { Sql } from '../platform/sql.ts'
import type { Tx } from '../platform/tx.ts'
import { ownSeries, readSeries, toWireSeries, type SeriesCard } from '../schedule/class-series.ts'
import { comingOfSeries, endSeries, wantedOf } from '../schedule/end-series.ts'
import type { SettingsStore } from '../schedule/settings.ts'
import { cancelByStudio, type StudioHouse } from './cancel-by-studio.ts'
import { previewEnding } from './ending-preview.ts'
import { aboutMany } from './many-sessions.ts'

interface House {
  db: Database
  settings: SettingsStore
}

interface Command {
  keyed: Keyed
  context: Context
  wish: StopSeries
  /** Throws `precondition-failed` when the asker's `If-Match` names another version. */
  refuseStale(version: number): void
}

type Wish = Pick<StopSeries, 'booked'> & { endsBefore: Temporal.PlainDate }

/** Answers 200 with the series. Throws `not-found`, `precondition-failed`. Past and running classes stay whatever is asked. */
export function stopSeries(house: House, id: SeriesId, { wish, refuseStale, ...command }: Command): Promise<Answer> {
  const endsBefore = Temporal.PlainDate.from(wish.endsBefore)
  const find = (sql: Sql) => comingOfSeries(sql, id, { from: endsBefore, now: house.db.clock.expression(sql) })
  return aboutMany(house.db.sql, find, ({ sessions, lock, settle }) =>
    answerOnce(house.db, command, { sessions, lock }, async (tx, locked) => {
      // Whoever makes its classes holds this lock: none is made from now on.
      const series = ownSeries(tx.actor, await readSeries(tx.sql, id, { lock: true }))
      refuseStale(series.version)
      const coming = await settle(tx, locked.sessions)
      const { ending } = await sorted(tx.sql, coming.map(session => session.id), wish.booked)
      const going = coming.filter(session => ending.includes(session.id))
      await endSeries(tx, series, { endsBefore, booked: wish.booked, cancelled: going.length })
      await cancelByStudio(tx, house, { sessions: going, reason: wish.reason ?? '' })
      const [wire] = await toWireSeries(tx, [(await readSeries(tx.sql, id)) as SeriesCard])
      return { status: 200, body: wire }
    }),
  )
}

/** Whom stopping would affect. Throws `not-found`. */
export async function previewStop(tx: Tx, house: StudioHouse, id: SeriesId, { endsBefore, booked }: Wish): Promise<EndingPreview> {
  ownSeries(tx.actor, await readSeries(tx.sql, id))
  const coming = await comingOfSeries(tx.sql, id, { from: endsBefore, now: tx.sql`${tx.now}::timestamptz` })
  return previewEnding(tx, house, await sorted(tx.sql, coming, booked))
}

async function sorted(sql: Sql, coming: readonly SessionId[], booked: StopSeries['booked']): Promise<{ ending: SessionId[]; kept: SessionId[] }> {
  if (booked === 'cancel') return { ending: [...coming], kept: [] }
  const wanted = await wantedOf(sql, coming)
  return { ending: coming.filter(id => !wanted.has(id)), kept: coming.filter(id => wanted.has(id)) }
}
