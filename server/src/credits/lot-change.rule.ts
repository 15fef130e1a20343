// Whether staff may take credits out of a lot, put some in, or move its end.
import { Problem } from '../platform/problem.ts'
import { misfit, refuseEnded, refuseFrozen } from './freeze.rule.ts'
import type { Lot } from './lots.ts'

/** `credits` in hundredths, signed. Throws `membership-ended`, `membership-unlimited`, `balance-too-low`; 0 is `invalid-request`. */
export function decideAdjustment(lot: Lot, credits: number, now: Temporal.Instant): void {
  if (credits === 0) throw misfit('body/credits', 'must not be 0')
  refuseEnded(lot, now)
  refuseUncounted(lot)
  refuseOverdraft(lot, -credits)
}

/** Throws `membership-ended`, or `invalid-request` unless the new end is later than the one it has. */
export function decideExtension(lot: Lot, validUntil: Temporal.Instant, now: Temporal.Instant): void {
  refuseEnded(lot, now)
  if (Temporal.Instant.compare(validUntil, lot.validUntil) > 0) return
  throw misfit('body/validUntil', `must be later than ${lot.validUntil}`)
}

/**
 * `credits` in hundredths. Throws `membership-ended`, `membership-unlimited`, `balance-too-low`; `membership-frozen`, because the
 * frozen time was added to an end that the receiver would then get without having paused.
 */
export function decideTransfer(lot: Lot, credits: number, now: Temporal.Instant): void {
  refuseEnded(lot, now)
  refuseUncounted(lot)
  refuseFrozen(lot, now)
  refuseOverdraft(lot, credits)
}

function refuseUncounted(lot: Lot): void {
  if (lot.creditsGranted === null) throw new Problem('membership-unlimited', 'Unlimited access has no credits to count.')
}

function refuseOverdraft(lot: Lot, taken: number): void {
  if (taken <= lot.creditsBalance) return
  const creditsAvailable = lot.creditsBalance / 100
  const left = creditsAvailable === 1 ? 'is only 1 credit' : `are ${creditsAvailable === 0 ? 'no' : `only ${creditsAvailable}`} credits`
  throw new Problem('balance-too-low', `There ${left} in it.`, { creditsAvailable })
}
