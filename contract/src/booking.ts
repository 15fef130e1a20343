// Holds, bookings, cancellation and the waitlist: who has a spot, and what every decision about it cost.
import Type from 'typebox'
import { Credits, Id, Instant, Money, Nullable, OneOf, PageQuery, Shape } from './scalars.ts'

export const payMethods = ['membership', 'credits', 'card'] as const
/** What a booking was made with: `complimentary` is a gift of the studio's, which nobody can choose for themselves. */
export const bookingMethods = [...payMethods, 'complimentary'] as const

export const QuoteOption = Type.Object({
  method: OneOf(payMethods),
  membershipId: Type.Optional(Id),
  credits: Type.Optional(Credits),
  money: Type.Optional(Money),
  /** The lots that would pay, in the order they would be spent. */
  lots: Type.Optional(Type.Array(Type.Object({ membershipId: Id, credits: Credits, validUntil: Instant }))),
})
export type QuoteOption = Type.Static<typeof QuoteOption>

export const holdStatuses = ['active', 'confirming', 'confirmed', 'released', 'expired'] as const

/** `offer` was made by the waitlist; the last three became a booking in the transaction that made them. */
export const holdKinds = ['public', 'offer', 'auto', 'staff', 'standing'] as const
export type HoldKind = (typeof holdKinds)[number]

/** A timed claim on one spot. */
export const Hold = Type.Object({
  id: Id,
  sessionId: Id,
  kind: OneOf(holdKinds),
  status: OneOf(holdStatuses),
  expiresAt: Instant,
  createdAt: Instant,
  quote: Type.Object({ options: Type.Array(QuoteOption) }),
})
export type Hold = Type.Static<typeof Hold>

export const ReceiptLine = Type.Object({
  lot: Type.Optional(Id),
  credits: Type.Optional(Credits),
  money: Type.Optional(Money),
})

/** Why a decision about money or credits came out as it did: data, and one plain sentence. */
export const Receipt = Type.Object({
  rule: Type.String(),
  version: Type.Integer(),
  sentence: Type.String(),
  lines: Type.Array(ReceiptLine),
  decidedAt: Instant,
})
export type Receipt = Type.Static<typeof Receipt>

export const bookingStatuses = ['confirmed', 'cancelled', 'attended', 'no_show'] as const
export const cancelKinds = ['early', 'late', 'studio'] as const

export const Booking = Type.Object({
  id: Id,
  sessionId: Id,
  status: OneOf(bookingStatuses),
  cancelKind: Nullable(OneOf(cancelKinds)),
  creditsUsed: Credits,
  method: OneOf(bookingMethods),
  /** Until then, and before the start, cancelling returns everything whatever window it falls in. */
  freeCancelUntil: Nullable(Instant),
  createdAt: Instant,
  cancelledAt: Nullable(Instant),
  session: Type.Object({
    name: Type.String(),
    type: Type.String(),
    trainer: Type.Object({ id: Id, name: Type.String() }),
    startsAt: Instant,
    endsAt: Instant,
    status: Type.String(),
  }),
})
export type Booking = Type.Static<typeof Booking>

export const BookingDetail = Type.Object({
  ...Booking.properties,
  receipts: Type.Array(Receipt),
  qr: Nullable(Type.Object({ token: Type.String(), svgUrl: Type.String(), pngUrl: Type.String() })),
})
export type BookingDetail = Type.Static<typeof BookingDetail>

/** `upcoming`: confirmed and not over, soonest first. `past`: everything else, latest first. */
export const BookingQuery = Shape({ scope: Type.Optional(OneOf(['upcoming', 'past'])), ...PageQuery })
export type BookingQuery = Type.Static<typeof BookingQuery>

export const Confirm = Shape({
  method: OneOf(payMethods),
  membershipId: Type.Optional(Id),
  paymentMethodId: Type.Optional(Type.String({ minLength: 1, maxLength: 255 })),
})
export type Confirm = Type.Static<typeof Confirm>

export const Confirmed = Type.Object({
  booking: Booking,
  receipt: Receipt,
  qr: Type.Object({ token: Type.String(), svgUrl: Type.String(), pngUrl: Type.String() }),
})
export type Confirmed = Type.Static<typeof Confirmed>

export const consequences = ['full', 'half', 'none'] as const
export type Consequence = (typeof consequences)[number]

