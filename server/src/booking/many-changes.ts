// Many classes get another hour, trainer or size in one go: what stands in the way, who is affected, and the deed, by the same plan.
import type { SeriesEditPreview } from '@fitflow/contract/series-edits.ts'
import type { ChangePreview } from '@fitflow/contract/session-changes.ts'
import { lockMembers } from '../identity/lock-members.ts'
import type { Database } from '../platform/db.ts'
import { Problem } from '../platform/problem.ts'
import type { Tx } from '../platform/tx.ts'
import type { EditPlan } from '../schedule/change-series.ts'
import { setCapacity, setTrainer } from '../schedule/change-session.ts'
import { lockSessions } from '../schedule/class-sessions.ts'
import { attendingClashes } from '../schedule/attending.ts'
import { clashesOf, toWireClash, trainerBusy, trainersOf, type Clash } from '../schedule/move-sessions.ts'
import { decideMove } from '../schedule/session-state.rule.ts'
import type { SettingsStore } from '../schedule/settings.ts'
import { isLive } from '../schedule/trainer-clash.ts'
import { attendedBy } from './attended.ts'
import { affectedBy, seatedIn, whoIsIn } from './affected.ts'
import { cancelByStudio, type StudioHouse } from './cancel-by-studio.ts'
import { cancelledPeople, movedPeople, offeredPeople, toldPeople, toWirePeople, type AffectedOne } from './change-preview.ts'
import { changeSentence, closedSentence } from './change-sentences.ts'
import { rescheduleSessions } from './reschedule.ts'

interface House {
  db: Database
  settings: SettingsStore
}

/** Members and trainers in one go: one after the other would be out of order. */
export async function lockEverybody(tx: Tx, { moves, substituted, closed }: EditPlan): Promise<void> {
  if (moves.length + substituted.length + closed.length === 0) return
  const seated = await seatedIn(tx.sql, [...moves, ...closed].map(({ session }) => session.id))
  await lockMembers(tx.sql, [...new Set([...substituted.map(one => one.trainerId), ...trainersOf(moves), ...whoIsIn(seated)])])
}

/** Throws `trainer-busy` with every clash, `session-state` for one that may not move, `capacity-below-taken` with the count of the fullest. */
export async function refusePlan(tx: Pick<Tx, 'sql' | 'now' | 'actor'>, plan: EditPlan): Promise<void> {
  const clashes = await clashesOfPlan(tx, plan)
  if (clashes.length > 0) throw trainerBusy(clashes, tx.actor)
  for (const { session, startsAt } of [...plan.moves, ...plan.closed]) decideMove({ session, now: tx.now }, startsAt)
  const tight = plan.resized.filter(({ session, capacity }) => session.taken > capacity)
  const [fullest] = tight.toSorted((a, b) => b.session.taken - a.session.taken)
  if (!fullest) return
  const { session, capacity } = fullest
  const classes = tight.length === 1 ? 'one class' : `${tight.length} classes`
  throw new Problem('capacity-below-taken', `In ${classes} more spots are taken, in the fullest ${session.taken}.`, { capacity, taken: session.taken })
}

/** Every clash of the sessions as they would be. */
async function clashesOfPlan(tx: Pick<Tx, 'sql' | 'now'>, { moves, substituted, closed }: EditPlan): Promise<Clash[]> {
  const placed = [
    ...moves.map(({ session, trainerId = session.trainerId, startsAt, endsAt }) => ({ ...session, trainerId, startsAt, endsAt })),
    ...substituted.map(({ session, trainerId }) => ({ ...session, trainerId })),
  ].filter(isLive)
  if (placed.length === 0) return []
  // What is cancelled is in nobody's way.
  const gone = new Set(closed.map(({ session }) => session.id))
  const moving = new Set(moves.map(({ session }) => session.id))
  // A spot in what moves along is judged where it is then.
  const attending = (await attendingClashes(tx, placed, attendedBy)).filter(clash => !moving.has(clash.otherSessionId) || clash.otherSessionId === clash.sessionId)
  return [...(await clashesOf(tx.sql, placed)), ...attending].filter(clash => !gone.has(clash.otherSessionId))
}

