// Memberships as lots, and the ledger whose every line says why.
import Type from 'typebox'
import { Credits, Day, Id, Instant, Nullable, OneOf, PageQuery, Shape } from './scalars.ts'
import { Receipt } from './booking.ts'

/** A lot of credits, or one period of unlimited access. `creditsBalance` is null when unlimited. */
export const Membership = Type.Object({
  id: Id,
  planType: OneOf(['pack', 'unlimited', 'complimentary', 'returned', 'transferred']),
  name: Type.String(),
  creditsGranted: Nullable(Credits),
  creditsBalance: Nullable(Credits),
  validFrom: Instant,
  validUntil: Instant,
  originId: Nullable(Id),
  createdAt: Instant,
  /** Half-open: what starts inside is not paid by it. Stays until the next freeze, also when it is over. */
  freeze: Nullable(Type.Object({ from: Instant, until: Instant })),
  /** Its time runs so many days from its first use; `validUntil` is the latest end until then. */
  activation: Nullable(Type.Object({ days: Type.Integer(), activatedAt: Nullable(Instant) })),
  /** When what was left was taken out. */
  expiredAt: Nullable(Instant),
  /** The days of the last warning that this end is near; null when none was due yet. */
  warnedDays: Nullable(Type.Integer()),
  /** What was decided about the lot without moving credits, freezes and extensions, latest first. */
  changes: Type.Array(Receipt),
})
export type Membership = Type.Static<typeof Membership>

/** `creditsBalance` sums the lots that can still pay; lots come in the order they are spent; `ended` are the last ones that ended. */
export const MyMemberships = Type.Object({
  creditsBalance: Credits,
  unlimited: Type.Boolean(),
  items: Type.Array(Membership),
  ended: Type.Array(Membership),
})
export type MyMemberships = Type.Static<typeof MyMemberships>

export const creditTypes = [
  'purchase',
  'grant',
  'debit',
  'return',
  'forfeit',
  'expire',
  'adjust',
  'refund',
  'transfer',
] as const
export type CreditType = (typeof creditTypes)[number]

/** A line of the ledger: `amount` moves the lot's balance; `balanceAfter` is the lot's. */
export const CreditTransaction = Type.Object({
  id: Id,
  membershipId: Id,
  membershipName: Type.String(),
  type: OneOf(creditTypes),
  amount: Credits,
  balanceAfter: Credits,
  bookingId: Nullable(Id),
  createdAt: Instant,
  receipt: Receipt,
})
export type CreditTransaction = Type.Static<typeof CreditTransaction>

export const LedgerQuery = Shape({ membership_id: Type.Optional(Id), ...PageQuery })
export type LedgerQuery = Type.Static<typeof LedgerQuery>

const Reason = Type.String({ minLength: 3, maxLength: 500, pattern: '\\S' })
const SomeCredits = Type.Number({ minimum: 0.01, maximum: 10_000, multipleOf: 0.01 })

/** `credits` null: unlimited access until `validUntil`. With `activation` it runs so many days from its first use, at most until then. */
export const NewGrant = Shape({
  credits: Nullable(SomeCredits),
  validUntil: Instant,
  activation: Type.Optional(Shape({ days: Type.Integer({ minimum: 1, maximum: 3660 }) })),
  reason: Reason,
})
export type NewGrant = Type.Static<typeof NewGrant>

export const Granted = Type.Object({ membership: Membership, receipt: Receipt })
export type Granted = Type.Static<typeof Granted>

/** Credits more, or less when negative; 0 is no adjustment. */
export const Adjustment = Shape({ credits: Type.Number({ minimum: -10_000, maximum: 10_000, multipleOf: 0.01 }), reason: Reason })
export type Adjustment = Type.Static<typeof Adjustment>

/** A later end for a lot. */
export const Extension = Shape({ validUntil: Instant, reason: Reason })
export type Extension = Type.Static<typeof Extension>

export const Transfer = Shape({ toUserId: Id, credits: SomeCredits, reason: Reason })
export type Transfer = Type.Static<typeof Transfer>

/** The lot as it is now; for the receiver their new one. */
export const Transferred = Type.Object({ membership: Membership, receipt: Receipt, received: Membership })
export type Transferred = Type.Static<typeof Transferred>

/** Days of the studio, both inclusive; a freeze from today begins now. */
const freezeDays = { from: Day, until: Day }
export const FreezeQuery = Shape(freezeDays)
export type FreezeQuery = Type.Static<typeof FreezeQuery>

/** What becomes of the bookings inside that this membership paid: they stay, or the studio cancels them and returns everything. */
export const NewFreeze = Shape({ ...freezeDays, reason: Reason, bookings: Type.Optional(OneOf(['keep', 'cancel'])) })
export type NewFreeze = Type.Static<typeof NewFreeze>
