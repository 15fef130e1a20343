// When a membership may be frozen, for which instants, and what that does to its end.
import { Problem } from '../platform/problem.ts'
import { startOfDay, studioDay, type Span } from '../schedule/studio-days.rule.ts'
import type { Lot } from './lots.ts'

/** The instants during which nothing is paid, and the end of the lot with them. */
export interface Freeze extends Span {
  validUntil: Temporal.Instant
}

interface At {
  now: Temporal.Instant
  timeZone: string
}

const compare = Temporal.Instant.compare
const later = (a: Temporal.Instant, b: Temporal.Instant) => (compare(a, b) > 0 ? a : b)
// Whoever is away for longer than a year is better off with a new membership.
const daysMax = 366

/**
 * The instants of the studio days asked for, both inclusive; from now on when they begin today. `part` is where they were sent.
 * Throws `invalid-request` for a past, a reversed or an endless freeze.
 */
export function freezeSpan(asked: { from: string; until: string }, { now, timeZone }: At, part: 'body' | 'query'): Span {
  const [first, last] = [Temporal.PlainDate.from(asked.from), Temporal.PlainDate.from(asked.until)]
  const today = studioDay(now, timeZone)
  if (Temporal.PlainDate.compare(first, today) < 0) throw misfit(`${part}/from`, 'must not lie in the past')
  if (Temporal.PlainDate.compare(last, first) < 0) throw misfit(`${part}/until`, `must not be before ${first}`)
  if (first.until(last).days >= daysMax) throw misfit(`${part}/until`, `must be less than ${daysMax} days after ${first}`)
  return { from: later(startOfDay(first, timeZone), now), to: startOfDay(last.add({ days: 1 }), timeZone) }
}

/** Throws `membership-ended` when the lot ends before the freeze begins, `membership-frozen` when it has one ahead already. */
export function decideFreeze(lot: Lot, span: Span, { now, timeZone }: At): Freeze {
  refuseEnded(lot, now)
  refuseFrozen(lot, now)
  const from = later(span.from, lot.validFrom)
  if (compare(lot.validUntil, from) <= 0) throw ended(lot, 'It ends before the freeze would begin.')
  if (compare(span.to, from) <= 0) throw ended(lot, 'It has not begun by the end of that freeze.')
  return { from, to: span.to, validUntil: moved(lot.validUntil, { from, to: span.to }, timeZone, 'later') }
}

/** The lot's end once what is left of its freeze no longer counts, never before now. Throws `membership-not-frozen`. */
export function decideLift(lot: Lot, { now, timeZone }: At): { validUntil: Temporal.Instant } {
  const { frozenFrom, frozenUntil } = lot
  if (frozenFrom === null || frozenUntil === null || compare(frozenUntil, now) <= 0) {
    throw new Problem('membership-not-frozen', 'There is no freeze under way or to come.')
  }
  const unused = { from: later(frozenFrom, now), to: frozenUntil }
  return { validUntil: later(moved(lot.validUntil, unused, timeZone, 'earlier'), now) }
}

/** Whole days are days of the calendar: an end at midnight stays at midnight, also across a night of DST. */
function moved(end: Temporal.Instant, { from, to }: Span, timeZone: string, where: 'earlier' | 'later'): Temporal.Instant {
  const by = from.toZonedDateTimeISO(timeZone).until(to.toZonedDateTimeISO(timeZone), { largestUnit: 'days' })
  const wall = end.toZonedDateTimeISO(timeZone)
  return (where === 'later' ? wall.add(by) : wall.subtract(by)).toInstant()
}

/** Throws `membership-ended` from the instant at which it no longer pays. */
export function refuseEnded(lot: Lot, now: Temporal.Instant): void {
  if (compare(lot.validUntil, now) <= 0) throw ended(lot, 'It has ended. Grant credits anew instead.')
}

/** Throws `membership-frozen` while a freeze is under way or to come. */
export function refuseFrozen({ frozenFrom, frozenUntil }: Lot, now: Temporal.Instant): void {
  if (frozenUntil === null || compare(frozenUntil, now) <= 0) return
  throw new Problem('membership-frozen', 'It has a freeze already. Lift that one first.', { from: String(frozenFrom), until: String(frozenUntil) })
}

function ended(lot: Lot, words: string): Problem {
  return new Problem('membership-ended', words, { validUntil: String(lot.validUntil) })
}

/** `invalid-request` for one field: `body/until`. */
export function misfit(path: string, message: string): Problem {
  return new Problem('invalid-request', `${path} ${message}.`, { errors: [{ path, message }] })
}
