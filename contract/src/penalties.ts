// Strikes, blocks and fees owed, for late cancellations and no-shows; and what staff give back.
import Type from 'typebox'
import { Receipt } from './booking.ts'
import { Credits, Id, Instant, Money, Nullable, OneOf, PageQuery, Shape } from './scalars.ts'

/** `counts`: towards a block. `spent`: it has brought one about. `lapsed`: it is too old to count. `owed`: a fee. */
export const penaltyStates = ['counts', 'spent', 'lapsed', 'owed', 'waived'] as const

export const Penalty = Type.Object({
  id: Id,
  kind: OneOf(['strike', 'fee']),
  cause: OneOf(['late-cancel', 'no-show']),
  state: OneOf(penaltyStates),
  /** Of a fee. */
  amount: Nullable(Money),
  /** From then on a strike does not count any more. */
  lapsesAt: Nullable(Instant),
  createdAt: Instant,
  booking: Type.Object({ id: Id, className: Type.String(), startsAt: Instant }),
  receipt: Receipt,
  /** Why it was taken back. */
  waiver: Nullable(Receipt),
})
export type Penalty = Type.Static<typeof Penalty>

export const Block = Type.Object({
  id: Id,
  startsAt: Instant,
  endsAt: Instant,
  /** When it was lifted before its end, and why. */
  lifted: Nullable(Type.Object({ at: Instant, reason: Type.String() })),
})

export type Block = Type.Static<typeof Block>

/** Where somebody stands: strikes that count, of how many that block booking; latest penalties and blocks first. */
export const Penalties = Type.Object({
  strikes: Type.Object({ counting: Type.Integer(), max: Type.Integer(), windowDays: Type.Integer(), blockDays: Type.Integer() }),
  blockedUntil: Nullable(Instant),
  /** What is owed, one sum a currency. */
  owed: Type.Array(Money),
  blocks: Type.Array(Block),
  items: Type.Array(Penalty),
  nextCursor: Nullable(Type.String()),
})
export type Penalties = Type.Static<typeof Penalties>

export const PenaltyQuery = Shape(PageQuery)
export type PenaltyQuery = Type.Static<typeof PenaltyQuery>

/** The member reads the reason. */
export const Waiver = Shape({ reason: Type.String({ minLength: 3, maxLength: 500, pattern: '\\S' }) })

/** What was given back: penalties by their ids, and credits with their receipt. */
export const Waived = Type.Object({ penaltyIds: Type.Array(Id), creditsReturned: Credits, receipt: Nullable(Receipt) })
export type Waived = Type.Static<typeof Waived>
