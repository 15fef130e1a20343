// Staff change a series from a day on or as a whole: its sessions move with the people in them, and keep what is their own.
import type { SeriesEdit } from '@fitflow/contract/series-edits.ts'
import { lockMembers } from '../identity/lock-members.ts'
import { answerOnce, type Answer, type Keyed } from '../platform/idempotency.ts'
import type { SeriesId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import type { Context } from '../platform/context.ts'
import type { Database } from '../platform/db.ts'
import type { Sql } from '../platform/sql.ts'
import type { Tx } from '../platform/tx.ts'
import { changedSeries, firstDayOf, planEdit, sessionsToEdit, writeSeries, type EditPlan, type SeriesSession } from '../schedule/change-series.ts'
import { setCapacity, setTrainer } from '../schedule/change-session.ts'
import { ownSeries, readSeries, toWireSeries, trainerOf, type SeriesCard } from '../schedule/class-series.ts'
import { lockSessions, type ClassSession } from '../schedule/class-sessions.ts'
import { clashesOf, trainerBusy, trainersOf, type Clash } from '../schedule/move-sessions.ts'
import { refuseNaming } from '../schedule/rights.ts'
import type { SettingsStore } from '../schedule/settings.ts'
import { isLive, refuseWhoDoesNotTeach } from '../schedule/trainer-clash.ts'
import { seatedIn, whoIsIn } from './affected.ts'
import { rescheduleSessions } from './reschedule.ts'

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
 * Answers 200 with the series that changed, which with `following` may be a new one that continues it. All or nothing: throws
 * `not-found`, `precondition-failed`, `forbidden`, `invalid-request`, `trainer-busy` with every clash, `session-state` when a
 * class would start in the past, `capacity-below-taken`.
 */
export async function editSeries(house: House, id: SeriesId, { edit, refuseStale, ...command }: Command): Promise<Answer> {
  const about = (sql: Sql, lock: boolean) => sessionsToEdit(sql, id, { from: fromOf(edit), now: house.db.clock.expression(sql), lock })
  const named = await about(house.db.sql, false)
  // Sessions first, then the series, and sent so: the order of docs/locking.md. A session made since the look is locked all the same.
  const lock = (sql: Sql) => ({ sessions: about(sql, true).execute(), series: readSeries(sql, id, { lock: true }) })
  return answerOnce(house.db, command, { sessions: named.map(session => session.id), lock }, async (tx, locked) => {
    const was = ownSeries(tx.actor, locked.series)
    refuseStale(was.version)
    const from = firstDayOf(was, edit, tx.now)
    const is = changedSeries(was, edit)
    await refuseTrainerOf(tx, was, is)
    const plan = planEdit(was, is, { sessions: locked.sessions, now: tx.now })
    await lockEverybody(tx, plan, is)
    await refuseEdit(tx.sql, plan, is)
    const now = await writeSeries(tx, was, is, from)
    await apply(tx, house, plan, now)
    const [wire] = await toWireSeries(tx, [now])
    return { status: 200, body: wire }
  })
}

/** The day that `following` begins with; a whole has none. */
export const fromOf = ({ scope, from }: Pick<SeriesEdit, 'scope' | 'from'>) => (scope === 'all' ? undefined : from)

/** Throws `forbidden`, and `invalid-request` for nobody who teaches. */
export async function refuseTrainerOf(tx: Tx, was: SeriesCard, is: SeriesCard): Promise<void> {
  if (trainerOf(was) === trainerOf(is)) return
  refuseNaming(tx.actor, trainerOf(is))
  await refuseWhoDoesNotTeach(tx.sql, trainerOf(is))
}

/** Members and trainers in one go: one after the other would be out of order. */
async function lockEverybody(tx: Tx, { moves, substituted }: EditPlan, is: SeriesCard): Promise<void> {
  if (moves.length + substituted.length === 0) return
  const seated = await seatedIn(tx.sql, moves.map(({ session }) => session.id))
  await lockMembers(tx.sql, [...new Set([trainerOf(is), ...trainersOf(moves), ...whoIsIn(seated)])])
}

/** Throws `trainer-busy` with every clash, `capacity-below-taken` with the count of the fullest. */
export async function refuseEdit(sql: Sql, plan: EditPlan, is: SeriesCard): Promise<void> {
  const clashes = await clashesOfEdit(sql, plan, is)
  if (clashes.length > 0) throw trainerBusy(clashes)
  const capacity = is.capacity ?? is.template.defaultCapacity
  const tight = plan.resized.filter(session => session.taken > capacity)
  if (tight.length === 0) return
  const taken = Math.max(...tight.map(session => session.taken))
  const classes = tight.length === 1 ? 'one class of this series' : `${tight.length} classes of this series`
  throw new Problem('capacity-below-taken', `In ${classes} more spots are taken, in the fullest ${taken}.`, { capacity, taken })
}

/** Every clash of the sessions as they would be. */
export async function clashesOfEdit(sql: Sql, { moves, substituted }: EditPlan, is: SeriesCard): Promise<Clash[]> {
  const placed = [
    ...moves.map(({ session, trainerId = session.trainerId, startsAt, endsAt }) => ({ ...session, trainerId, startsAt, endsAt })),
    ...substituted.map(session => ({ ...session, trainerId: trainerOf(is) })),
  ].filter(isLive)
  return placed.length === 0 ? [] : clashesOf(sql, placed)
}

/** Each change is judged by what the one before it made of the session. */
async function apply(tx: Tx, house: House, { moves, substituted, resized }: EditPlan, is: SeriesCard): Promise<void> {
  await rescheduleSessions(tx, house, moves)
  for (const session of substituted) await setTrainer(tx, session, trainerOf(is))
  if (resized.length === 0) return
  const rows = await asTheyAre(tx, resized)
  for (const session of rows) await setCapacity(tx, session, is.capacity ?? is.template.defaultCapacity)
}

/** A move may have let people go, and a session has one version after the other. */
function asTheyAre(tx: Tx, sessions: readonly SeriesSession[]): PromiseLike<ClassSession[]> {
  return lockSessions(tx.sql, sessions.map(session => session.id))
}
