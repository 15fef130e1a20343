// Who came: check-in by staff, its undoing, and what a booking then is.
import Type from 'typebox'
import { bookingStatuses } from './booking.ts'
import { Id, Instant, OneOf, Shape } from './scalars.ts'

export const CheckIn = Shape({ method: OneOf(['manual']) })

export const Checkin = Type.Object({
  id: Id,
  bookingId: Id,
  method: OneOf(['manual', 'qr']),
  checkedInAt: Instant,
  /** After the start. */
  late: Type.Boolean(),
})

/** The booking as it is now, and how many fit in the class: one more when a spot that had been given away was needed again. */
const Marked = { booking: Type.Object({ id: Id, status: OneOf(bookingStatuses) }), capacity: Type.Integer() }

export const CheckedIn = Type.Object({ checkin: Checkin, ...Marked })
export type CheckedIn = Type.Static<typeof CheckedIn>

export const AttendanceMarked = Type.Object(Marked)
export type AttendanceMarked = Type.Static<typeof AttendanceMarked>
