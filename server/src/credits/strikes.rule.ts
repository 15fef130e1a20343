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

/** The first instant at which a strike that was earned at `at` does not count any more. Days are elapsed time. */
export function lapseOf(at: Temporal.Instant, { strikeWindowDays }: Pick<StrikePolicy, 'strikeWindowDays'>): Temporal.Instant {
  return at.add(hoursOf(strikeWindowDays))
}

/** Until when one strike more, beside `counting` others, blocks booking; null when it does not yet. */
export function blockOf(counting: number, at: Temporal.Instant, { strikesMax, blockDays }: Pick<StrikePolicy, 'strikesMax' | 'blockDays'>) {
  return counting + 1 >= strikesMax ? at.add(hoursOf(blockDays)) : null
}

interface Earned {
  /** The class that was missed, or the late cancellation. */
  at: Temporal.Instant
  lapsesAt: Temporal.Instant
}

/**
 * Which other strikes count with this one, and when the last of them all was earned. A strike may be written long after its class
 * was missed, and again when a mark was put right twice: all are judged by when they were earned, so that the answer stays the same.
 */
export function strikesTogether<Other extends Earned>(strike: Earned, others: readonly Other[]): { counted: Other[]; lastAt: Temporal.Instant } {
  const near = others.filter(other => isBefore(other.at, strike.lapsesAt))
  const lastAt = near.reduce((last, { at }) => (isBefore(last, at) ? at : last), strike.at)
  return { counted: near.filter(other => isBefore(lastAt, other.lapsesAt)), lastAt }
}

const isBefore = (a: Temporal.Instant, b: Temporal.Instant) => Temporal.Instant.compare(a, b) < 0
