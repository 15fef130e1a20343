// Calendar days of the studio as instants: a day is as long as its zone makes it, 23 or 25 hours on a night of DST.
import { Problem } from '../platform/problem.ts'

/** Half-open: `from` belongs to it, `to` does not. */
export interface Span {
  from: Temporal.Instant
  to: Temporal.Instant
}

/** Days as they were asked for, `YYYY-MM-DD`, both inclusive. */
export interface DaysAsked {
  from?: string | undefined
  to?: string | undefined
}

const spanDays = 14
// A list of more than a year's days is an export, and has no page to be on.
const spanDaysMax = 366

/** The studio's calendar day at an instant. */
export function studioDay(instant: Temporal.Instant, timeZone: string): Temporal.PlainDate {
  return instant.toZonedDateTimeISO(timeZone).toPlainDate()
}

/** When a calendar day begins in the zone: midnight, or where DST skips it the first instant after. */
export function startOfDay(day: Temporal.PlainDate, timeZone: string): Temporal.Instant {
  return day.toZonedDateTime(timeZone).toInstant()
}

/**
 * The instants of the days asked for: from `otherwise` when no first day is given, for 14 days when no last day is.
 * Throws `invalid-request` when the last day lies before the first, or more than 366 days after it.
 */
export function spanOf(days: DaysAsked, otherwise: Temporal.Instant, timeZone: string): Span {
  const first = days.from === undefined ? studioDay(otherwise, timeZone) : Temporal.PlainDate.from(days.from)
  const from = days.from === undefined ? otherwise : startOfDay(first, timeZone)
  if (days.to === undefined) return { from, to: laterByDays(from, spanDays, timeZone) }
  const last = Temporal.PlainDate.from(days.to)
  if (Temporal.PlainDate.compare(last, first) < 0) throw malformedDays(`must not be before ${first}`)
  if (first.until(last).days >= spanDaysMax) throw malformedDays(`must be less than ${spanDaysMax} days after ${first}`)
  return { from, to: startOfDay(last.add({ days: 1 }), timeZone) }
}

/** The same wall-clock time on a later day. */
function laterByDays(instant: Temporal.Instant, days: number, timeZone: string): Temporal.Instant {
  return instant.toZonedDateTimeISO(timeZone).add({ days }).toInstant()
}

function malformedDays(message: string): Problem {
  return new Problem('invalid-request', `query/to ${message}.`, { errors: [{ path: 'query/to', message }] })
}
