// What the house announces: each topic and the facts it carries. Ids and versions only, never a person's data.
import type { HoldKind } from './booking.ts'
import type { StandingOutcome } from './standing.ts'

/** `session` is the class session's version after the change: consumers drop what is older than what they know. */
interface OfSession {
  sessionId: string
  version: number
}
interface OfHold extends OfSession {
  holdId: string
  userId: string
  kind: HoldKind
}
interface OfBooking extends OfSession {
  bookingId: string
  userId: string
}
interface OfEntry extends OfSession {
  entryId: string
  userId: string
}
interface OfMembership {
  membershipId: string
  userId: string
}
interface OfCredits {
  transactionIds: string[]
  userId: string
  bookingId: string | null
}

interface OfPenalty {
  penaltyId: string
  userId: string
  bookingId: string
}

interface OfStanding {
  standingId: string
  userId: string
  /** The first series of those that continue each other. */
  seriesId: string
}

/** The facts of each topic, by its name. */
export interface EventFacts {
  'hold.created': OfHold & { expiresAt: string }
  'hold.expired': OfHold
  'hold.released': OfHold
  'hold.confirmed': OfHold & { bookingId: string }
  'booking.confirmed': OfBooking
  'booking.cancelled': OfBooking & { cancelKind: 'early' | 'late' | 'studio' }
  'checkin.recorded': OfBooking & { checkinId: string; late: boolean }
  /** What was recorded does not hold: they are expected again, or were absent. */
  'checkin.undone': OfBooking & { checkinId: string }
  'booking.noshow': OfBooking
  /** The no-show was a mistake: they were there, or may still come. */
  'booking.corrected': OfBooking
  'waitlist.joined': OfEntry
  'waitlist.left': OfEntry
  /** Nobody can get in any more: the class was cancelled, or late joining has ended. */
  'waitlist.closed': OfEntry
  /** With `bookingId` when the spot was booked at once; else it is on offer until `expiresAt`. */
  'waitlist.promoted': OfEntry & { holdId: string; expiresAt: string; bookingId?: string }
  'waitlist.passed-over': OfEntry & { reason: string }
  'standing.made': OfStanding
  /** Given up, or its last day is over. */
  'standing.ended': OfStanding
  /** Its turn in one session came. */
  'standing.decided': OfSession & { standingId: string; userId: string; outcome: StandingOutcome }
  'credit.granted': OfCredits
  'credit.used': OfCredits
  'credit.returned': OfCredits
  'penalty.given': OfPenalty
  'penalty.waived': OfPenalty
  'block.began': { blockId: string; userId: string; endsAt: string }
  'block.ended': { blockId: string; userId: string }
  'credit.expired': OfCredits
  'credit.adjusted': OfCredits
  'credit.transferred': OfCredits
  /** Said `days` before the end of a lot that still has something in it. */
  'credit.expiring': OfMembership & { validUntil: string; days: number }
  'membership.extended': OfMembership
  'membership.frozen': OfMembership
  'membership.unfrozen': OfMembership
  /** `afterCancellation`: it takes place after all; bookings that were cancelled with it stay cancelled. */
  'session.published': OfSession & { afterCancellation?: true }
  'session.changed': OfSession
  'session.started': OfSession
  'session.completed': OfSession
  'session.cancelled': OfSession
}

export type Topic = keyof EventFacts

export const topics = [
  'hold.created',
  'hold.expired',
  'hold.released',
  'hold.confirmed',
  'booking.confirmed',
  'booking.cancelled',
  'checkin.recorded',
  'checkin.undone',
  'booking.noshow',
  'booking.corrected',
  'waitlist.joined',
  'waitlist.left',
  'waitlist.closed',
  'waitlist.promoted',
  'waitlist.passed-over',
  'standing.made',
  'standing.ended',
  'standing.decided',
  'credit.granted',
  'credit.used',
  'credit.returned',
  'penalty.given',
  'penalty.waived',
  'block.began',
  'block.ended',
  'credit.expired',
  'credit.adjusted',
  'credit.transferred',
  'credit.expiring',
  'membership.extended',
  'membership.frozen',
  'membership.unfrozen',
  'session.published',
  'session.changed',
  'session.started',
  'session.completed',
  'session.cancelled',
] as const satisfies readonly Topic[]
