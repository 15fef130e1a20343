// The days on which a rule gives a class, and the instants at which it is then: the one home of the recurrence library.
import { RRuleTemporal } from 'rrule-temporal'
import type { Recurrence } from './recurrence.rule.ts'

/** Half-open. */
export interface Days {
  from: Temporal.PlainDate
  until: Temporal.PlainDate
}

/**
 * The days of a rule that lie in `within`, ascending, each once. Counted as calendar days without a zone: the library, as
 * RFC 5545 wants, leaves out wall times that DST skips, yet a class at such a time is held all the same (`occurrenceOn`).
 */
export function daysOf(rule: Recurrence, startsOn: Temporal.PlainDate, within: Days): Temporal.PlainDate[] {
  if (Temporal.PlainDate.compare(within.from, within.until) >= 0) return []
  const { frequency, interval, byDay, byMonthDay, count, until } = rule
  const recurring = new RRuleTemporal({
    freq: frequency,
    interval,
    dtstart: midnight(startsOn),
    ...(byDay.length > 0 ? { byDay } : {}),
    ...(byMonthDay.length > 0 ? { byMonthDay } : {}),
    ...(count === null ? {} : { count }),
    ...(until === null ? {} : { until: midnight(until) }),
  })
  const found = recurring.between(midnight(within.from), midnight(within.until.subtract({ days: 1 })), true)
  return found.map(moment => Temporal.PlainDate.from(moment.toString().slice(0, 10)))
}

// The rarest rule that is allowed has a day within this: the 29th of February by a month's rule of its own.
export const rarestYears = 10
const usualDays = 70

/** The first class of a rule that has not begun, if one is ever to come: looked for nearby, and then as far as the rarest rule needs. */
export function firstOccurrence(rule: Recurrence, of: { startsOn: Temporal.PlainDate; hour: Pick<Hour, 'wallTime' | 'timeZone'>; now: Temporal.Instant }): Temporal.PlainDate | undefined {
  const { startsOn, hour, now } = of
  const isAhead = (on: Temporal.PlainDate) => Temporal.Instant.compare(occurrenceOn(on, { ...hour, durationMinutes: 0 }).startsAt, now) > 0
  const within = (until: Temporal.PlainDate) => daysOf(rule, startsOn, { from: startsOn, until }).find(isAhead)
  return within(startsOn.add({ days: usualDays })) ?? within(startsOn.add({ years: rarestYears }))
}

/** How many days a rule has before a day: what a split leaves for the second part of a COUNT. */
export function countBefore(rule: Recurrence, startsOn: Temporal.PlainDate, before: Temporal.PlainDate): number {
  return daysOf(rule, startsOn, { from: startsOn, until: before }).length
}

function midnight(day: Temporal.PlainDate): Temporal.ZonedDateTime {
  return day.toZonedDateTime('UTC')
}

export interface Hour {
  /** `HH:MM` */
  wallTime: string
  timeZone: string
  durationMinutes: number
}

export interface Occurrence {
  on: Temporal.PlainDate
  startsAt: Temporal.Instant
  endsAt: Temporal.Instant
  /** What the clocks do to it that day: it starts later than its hour, or its hour comes twice and it has the first. */
  clocks: 'skipped' | 'twice' | null
}

/**
 * The occurrence of a day: the wall time in the zone, in a gap as much later as the clocks jump, in an overlap the earlier
 * (Temporal's `compatible`). Its length is elapsed time.
 */
export function occurrenceOn(on: Temporal.PlainDate, { wallTime, timeZone, durationMinutes }: Hour): Occurrence {
  const plainTime = Temporal.PlainTime.from(wallTime)
  const wall = on.toPlainDateTime(plainTime)
  const startsAt = wall.toZonedDateTime(timeZone, { disambiguation: 'compatible' }).toInstant()
  const later = wall.toZonedDateTime(timeZone, { disambiguation: 'later' })
  const skipped = !later.toPlainTime().equals(plainTime)
  const clocks = skipped ? 'skipped' : later.toInstant().equals(startsAt) ? null : 'twice'
  return { on, startsAt, endsAt: startsAt.add({ minutes: durationMinutes }), clocks }
}
