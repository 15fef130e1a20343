// What a cancellation gives back: the three-step policy of the requirements, under the version fixed at the hold.
import type { Consequence } from '@fitflow/contract/booking.ts'
import { halfOf } from '../credits/returns.rule.ts'
import type { Settings } from '../schedule/settings.ts'

export type CancellationPolicy = Pick<Settings, 'version' | 'fullReturnHours' | 'halfReturnHours' | 'halfReturnPercent'>

export interface CancellationOutcome {
  rule: Consequence
  creditsReturned: number
  creditsForfeited: number
}

export interface CancellationInstants {
  startsAt: Temporal.Instant
  now: Temporal.Instant
  /** Until then everything comes back whatever the window: after a promotion, or since the studio changed the class. */
  freeCancelUntil: Temporal.Instant | null
}

/** Whether everything comes back because of what the studio or the waitlist did, whatever the window. */
export function isFree({ now, freeCancelUntil }: Omit<CancellationInstants, 'startsAt'>): boolean {
  return freeCancelUntil !== null && Temporal.Instant.compare(now, freeCancelUntil) < 0
}

/**
 * More than `fullReturnHours` before the start everything comes back; from there down to and including `halfReturnHours`
 * the middle share; less than that nothing. Before `freeCancelUntil` everything does. Hours are elapsed time. Amounts are hundredths of a credit.
 */
export function decideCancellation(
  instants: CancellationInstants,
  creditsUsed: number,
  policy: CancellationPolicy,
): CancellationOutcome {
  const rule = isFree(instants) ? 'full' : consequence(instants.startsAt.since(instants.now), policy)
  const creditsReturned = shareOf(rule, creditsUsed, policy)
  return { rule, creditsReturned, creditsForfeited: creditsUsed - creditsReturned }
}

function consequence(left: Temporal.Duration, policy: CancellationPolicy): Consequence {
  if (Temporal.Duration.compare(left, { hours: policy.fullReturnHours }) > 0) return 'full'
  return Temporal.Duration.compare(left, { hours: policy.halfReturnHours }) >= 0 ? 'half' : 'none'
}

function shareOf(rule: Consequence, creditsUsed: number, policy: CancellationPolicy): number {
  if (rule === 'full') return creditsUsed
  return rule === 'half' ? halfOf(creditsUsed, policy.halfReturnPercent) : 0
}

const severity: Record<Consequence, number> = { full: 0, half: 1, none: 2 }

/** Whether `now` is worse for the member than what they were shown. */
export function isWorse(now: Consequence, expected: Consequence): boolean {
  return severity[now] > severity[expected]
}
