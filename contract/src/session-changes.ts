// What staff do to one class session and its people, and what they are shown before they do it.
import Type from 'typebox'
import { Booking, Receipt, consequences } from './booking.ts'
import { Credits, Id, Instant, Nullable, OneOf, Shape } from './scalars.ts'

/** As in the change itself; nothing is done. */
export const ChangePreviewQuery = Shape({
  startsAt: Type.Optional(Instant),
  capacity: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
  trainerId: Type.Optional(Id),
  status: Type.Optional(OneOf(['draft', 'published', 'cancelled'])),
})
export type ChangePreviewQuery = Type.Static<typeof ChangePreviewQuery>

/** `returned`: cancelled with everything back; `moved`, `released` and `closed` are of bookings and holds, holds, and waiting people. */
export const fates = ['returned', 'moved', 'released', 'closed', 'offered', 'told'] as const

export const AffectedPerson = Type.Object({
  user: Type.Object({ id: Id, name: Type.String() }),
  has: OneOf(['booking', 'hold', 'offer', 'waiting', 'cancelled']),
  /** The booking's, the hold's or the entry's. */
  id: Id,
  fate: OneOf(fates),
  creditsReturned: Credits,
  /** Until then they may cancel free because of the change. */
  freeCancelUntil: Nullable(Instant),
  sentence: Type.String(),
})
export type AffectedPerson = Type.Static<typeof AffectedPerson>

export const ChangeClash = Type.Object({
  sessionId: Id,
  startsAt: Instant,
  otherSessionId: Id,
  otherName: Type.String(),
  otherStartsAt: Instant,
  otherEndsAt: Instant,
})

/** Who is affected and how; with `refusals` the change would meet the first of them, and nobody is affected. */
export const ChangePreview = Type.Object({
  people: Type.Array(AffectedPerson),
  clashes: Type.Array(ChangeClash),
  refusals: Type.Array(Type.Object({ code: Type.String(), detail: Type.String() })),
  sentence: Type.String(),
})
export type ChangePreview = Type.Static<typeof ChangePreview>

const reason = Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' })

/** `any`: the first way to pay that works today, with that lot first when one is named. */
const forClient = {
  userId: Id,
  means: Type.Union([
    Type.Object({ method: Type.Literal('any'), membershipId: Type.Optional(Id) }, { additionalProperties: false }),
    Type.Object({ method: Type.Literal('complimentary'), reason }, { additionalProperties: false }),
  ]),
}
export const BookForClient = Shape(forClient)
export type BookForClient = Type.Static<typeof BookForClient>

/** The same for a 1:1, which begins then. */
export const BookSlotForClient = Shape({ ...forClient, startsAt: Instant })

/** `capacity` is the session's afterwards: one more than before when somebody was squeezed in. */
export const BookedForClient = Type.Object({ booking: Booking, receipt: Receipt, capacity: Type.Integer() })
export type BookedForClient = Type.Static<typeof BookedForClient>

export const cancelAs = ['member', 'studio'] as const

/** `member` unless told. */
export const StaffCancelQuery = Shape({ as: Type.Optional(OneOf(cancelAs)) })

/** `member`: their policy applies, and `expect` guards it; `studio`: everything comes back. */
export const StaffCancel = Shape({ as: OneOf(cancelAs), reason, expect: Type.Optional(OneOf(consequences)) })
export type StaffCancel = Type.Static<typeof StaffCancel>