/** Each change is judged by what the one before it made of the session. */
export async function applyPlan(tx: Tx, house: House, { moves, substituted, resized, closed }: EditPlan): Promise<void> {
  for (const [{ id: closureId, reason }, shutOut] of Map.groupBy(closed, one => one.closure)) {
    await cancelByStudio(tx, house, { sessions: shutOut.map(({ session }) => session), reason, closureId })
  }
  await rescheduleSessions(tx, house, moves)
  for (const { session, trainerId } of substituted) await setTrainer(tx, session, trainerId)
  if (resized.length === 0) return
  // A move may have let people go, and a session has one version after the other.
  const rows = await lockSessions(tx.sql, resized.map(({ session }) => session.id))
  const capacityOf = new Map(resized.map(({ session, capacity }) => [session.id, capacity]))
  for (const session of rows) await setCapacity(tx, session, capacityOf.get(session.id) ?? session.capacity)
}

/** Reads on one snapshot; what is refused affects nobody. `guard` refuses what the plan does not know. */
export async function previewPlan(tx: Tx, house: StudioHouse, plan: EditPlan, guard: () => Promise<void>): Promise<ChangePreview & Pick<SeriesEditPreview, 'closed'>> {
  const refusals = await refusalsOf(tx, plan, guard)
  const people = refusals.length > 0 ? [] : await peopleOf(tx, house, plan)
  return {
    people: await toWirePeople(tx.sql, people),
    // Of a trainer whom the actor may not name they learn nothing: what that one teaches may be somebody's 1:1.
    clashes: refusals.some(one => one.code === 'forbidden') ? [] : (await clashesOfPlan(tx, plan)).map(toWireClash),
    refusals,
    closed: (refusals.length > 0 ? [] : plan.closed).map(({ session, startsAt, closure: { id, reason } }) => ({ id: session.id, startsAt: String(startsAt), closure: { id, reason } })),
    sentence: refusals[0]?.detail ?? sentenceOf(plan, people),
  }
}

function sentenceOf({ closed }: EditPlan, people: readonly AffectedOne[]): string {
  const shut = closedSentence(closed.map(({ closure }) => closure.reason))
  if (shut === '') return changeSentence(people)
  return `${shut} ${people.length === 0 ? 'Nobody is in what changes.' : changeSentence(people)}`
}

/** How many classes a plan is about. */
export function classesIn({ moves, substituted, resized, closed }: EditPlan): number {
  return new Set([...moves, ...substituted, ...resized, ...closed].map(({ session }) => session.id)).size
}

async function refusalsOf(tx: Tx, plan: EditPlan, guard: () => Promise<void>): Promise<ChangePreview['refusals']> {
  try {
    await guard()
    await refusePlan(tx, plan)
    return []
  } catch (error) {
    // A refusal is what the preview is asked for.
    if (error instanceof Problem) return [{ code: error.code, detail: error.message }]
    throw error
  }
}

async function peopleOf(tx: Tx, house: StudioHouse, { moves, substituted, resized, closed }: EditPlan): Promise<AffectedOne[]> {
  const { timeZone } = house.settings.current()
  const [moving, getting, growing, ending] = await Promise.all(
    [moves, substituted, resized, closed].map(changes => affectedBy(tx.sql, changes.map(({ session }) => session.id))),
  ) as [Seen, Seen, Seen, Seen]
  const grow = ({ session, capacity }: EditPlan['resized'][number]) => {
    const entries = growing.entries.filter(entry => entry.sessionId === session.id)
    return offeredPeople(tx, { session, free: capacity - session.taken, entries, settings: house.settings.current() })
  }
  return [
    ...(await cancelledPeople({ tx, timeZone }, ending)),
    ...(await movedPeople({ tx, timeZone }, moves, moving)),
    ...toldPeople(getting),
    ...(await Promise.all(resized.map(grow))).flat(),
  ]
}

type Seen = Awaited<ReturnType<typeof affectedBy>>
