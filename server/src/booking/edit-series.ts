// Staff change a series from a day on or as a whole: its sessions move with the people in them, and keep what is their own.
import type { SeriesEdit } from '@fitflow/contract/series-edits.ts'
import { answerOnce, type Answer, type Keyed } from '../platform/idempotency.ts'
import type { SeriesId } from '../platform/ids.ts'
import type { Context } from '../platform/context.ts'
import type { Database } from '../platform/db.ts'
import type { Sql } from '../platform/sql.ts'
import type { Tx } from '../platform/tx.ts'
import { changedSeries, differing, firstDayOf, firstFrom, planEdit, sessionsToEdit, withClosures, writeSeries } from '../schedule/change-series.ts'
import { ownSeries, readSeries, toWireSeries, trainerOf, type SeriesCard } from '../schedule/class-series.ts'
import { refuseNaming } from '../schedule/rights.ts'
import type { SettingsStore } from '../schedule/settings.ts'
import { refuseWhoDoesNotTeach } from '../schedule/trainer-clash.ts'
import { applyPlan, lockEverybody, refusePlan } from './many-changes.ts'

interface House {
  db: Database
  settings: SettingsStore
}

interface Command {
  keyed: Keyed
  context: Context
  edit: SeriesEdit
  /** Throws `precondition-failed` when the asker's `If-Match` names another version. */
  refuseStale(version: number): void
}

/**
 * Answers 200 with the series that changed, which with `following` may be a new one that continues it; what is like that already is
 * left as it is, in the same version. All or nothing: throws
 * `not-found`, `precondition-failed`, `forbidden`, `invalid-request`, `trainer-busy` with every clash, `session-state` when a
 * class would start in the past, `capacity-below-taken`. A class that would fall into a closure is cancelled.
 */
export async function editSeries(house: House, id: SeriesId, { edit, refuseStale, ...command }: Command): Promise<Answer> {
  const about = (sql: Sql, lock: boolean) => sessionsToEdit(sql, id, { from: fromOf(edit), now: house.db.clock.expression(sql), lock })
  const named = await about(house.db.sql, false)
  // Sessions first, then the series, and sent so: the order of docs/locking.md. A session made since the look is locked all the same.
  const lock = (sql: Sql) => ({ sessions: about(sql, true).execute(), series: readSeries(sql, id, { lock: true }) })
  return answerOnce(house.db, command, { sessions: named.map(session => session.id), lock }, async (tx, locked) => {
    const was = ownSeries(tx.actor, locked.series)
    refuseStale(was.version)
    const from = firstDayOf(was, edit, { now: tx.now, path: 'body/from' })
    const is = changedSeries(was, edit)
    await refuseEdit(tx, { was, is, from })
    if (differing(was, is).length === 0) return { status: 200, body: await wireOf(tx, was) }
    const plan = await withClosures(tx.sql, planEdit(was, is, { sessions: locked.sessions, now: tx.now }))
    await lockEverybody(tx, plan)
    await refusePlan(tx, plan)
    const now = await writeSeries(tx, was, is, from)
    await applyPlan(tx, house, plan)
    return { status: 200, body: await wireOf(tx, now) }
  })
}

const wireOf = async (tx: Tx, series: SeriesCard) => (await toWireSeries(tx, [series]))[0]

/** The day that `following` begins with; a whole has none. */
export const fromOf = ({ scope, from }: Pick<SeriesEdit, 'scope' | 'from'>) => (scope === 'all' ? undefined : from)

/** Throws `invalid-request` for a day without a class from then on, and for nobody who teaches; `forbidden`. */
export async function refuseEdit(tx: Tx, { was, is, from }: { was: SeriesCard; is: SeriesCard; from: Temporal.PlainDate | null }): Promise<void> {
  if (from !== null) firstFrom(was, from)
  if (trainerOf(was) === trainerOf(is)) return
  refuseNaming(tx.actor, trainerOf(is))
  await refuseWhoDoesNotTeach(tx.sql, trainerOf(is))
}
