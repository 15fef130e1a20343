// What works today to pay for a session: unlimited memberships, then credits and the lots they would come from.
import type { QuoteOption } from '@fitflow/contract/booking.ts'
import { toWireCredits } from '../platform/credits.ts'
import type { MembershipId } from '../platform/ids.ts'
import { allocate, creditLots, endIfUsed, paysFor } from './allocation.rule.ts'
import type { Lot } from './lots.ts'

/** One way to pay, as it is kept beside a hold: JSON, credits in hundredths, instants in ISO 8601. */
export type QuotedOption =
  | { method: 'membership'; membershipId: MembershipId }
  | { method: 'credits'; credits: number; lots: { membershipId: MembershipId; credits: number; validUntil: string }[] }

export interface Priced {
  startsAt: Temporal.Instant
  /** Hundredths of a credit. */
  priceCredits: number
}

const compare = Temporal.Instant.compare

/**
 * Each way to pay that works at `now`; none when nothing does. Every unlimited membership that covers the session is one,
 * the longest-lasting first, because it spends nothing; then credits. A price of 0 is paid with no credits at all.
 */
export function quote(session: Priced, lots: readonly Lot[], now: Temporal.Instant): QuotedOption[] {
  const at = { startsAt: session.startsAt, now }
  const options: QuotedOption[] = lots
    .filter(lot => lot.creditsGranted === null && paysFor(lot, at))
    .sort((a, b) => compare(endIfUsed(b, now), endIfUsed(a, now)) || (a.id < b.id ? -1 : 1))
    .map(lot => ({ method: 'membership', membershipId: lot.id }))
  const shares = allocate(lots, session.priceCredits, at)
  if (shares) {
    const endOf = new Map(lots.map(lot => [lot.id, String(endIfUsed(lot, now))]))
    const spent = shares.map(share => ({ ...share, validUntil: endOf.get(share.membershipId) ?? '' }))
    options.push({ method: 'credits', credits: session.priceCredits, lots: spent })
  }
  return options
}

/** What `insufficient-credits` says, in hundredths: the price, and what of it the member could pay. */
export function missingMeans(session: Priced, lots: readonly Lot[], now: Temporal.Instant) {
  const payable = creditLots(lots, { startsAt: session.startsAt, now })
  const creditsAvailable = payable.reduce((sum, lot) => sum + lot.creditsBalance, 0)
  return { creditsNeeded: session.priceCredits, creditsAvailable }
}

/** The options on the wire: credits as decimals. */
export function toWireQuote(options: readonly QuotedOption[]): QuoteOption[] {
  return options.map(option => {
    if (option.method === 'membership') return option
    const lots = option.lots.map(lot => ({ ...lot, credits: toWireCredits(lot.credits) }))
    return { method: option.method, credits: toWireCredits(option.credits), lots }
  })
}
