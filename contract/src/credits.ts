// Memberships as lots, and the ledger whose every line says why.
import Type from 'typebox'
import { Credits, Id, Instant, Nullable, OneOf, PageQuery, Shape } from './scalars.ts'
import { Receipt } from './booking.ts'

/** A lot of credits, or one period of unlimited access. `creditsBalance` is null when unlimited. */
export const Membership = Type.Object({
  id: Id,
  planType: OneOf(['pack', 'unlimited', 'complimentary', 'returned']),
  name: Type.String(),
  creditsGranted: Nullable(Credits),
  creditsBalance: Nullable(Credits),
  validFrom: Instant,
  validUntil: Instant,
  originId: Nullable(Id),
  createdAt: Instant,
})
export type Membership = Type.Static<typeof Membership>

/** `creditsBalance` sums the lots that can still pay; lots come in the order they are spent. */
export const MyMemberships = Type.Object({ creditsBalance: Credits, unlimited: Type.Boolean(), items: Type.Array(Membership) })
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

/** `credits` null: unlimited access until `validUntil`. */
export const NewGrant = Shape({
  credits: Nullable(Type.Number({ minimum: 0.01, maximum: 10_000, multipleOf: 0.01 })),
  validUntil: Instant,
  reason: Type.String({ minLength: 3, maxLength: 500, pattern: '\\S' }),
})
export type NewGrant = Type.Static<typeof NewGrant>

export const Granted = Type.Object({ membership: Membership, receipt: Receipt })
export type Granted = Type.Static<typeof Granted>
