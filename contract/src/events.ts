// What the house announces: each topic and the facts it carries. Ids and versions only, never a person's data.

/** `session` is the class session's version after the change: consumers drop what is older than what they know. */
interface OfSession {
  sessionId: string
  version: number
}
interface OfHold extends OfSession {
  holdId: string
  userId: string
  kind: 'public' | 'offer'
}
interface OfBooking extends OfSession {
  bookingId: string
  userId: string
}
interface OfEntry extends OfSession {
  entryId: string
  userId: string
}
interface OfCredits {
  transactionIds: string[]
  userId: string
  bookingId: string | null
}

/** The facts of each topic, by its name. */
export interface EventFacts {
  'hold.created': OfHold & { expiresAt: string }
  'hold.expired': OfHold
  'hold.released': OfHold
  'hold.confirmed': OfHold & { bookingId: string }
  'booking.confirmed': OfBooking
  'booking.cancelled': OfBooking & { cancelKind: 'early' | 'late' | 'studio' }
  'waitlist.joined': OfEntry
  'waitlist.left': OfEntry
  'waitlist.promoted': OfEntry & { holdId: string; expiresAt: string }
  'waitlist.passed-over': OfEntry & { reason: string }
  'credit.granted': OfCredits
  'credit.used': OfCredits
  'credit.returned': OfCredits
  'session.published': OfSession
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
  'waitlist.joined',
  'waitlist.left',
  'waitlist.promoted',
  'waitlist.passed-over',
  'credit.granted',
  'credit.used',
  'credit.returned',
  'session.published',
  'session.changed',
  'session.started',
  'session.completed',
  'session.cancelled',
] as const satisfies readonly Topic[]
