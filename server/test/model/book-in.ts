// What the model says when staff book a client in, or squeeze one in: neither windows nor blocks bind them.
import { dueIn, hasSpotWithout } from './due.ts'
import type { Step } from './steps.ts'
import type { Studio } from './studio.ts'

/** The amount 1 squeezes in. */
export function bookIn(studio: Studio, { member, session, amount }: Step): string {
  const of = studio.session(session)
  if ((of.status !== 'published' && of.status !== 'in_progress') || studio.now >= of.endsAt) return 'session-not-bookable'
  if (studio.isLive(studio.hold(member, session))) return 'already-held'
  if (studio.booking(member, session)) return 'already-booked'
  if (studio.overlaps(member, session)) return 'overlapping-booking'
  // A refusal rolls back what it released on its way.
  const isFree = hasSpotWithout(studio, session, dueIn(studio, session))
  if (!isFree && amount !== 1) return 'session-full'
  const quoted = studio.quote(member, session)
  if (!quoted) return 'insufficient-credits'
  studio.releaseDue(session)
  if (!isFree) {
    of.capacity += 1
    studio.happened.push({ session })
  }
  studio.dequeue(member, session)
  const byMembership = quoted.membership
  const debits = byMembership ? [] : (studio.spend(member, session, of.price) ?? [])
  studio.setBooking(member, session, { debits, freeUntil: 0, byMembership })
  return 'ok'
}