/** `rule` says how much comes back. */
export const CancellationPreview = Type.Object({
  rule: OneOf(consequences),
  creditsReturned: Credits,
  creditsForfeited: Credits,
  refund: Nullable(Money),
  strike: Type.Boolean(),
  /** Until when the strike keeps them from booking: it would be the last that is allowed. */
  blockedUntil: Nullable(Instant),
  /** What would be owed besides. */
  fee: Nullable(Money),
  sentence: Type.String(),
})
export type CancellationPreview = Type.Static<typeof CancellationPreview>

export const Cancel = Shape({ expect: Type.Optional(OneOf(consequences)) })
export type Cancel = Type.Static<typeof Cancel>

/** `strike` is the receipt of the strike it was penalised with. */
export const Cancelled = Type.Object({ booking: Booking, receipt: Receipt, strike: Nullable(Receipt) })
export type Cancelled = Type.Static<typeof Cancelled>

/** A spot on offer to somebody who waits. In quiet hours it is told later; it can be taken at once. */
const Offered = Type.Object({ holdId: Id, expiresAt: Instant, madeAt: Instant, tellAt: Nullable(Instant) })

/**
 * How often somebody who joined this class's waitlist in this place got in: of the last 200 who did not leave by themselves.
 * Null with fewer than 20 of them.
 */
const Odds = Type.Object({ gotIn: Type.Integer(), of: Type.Integer() })

/** A member's own view of a waitlist; `position` is null when not on it, and `odds` are then those of whoever joins now. `passedOver` is the code of a problem, or `quiet-hours`. */
export const WaitlistPlace = Type.Object({
  position: Nullable(Type.Integer()),
  length: Type.Integer(),
  odds: Nullable(Odds),
  passedOver: Nullable(Type.String()),
  offer: Nullable(Offered),
})
export type WaitlistPlace = Type.Static<typeof WaitlistPlace>

export const WaitlistEntry = Type.Object({
  id: Id,
  user: Type.Object({ id: Id, name: Type.String() }),
  position: Nullable(Type.Integer()),
  state: OneOf(['waiting', 'offered']),
  passedOver: Nullable(Type.String()),
  joinedAt: Instant,
  offer: Nullable(Offered),
})
export type WaitlistEntry = Type.Static<typeof WaitlistEntry>

/** The whole list, for staff. */
export const WaitlistForStaff = Type.Object({ length: Type.Integer(), paused: Type.Boolean(), items: Type.Array(WaitlistEntry) })
export type WaitlistForStaff = Type.Static<typeof WaitlistForStaff>

/** Puts one who waits before another, or at the end. */
export const Reorder = Shape({ entryId: Id, before: Nullable(Id) })
export type Reorder = Type.Static<typeof Reorder>

/** The client who will wait. */
export const AddToWaitlist = Shape({ userId: Id })
export type AddToWaitlist = Type.Static<typeof AddToWaitlist>

/** While a waitlist is paused nobody joins it and no offers are made. */
export const WaitlistChange = Shape({ paused: Type.Boolean() })
export type WaitlistChange = Type.Static<typeof WaitlistChange>

/** One of my waitlists, with the class it is for. */
export const MyWait = Type.Object({
  ...WaitlistPlace.properties,
  /** By which staff take somebody off the list. */
  entryId: Id,
  sessionId: Id,
  session: Booking.properties.session,
})
export type MyWait = Type.Static<typeof MyWait>

export const RosterEntry = Type.Object({
  user: Type.Object({ id: Id, name: Type.String(), email: Type.String() }),
  kind: OneOf(['booking', 'hold', 'offer']),
  id: Id,
  status: Type.String(),
  since: Instant,
  expiresAt: Nullable(Instant),
  /** When they came, and who says so; null while nobody does. */
  checkin: Nullable(Type.Object({ checkedInAt: Instant, late: Type.Boolean(), by: Nullable(Type.String()) })),
})
export type RosterEntry = Type.Static<typeof RosterEntry>

/** Who has a spot in a session, and who waits for one. */
export const Roster = Type.Object({
  sessionId: Id,
  capacity: Type.Integer(),
  taken: Type.Integer(),
  waiting: Type.Integer(),
  /** From when on somebody can be marked present; until when a mark can be undone, before whoever is not marked counts as absent. */
  checkinOpensAt: Instant,
  graceEndsAt: Instant,
  entries: Type.Array(RosterEntry),
  waitlist: Type.Array(WaitlistEntry),
})
export type Roster = Type.Static<typeof Roster>
