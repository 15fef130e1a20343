// What a late cancellation or a no-show of an unlimited member is penalised with, and which strikes block booking.
import type { Settings } from '../schedule/settings.ts'
import type { PenaltyCause } from './penalties.ts'

export type StrikePolicy = Pick<Settings, 'strikesOn' | 'strikesMax' | 'strikeWindowDays' | 'blockDays' | 'lateCancelFee' | 'noShowFee'>

/** The fee is in minor units; 0 is none. */
export interface DuePenalty {
  strike: boolean
  feeCents: number
}

const nothing: DuePenalty = { strike: false, feeCents: 0 }

/** Whoever paid with credits has forfeited them, and a gift costs nothing: only unlimited access is penalised. */
export function penaltyFor(cause: PenaltyCause, method: string, policy: StrikePolicy): DuePenalty {
  if (method !== 'membership') return nothing
  return { strike: policy.strikesOn, feeCents: cause === 'no-show' ? policy.noShowFee : policy.lateCancelFee }
}

const hoursOf = (days: number) => ({ hours: days * 24 })

/** The first instant at which a strike of `now` does not count any more. Days are elapsed time. */
export function lapseOf(now: Temporal.Instant, { strikeWindowDays }: Pick<StrikePolicy, 'strikeWindowDays'>): Temporal.Instant {
  return now.add(hoursOf(strikeWindowDays))
}

/** Until when one strike more, beside `counting` others, blocks booking; null when it does not yet. */
export function blockOf(counting: number, now: Temporal.Instant, { strikesMax, blockDays }: Pick<StrikePolicy, 'strikesMax' | 'blockDays'>) {
  return counting + 1 >= strikesMax ? now.add(hoursOf(blockDays)) : null
}
