// How much of a debit comes back, and into which lots.
import { soonestFirst } from './allocation.rule.ts'
import type { Lot } from './lots.ts'

/** What a booking still owes its lots: debited less returned, in hundredths, beside the lot as it is now. */
export interface Debit {
  lot: Lot
  credits: number
}

/** Who brought the return about: the member by cancelling, or the studio by cancelling or by correcting itself. */
export type ReturnCause = 'member' | 'studio'

/** Credits that come back. Into the lot they came from, or into a child of it that begins now. */
export interface LotReturn {
  from: Lot
  credits: number
  /** The end of the child lot to be made; null when the credits go back into `from` itself. */
  childUntil: Temporal.Instant | null
}

export interface ReturnPlan {
  returns: LotReturn[]
  /** What each lot does not get back. */
  kept: Debit[]
}

/** Whoever gets credits back has a week to use them. */
const leastHours = 7 * 24

/**
 * Shares `creditsBack` hundredths over what was debited, the latest-expiring lot first (domain.md, Credits and the ledger).
 * A lot with under seven days left, or expired, gets none of it: a child lot of seven days does. A child whose member cancels
 * again gets its credits back as it is, however little time it has left, or the week could be renewed for ever; the studio's
 * return makes a fresh child even of a child.
 */
export function planReturn(
  debits: readonly Debit[],
  creditsBack: number,
  now: Temporal.Instant,
  cause: ReturnCause,
): ReturnPlan {
  const plan: ReturnPlan = { returns: [], kept: [] }
  let open = creditsBack
  for (const { lot, credits } of debits.toSorted((a, b) => soonestFirst(b.lot, a.lot))) {
    const back = Math.min(credits, open)
    open -= back
    if (back > 0) plan.returns.push({ from: lot, credits: back, childUntil: childUntil(lot, now, cause) })
    if (back < credits) plan.kept.push({ lot, credits: credits - back })
  }
  if (open !== 0) throw new Error(`${creditsBack} hundredths cannot come back: ${open} more than were debited`)
  return plan
}

function childUntil(lot: Lot, now: Temporal.Instant, cause: ReturnCause): Temporal.Instant | null {
  const least = now.add({ hours: leastHours })
  const lastsLongEnough = Temporal.Instant.compare(lot.validUntil, least) >= 0
  const ownDoing = lot.planType === 'returned' && cause === 'member'
  return lastsLongEnough || ownDoing ? null : least
}

/** A share of hundredths in percent, rounded in the member's favour. */
export function halfOf(credits: number, percentBack: number): number {
  return Math.ceil((credits * percentBack) / 100)
}
