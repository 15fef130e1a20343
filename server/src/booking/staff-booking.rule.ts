// Whether staff may book a client into a class now, and whether that takes a spot more than planned.
import { Problem } from '../platform/problem.ts'
import type { ClassSession } from '../schedule/class-sessions.ts'
import type { Settings } from '../schedule/settings.ts'
import { refuseTeaching } from './teaching.rule.ts'
import { hasPublicSpot, overlapping, ownSpot, type Member } from './admission.rule.ts'

export interface StaffWish {
  session: ClassSession
  settings: Settings
  now: Temporal.Instant
  /** Whether one more than planned may be let in when nothing is free. */
  squeeze: boolean
  /** Whether whoever books is the one to be booked. */
  who?: 'you' | 'they'
}

/**
 * Booking windows, caps and blocks bind members, not staff: it may be closed, and the class may be running. Throws
 * `session-not-bookable`, `already-booked`, `already-held`, `own-class`, `teaching-then`, `overlapping-booking`, and `session-full` when nobody is to be
 * squeezed in or the class is a 1:1.
 */
export function decideStaffBooking(member: Pick<Member, 'commitments'>, { session, settings, now, squeeze, who = 'they' }: StaffWish): 'free' | 'squeezed' {
  refuseShut(session, now)
  const holdId = ownSpot(member, session, who)
  if (holdId) throw new Problem('already-held', `${who === 'you' ? 'You are' : 'This client is'} holding a spot in this class. It can be released.`, { holdId })
  refuseTeaching(member, session, who)
  refuseElsewhere(member, session, who)
  if (hasPublicSpot({ session, settings, now })) return 'free'
  const canSqueezeIn = session.kind === 'class'
  if (squeeze && canSqueezeIn) return 'squeezed'
  const { taken, waiting, capacity } = session
  throw new Problem('session-full', 'No spot of this class is free.', { taken, waiting, capacity, canSqueezeIn })
}

/** With what is not said: it may be a 1:1 with somebody else. */
function refuseElsewhere(member: Pick<Member, 'commitments'>, session: ClassSession, who: 'you' | 'they'): void {
  const other = overlapping(member, session)
  if (!other) return
  const facts = { otherStartsAt: String(other.startsAt), otherEndsAt: String(other.endsAt) }
  throw new Problem('overlapping-booking', `${who === 'you' ? 'You have' : 'This client has'} something else at that time.`, facts)
}

function refuseShut({ status, endsAt }: ClassSession, now: Temporal.Instant): void {
  const isOpen = status === 'published' || status === 'in_progress'
  if (isOpen && Temporal.Instant.compare(now, endsAt) < 0) return
  const detail = isOpen ? 'This class is over.' : `This class is ${status}.`
  throw new Problem('session-not-bookable', detail, { state: status, endsAt: String(endsAt) })
}
