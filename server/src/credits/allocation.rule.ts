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

type Timed = Pick<Lot, 'validFrom' | 'validUntil' | 'frozenFrom' | 'frozenUntil' | 'activationDays' | 'activatedAt'>

/**
 * A lot pays while it is valid, and only for a session that starts before it ends and outside its freeze (half-open at both
 * ends, both of them). A lot that no booking has begun yet ends as if this one began it.
 */
export function paysFor(lot: Timed, { startsAt, now }: PaidAt): boolean {
  const end = endIfUsed(lot, now)
  const valid = compare(lot.validFrom, now) <= 0 && compare(now, end) < 0
  return valid && compare(startsAt, end) < 0 && !isFrozenAt(lot, startsAt)
}

/** Why a lot that has paid already does not reach a session that would start then; null when it does. */
export function shortOf(lot: Pick<Lot, 'validUntil' | 'frozenFrom' | 'frozenUntil'>, startsAt: Temporal.Instant): 'ended' | 'frozen' | null {
  if (compare(startsAt, lot.validUntil) >= 0) return 'ended'
  return isFrozenAt(lot, startsAt) ? 'frozen' : null
}

/** Whether an instant lies in the lot's freeze. */
function isFrozenAt({ frozenFrom, frozenUntil }: Pick<Lot, 'frozenFrom' | 'frozenUntil'>, at: Temporal.Instant): boolean {
  return frozenFrom !== null && frozenUntil !== null && compare(frozenFrom, at) <= 0 && compare(at, frozenUntil) < 0
}

/**
 * When the lot ends if it is used at `now`. One whose time begins with its first use then runs for its days of 24 hours, none
 * of them in a freeze, at most until the latest end that was given.
 */
export function endIfUsed(lot: Omit<Timed, 'validFrom'>, now: Temporal.Instant): Temporal.Instant {
  if (lot.activationDays === null || lot.activatedAt !== null) return lot.validUntil
  const run = now.add({ hours: lot.activationDays * 24 })
  const end = run.add(restBefore(run, lot, now))
  return compare(end, lot.validUntil) < 0 ? end : lot.validUntil
}

/** How much of the lot's freeze lies ahead, if it begins before `end`. */
function restBefore(end: Temporal.Instant, { frozenFrom, frozenUntil }: Pick<Lot, 'frozenFrom' | 'frozenUntil'>, now: Temporal.Instant) {
  const ahead = frozenFrom !== null && frozenUntil !== null && compare(frozenFrom, end) < 0 && compare(frozenUntil, now) > 0
  return ahead ? frozenUntil.since(compare(frozenFrom, now) > 0 ? frozenFrom : now) : { hours: 0 }
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

/** The lot that was named to pay first, while it can: once it is used up, has ended or rests, nothing is left of that choice. */
export function namedLot(lots: readonly Lot[], named: MembershipId | null, at: PaidAt): MembershipId | undefined {
  return lots.find(lot => lot.id === named && paysFor(lot, at) && (lot.creditsGranted === null || lot.creditsBalance > 0))?.id
}

/** The lots whose credits can pay, in the order of spending. */
export function creditLots(lots: readonly Lot[], at: PaidAt): Lot[] {
  return lots.filter(lot => lot.creditsBalance > 0 && paysFor(lot, at)).sort(spendingOrder(at.now))
}

/** The order of spending at an instant: by the end each lot has if it is used then. */
export function spendingOrder(now: Temporal.Instant): (a: Lot, b: Lot) => number {
  const used = (lot: Lot) => ({ id: lot.id, createdAt: lot.createdAt, validUntil: endIfUsed(lot, now) })
  return (a, b) => soonestFirst(used(a), used(b))
}

/**
 * Marks the lots that are used for the first time: their time runs from now, and they end accordingly. First use is the
 * confirming of the first booking they pay; it stays used when that booking is cancelled. Answers those it marked.
 */
export function activate(lots: readonly Lot[], now: Temporal.Instant): Lot[] {
  const begun = lots.filter(lot => lot.activationDays !== null && lot.activatedAt === null)
  for (const lot of begun) {
    lot.validUntil = endIfUsed(lot, now)
    lot.activatedAt = now
  }
  return begun
}
