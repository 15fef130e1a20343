// Which lots pay for a session, and in which order they are spent.
import type { MembershipId } from '../platform/ids.ts'
import type { Lot } from './lots.ts'

/** Hundredths of a credit out of one lot. */
export interface Allocation {
  membershipId: MembershipId
  credits: number
}

/** When a session starts, and when that is asked. */
export interface PaidAt {
  startsAt: Temporal.Instant
  now: Temporal.Instant
}

const compare = Temporal.Instant.compare

/** A lot pays while it is valid, and only for a session that starts before it ends (half-open at both ends). */
export function paysFor(lot: Pick<Lot, 'validFrom' | 'validUntil'>, { startsAt, now }: PaidAt): boolean {
  const valid = compare(lot.validFrom, now) <= 0 && compare(now, lot.validUntil) < 0
  return valid && compare(startsAt, lot.validUntil) < 0
}

type Dated = Pick<Lot, 'id' | 'validUntil' | 'createdAt'>

/** The order of spending: soonest-expiring first, on a tie the older. */
export function soonestFirst(a: Dated, b: Dated): number {
  return compare(a.validUntil, b.validUntil) || compare(a.createdAt, b.createdAt) || (a.id < b.id ? -1 : 1)
}

/**
 * Shares a price in hundredths over the lots in the order of spending, the preferred lot before all others.
 * Null when they do not suffice, or when the lot that was asked for cannot pay at all: a choice is not a hint. A price of 0 takes nothing.
 */
export function allocate(
  lots: readonly Lot[],
  priceCredits: number,
  at: PaidAt,
  preferred?: MembershipId,
): Allocation[] | null {
  if (priceCredits === 0) return []
  const order = creditLots(lots, at)
  if (preferred !== undefined) {
    const chosen = order.findIndex(lot => lot.id === preferred)
    if (chosen < 0) return null
    order.unshift(...order.splice(chosen, 1))
  }
  const taken: Allocation[] = []
  let open = priceCredits
  for (const lot of order) {
    if (open === 0) break
    const credits = Math.min(lot.creditsBalance, open)
    taken.push({ membershipId: lot.id, credits })
    open -= credits
  }
  return open === 0 ? taken : null
}

/** The lots whose credits can pay, in the order of spending. */
export function creditLots(lots: readonly Lot[], at: PaidAt): Lot[] {
  return lots.filter(lot => lot.creditsBalance > 0 && paysFor(lot, at)).sort(soonestFirst)
}
