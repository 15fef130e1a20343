// When a lot is over, and when its member is warned that it soon will be.
import type { Lot } from './lots.ts'

/** The days before the end at which a member is warned, from the settings. */
export interface WarningDays {
  firstExpiryWarningDays: number
  lastExpiryWarningDays: number
}

const compare = Temporal.Instant.compare

/** From the very instant at which it no longer pays, once. */
export function isOver(lot: Pick<Lot, 'validUntil' | 'expiredAt'>, now: Temporal.Instant): boolean {
  return lot.expiredAt === null && compare(now, lot.validUntil) >= 0
}

/**
 * The warning that is due now, by its days, or null. Where both are due only the later is said. Nothing is said of a lot that has
 * nothing left, that never had more time than the warning gives, or that was warned of this end as closely before (`warned`).
 */
export function warningDue(lot: Lot, now: Temporal.Instant, days: WarningDays, warned: readonly number[]): number | null {
  const hasSomething = lot.creditsGranted === null || lot.creditsBalance > 0
  if (!hasSomething || compare(now, lot.validUntil) >= 0) return null
  const inReach = (count: number) => compare(lot.validUntil.subtract({ hours: count * 24 }), now) <= 0
  const due = [days.lastExpiryWarningDays, days.firstExpiryWarningDays].sort((a, b) => a - b).find(inReach)
  if (due === undefined || warned.some(count => count <= due)) return null
  const hadMoreTime = compare(lot.validUntil.subtract({ hours: due * 24 }), lot.validFrom) > 0
  return hadMoreTime ? due : null
}
