// Which state a class session may go to, and when: the guarded state machine, decided under the session's lock.
import { yearsAheadMax } from '@fitflow/contract/scalars.ts'
import type { SessionStatus } from '@fitflow/contract/sessions.ts'
import { Problem } from '../platform/problem.ts'
import { isTooFar } from './horizon.rule.ts'

/** Who has something in a session; `booking` counts them under the lock. */
export interface Occupancy {
  /** Live holds, offers among them. */
  held: number
  /** Bookings that are not cancelled. */
  booked: number
  /** Entries waiting, passed over or not. */
  waiting: number
  /** Whether anybody ever had a booking here, cancelled since or not. */
  everBooked: boolean
}

export const nobody: Occupancy = { held: 0, booked: 0, waiting: 0, everBooked: false }

export interface TimedSession {
  status: SessionStatus
  startsAt: Temporal.Instant
  endsAt: Temporal.Instant
}

interface Situation {
  session: TimedSession
  now: Temporal.Instant
  occupancy: Occupancy
}

/** Says why not; nothing when the way is open. */
type Guard = (situation: Situation) => string | undefined

const isBefore = (a: Temporal.Instant, b: Temporal.Instant) => Temporal.Instant.compare(a, b) < 0
const hasStarted = ({ startsAt }: TimedSession, now: Temporal.Instant) => !isBefore(now, startsAt)
const hasEnded = ({ endsAt }: TimedSession, now: Temporal.Instant) => !isBefore(now, endsAt)

// The clock decides, not the status: a job moves that on a little later.
const notStarted: Guard = ({ session, now }) => (hasStarted(session, now) ? 'Its start has passed.' : undefined)
const started: Guard = ({ session, now }) => (hasStarted(session, now) ? undefined : 'It has not started yet.')
const notEnded: Guard = ({ session, now }) => (hasEnded(session, now) ? 'It is over.' : undefined)
const ended: Guard = ({ session, now }) => (hasEnded(session, now) ? undefined : 'It is not over yet.')
const neverBooked: Guard = ({ occupancy }) => (occupancy.everBooked ? 'It has been booked before.' : undefined)
const empty: Guard = ({ occupancy: { held, booked, waiting } }) =>
  held + booked + waiting > 0 ? `It has ${held} held and ${booked} booked spots, and ${waiting} people waiting.` : undefined

const ways: Record<SessionStatus, Partial<Record<SessionStatus, readonly Guard[]>>> = {
  draft: { published: [notStarted], cancelled: [] },
  published: { draft: [notStarted, empty, neverBooked], in_progress: [started], cancelled: [notEnded] },
  in_progress: { completed: [ended], cancelled: [notEnded] },
  completed: {},
  cancelled: { published: [notStarted] },
}

/** Throws `session-state` with the counts when the session may not go to `to` now (states: prd.md, guards: domain.md). */
export function decideStatus(situation: Situation, to: SessionStatus): void {
  const { status } = situation.session
  const guards = ways[status][to]
  if (!guards) throw refusal(situation, `A class that is ${spoken(status)} cannot become ${spoken(to)}.`, to)
  for (const guard of guards) {
    const reason = guard(situation)
    if (reason) throw refusal(situation, `This class cannot become ${spoken(to)} now. ${reason}`, to)
  }
}

/** Where time alone takes a session: one step, or null. A draft past its start becomes cancelled. */
export function statusDue(session: TimedSession, now: Temporal.Instant): SessionStatus | null {
  if (session.status === 'draft') return hasStarted(session, now) ? 'cancelled' : null
  if (session.status === 'published') return hasStarted(session, now) ? 'in_progress' : null
  if (session.status === 'in_progress') return hasEnded(session, now) ? 'completed' : null
  return null
}

/** Throws `session-state` when a session cannot be moved to `startsAt`: only a coming one, and not into the past. */
export function decideMove({ session, now }: Omit<Situation, 'occupancy'>, startsAt: Temporal.Instant): void {
  const { status } = session
  const isMovable = status === 'draft' || status === 'published'
  if (!isMovable) throw new Problem('session-state', `A class that is ${spoken(status)} cannot be moved.`, { state: status })
  if (hasStarted(session, now)) {
    throw new Problem('session-state', 'This class has started, so it cannot be moved.', { state: status, startsAt: String(session.startsAt) })
  }
  refuseStart(startsAt, now)
}

/** Throws `session-state` when capacity and trainer are settled: the session is cancelled, completed or over. */
export function refuseOver(session: TimedSession, now: Temporal.Instant): void {
  if (session.status === 'cancelled' || session.status === 'completed' || hasEnded(session, now)) {
    const facts = { state: session.status, endsAt: String(session.endsAt) }
    throw new Problem('session-state', 'This class is over or cancelled, so it can no longer be changed.', facts)
  }
}

/** Throws `session-state` for a start that is not ahead, or too far. */
export function refuseStart(startsAt: Temporal.Instant, now: Temporal.Instant): void {
  const facts = { startsAt: String(startsAt), now: String(now) }
  if (!isBefore(now, startsAt)) throw new Problem('session-state', 'A class cannot start in the past.', facts)
  if (isTooFar(startsAt, now)) throw new Problem('session-state', `A class is planned at most ${yearsAheadMax} years ahead. Look at the year again.`, facts)
}

function refusal({ session, occupancy }: Situation, detail: string, to?: SessionStatus): Problem {
  const { held, booked, waiting } = occupancy
  const facts = { state: session.status, ...(to ? { requested: to } : {}), held, booked, waiting }
  return new Problem('session-state', detail, facts)
}

function spoken(status: SessionStatus): string {
  return status.replace('_', ' ')
}
