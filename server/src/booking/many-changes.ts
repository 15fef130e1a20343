// Many classes get another hour, trainer or size in one go: what stands in the way, who is affected, and the deed, by the same plan.
import type { ChangePreview } from '@fitflow/contract/session-changes.ts'
import { lockMembers } from '../identity/lock-members.ts'
import type { Database } from '../platform/db.ts'
import { Problem } from '../platform/problem.ts'
import type { Sql } from '../platform/sql.ts'
import type { Tx } from '../platform/tx.ts'
import type { EditPlan } from '../schedule/change-series.ts'
import { setCapacity, setTrainer } from '../schedule/change-session.ts'
import { lockSessions } from '../schedule/class-sessions.ts'
import { clashesOf, toWireClash, trainerBusy, trainersOf, type Clash } from '../schedule/move-sessions.ts'
import { decideMove } from '../schedule/session-state.rule.ts'
import type { SettingsStore } from '../schedule/settings.ts'
import { isLive } from '../schedule/trainer-clash.ts'
import { affectedBy, seatedIn, whoIsIn } from './affected.ts'
import type { StudioHouse } from './cancel-by-studio.ts'
import { movedPeople, resizedPeople, toldPeople, toWirePeople, type AffectedOne } from './change-preview.ts'
import { changeSentence } from './change-sentences.ts'
import { rescheduleSessions } from './reschedule.ts'

interface House {
  db: Database
  settings: SettingsStore
}

/** Members and trainers in one go: one after the other would be out of order. */
export async function lockEverybody(tx: Tx, { moves, substituted }: EditPlan): Promise<void> {
  if (moves.length + substituted.length === 0) return
  const seated = await seatedIn(tx.sql, moves.map(({ session }) => session.id))
  await lockMembers(tx.sql, [...new Set([...substituted.map(one => one.trainerId), ...trainersOf(moves), ...whoIsIn(seated)])])
}

/** Throws `trainer-busy` with every clash, `capacity-below-taken` with the count of the fullest. */
export async function refusePlan(sql: Sql, plan: EditPlan): Promise<void> {
  const clashes = await clashesOfPlan(sql, plan)
  if (clashes.length > 0) throw trainerBusy(clashes)
  const tight = plan.resized.filter(({ session, capacity }) => session.taken > capacity)
  const [fullest] = tight.toSorted((a, b) => b.session.taken - a.session.taken)
  if (!fullest) return
  const { session, capacity } = fullest
  const classes = tight.length === 1 ? 'one class' : `${tight.length} classes`
  throw new Problem('capacity-below-taken', `In ${classes} more spots are taken, in the fullest ${session.taken}.`, { capacity, taken: session.taken })
}

/** Every clash of the sessions as they would be. */
async function clashesOfPlan(sql: Sql, { moves, substituted }: EditPlan): Promise<Clash[]> {
  const placed = [
    ...moves.map(({ session, trainerId = session.trainerId, startsAt, endsAt }) => ({ ...session, trainerId, startsAt, endsAt })),
    ...substituted.map(({ session, trainerId }) => ({ ...session, trainerId })),
  ].filter(isLive)
  return placed.length === 0 ? [] : clashesOf(sql, placed)
}

/** Each change is judged by what the one before it made of the session. */
export async function applyPlan(tx: Tx, house: House, { moves, substituted, resized }: EditPlan): Promise<void> {
  await rescheduleSessions(tx, house, moves)
  for (const { session, trainerId } of substituted) await setTrainer(tx, session, trainerId)
  if (resized.length === 0) return
  // A move may have let people go, and a session has one version after the other.
  const rows = await lockSessions(tx.sql, resized.map(({ session }) => session.id))
  const capacityOf = new Map(resized.map(({ session, capacity }) => [session.id, capacity]))
  for (const session of rows) await setCapacity(tx, session, capacityOf.get(session.id) ?? session.capacity)
}

/** Reads on one snapshot; what is refused affects nobody. `guard` refuses what the plan does not know. */
export async function previewPlan(tx: Tx, house: StudioHouse, plan: EditPlan, guard: () => Promise<void>): Promise<ChangePreview> {
  const refusals = await refusalsOf(tx, plan, guard)
  const people = refusals.length > 0 ? [] : await peopleOf(tx, house, plan)
  return {
    people: await toWirePeople(tx.sql, people),
    // Of a trainer whom the actor may not name they learn nothing: what that one teaches may be somebody's 1:1.
    clashes: refusals.some(one => one.code === 'forbidden') ? [] : (await clashesOfPlan(tx.sql, plan)).map(toWireClash),
    refusals,
    sentence: refusals[0]?.detail ?? changeSentence(people),
  }
}

/** How many classes a plan is about. */
export function classesIn({ moves, substituted, resized }: EditPlan): number {
  return new Set([...moves, ...substituted, ...resized].map(({ session }) => session.id)).size
}

async function refusalsOf(tx: Tx, plan: EditPlan, guard: () => Promise<void>): Promise<ChangePreview['refusals']> {
  try {
    await guard()
    await refusePlan(tx.sql, plan)
    for (const { session, startsAt } of plan.moves) decideMove({ session, now: tx.now }, startsAt)
    return []
  } catch (error) {
    // A refusal is what the preview is asked for.
    if (error instanceof Problem) return [{ code: error.code, detail: error.message }]
    throw error
  }
}

async function peopleOf(tx: Tx, house: StudioHouse, { moves, substituted, resized }: EditPlan): Promise<AffectedOne[]> {
  const { timeZone } = house.settings.current()
  const [moving, getting, growing] = await Promise.all(
    [moves, substituted, resized].map(changes => affectedBy(tx.sql, changes.map(({ session }) => session.id))),
  ) as [Seen, Seen, Seen]
  return [
    ...(await movedPeople({ tx, timeZone }, moves, moving)),
    ...toldPeople(getting),
    ...resized.flatMap(({ session, capacity }) => resizedPeople({ entries: growing.entries.filter(entry => entry.sessionId === session.id) }, capacity - session.taken)),
  ]
}

type Seen = Awaited<ReturnType<typeof affectedBy>>
