// The daily check: every sum and count of the studio recomputed from its rows, and what does not hold.
import Type from 'typebox'
import { Id, Instant, Nullable, OneOf } from './scalars.ts'

/** What a check looks at. */
export const checkedAreas = ['classes', 'bookings', 'waitlists', 'attendance', 'credits', 'standing', 'house'] as const
export type CheckedArea = (typeof checkedAreas)[number]

export const BrokenCheck = Type.Object({
  area: OneOf(checkedAreas),
  /** What must hold, and does not. */
  check: Type.String(),
  /** How often it does not. */
  count: Type.Integer(),
  /** A few of them, by their ids. */
  samples: Type.Array(Type.String()),
})
export type BrokenCheck = Type.Static<typeof BrokenCheck>

const summary = {
  id: Id,
  /** Whether it was due by itself, rather than asked for. */
  byItself: Type.Boolean(),
  askedAt: Instant,
  startedAt: Nullable(Instant),
  endedAt: Nullable(Instant),
  /** Null until it has ended. */
  ok: Nullable(Type.Boolean()),
  /** How many checks do not hold. */
  brokenChecks: Type.Integer(),
  /** Why it could not be done to its end. */
  fault: Nullable(Type.String()),
}

export const Reconciliation = Type.Object(summary)
export type Reconciliation = Type.Static<typeof Reconciliation>

export const ReconciliationFound = Type.Object({ ...summary, broken: Type.Array(BrokenCheck) })
export type ReconciliationFound = Type.Static<typeof ReconciliationFound>

export const Reconciliations = Type.Object({
  /** The last that has ended, with what it found. */
  latest: Nullable(ReconciliationFound),
  /** The last thirty, latest first; the first may be under way. */
  items: Type.Array(Reconciliation),
  /** When it is due by itself again. */
  nextAt: Instant,
})
export type Reconciliations = Type.Static<typeof Reconciliations>
