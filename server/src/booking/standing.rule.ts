// What becomes of a standing reservation in one session: the same noes as for whoever asks themselves, and the instant of its turn.
import type { ProblemCode } from '@fitflow/contract/problems.ts'
import type { StandingOutcome, StandingState } from '@fitflow/contract/standing.ts'
import type { BookingId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import type { ClassSession } from '../schedule/class-sessions.ts'
import type { Settings } from '../schedule/settings.ts'
import { hasPublicSpot, ownSpot, payableOptions, refuseBlocked, refuseOverlap, waitlistDoor, type Member } from './admission.rule.ts'
import { bookingWindow } from './booking-window.rule.ts'
import { refuseOverCaps } from './caps.rule.ts'

const isBefore = (a: Temporal.Instant, b: Temporal.Instant) => Temporal.Instant.compare(a, b) < 0

/** When its turn comes: so long before the public may book. */
export function standingTurn(startsAt: Temporal.Instant, settings: Settings): Temporal.Instant {
  return bookingWindow(startsAt, settings).opensAt.subtract({ minutes: settings.standingLeadMinutes })
}

/** From its turn until the session starts; whatever was not decided by then never is. */
export function isTurn(startsAt: Temporal.Instant, settings: Settings, now: Temporal.Instant): boolean {
  return !isBefore(now, standingTurn(startsAt, settings)) && isBefore(now, startsAt)
}

export interface StandingAsk {
  session: ClassSession
  settings: Settings
  now: Temporal.Instant
  joinsWaitlist: boolean
  /** Whether they are in the queue of this session already, or have an offer. */
  isWaiting: boolean
}

/** `later`: they hold a spot there, which may yet become a booking. */
export type StandingDecision = 'book' | 'wait' | 'waits already' | 'later'

/**
 * Throws the problem for which it is skipped: `already-booked`, `booking-closed`, `member-blocked`, `too-many-bookings`,
 * `overlapping-booking`; where it is full `session-full`, `waitlist-closed` or `waitlist-full`; else `insufficient-credits`.
 */
export function decideStanding(member: Member, { session, settings, now, joinsWaitlist, isWaiting }: StandingAsk): StandingDecision {
  const admission = { session, settings, now }
  if (ownSpot(member, session)) return isWaiting ? 'waits already' : 'later'
  if (!isBefore(now, bookingWindow(session.startsAt, settings).closesAt)) {
    throw new Problem('booking-closed', 'Booking for this class had closed.')
  }
  if (isWaiting) return 'waits already'
  refuseBlocked(member, settings)
  refuseOverCaps(member, admission)
  refuseOverlap(member, session)
  if (!hasPublicSpot(admission)) return waitOrNot(session, settings, joinsWaitlist)
  payableOptions(member, session, now)
  return 'book'
}

function waitOrNot(session: ClassSession, settings: Settings, joinsWaitlist: boolean): StandingDecision {
  const skip = (code: ProblemCode, why: string) => new Problem(code, `The class was full, ${why}.`)
  if (!joinsWaitlist) throw skip('session-full', 'and this reservation does not wait')
  const door = waitlistDoor(session, settings)
  if (door === 'open') return 'wait'
  throw door === 'full' ? skip('waitlist-full', 'and so was its waitlist') : skip('waitlist-closed', 'and its waitlist took nobody')
}

/** What a member has or had in a session, whoever booked it: the booking that lives, else the last one; and their place in the queue. */
export interface Has {
  bookingId: BookingId | null
  status: 'confirmed' | 'attended' | 'no_show' | 'cancelled' | null
  entry: 'waiting' | 'offered' | null
}

interface Standing {
  session: Pick<ClassSession, 'status' | 'endsAt'>
  outcome: StandingOutcome | null
  has: Has | undefined
  now: Temporal.Instant
}

/** How things stand there now: what they have counts more than what was decided, for they may have changed it since. */
export function standingState({ session, outcome, has, now }: Standing): StandingState {
  if (has?.status === 'confirmed') return 'booked'
  if (has?.status === 'attended') return 'attended'
  if (has?.status === 'no_show') return 'no-show'
  if (session.status === 'cancelled') return 'called-off'
  if (has?.entry) return has.entry
  if (has?.status === 'cancelled') return 'cancelled'
  if (outcome === 'waitlisted') return 'missed'
  if (outcome === null && isBefore(now, session.endsAt)) return 'coming'
  return 'skipped'
}
