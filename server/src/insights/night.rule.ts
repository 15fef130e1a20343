// When the daily check is due: in the studio's own night, when hardly anybody books.
const at = { hour: 3, minute: 23 }

/** The latest instant, not after `now`, at which it was due. */
export function lastDue(now: Temporal.Instant, timeZone: string): Temporal.Instant {
  const today = dueOn(now.toZonedDateTimeISO(timeZone).toPlainDate(), timeZone)
  return Temporal.Instant.compare(today, now) <= 0 ? today : dueBeside(now, timeZone, -1)
}

/** The first instant after `now` at which it is due. */
export function nextDue(now: Temporal.Instant, timeZone: string): Temporal.Instant {
  const today = dueOn(now.toZonedDateTimeISO(timeZone).toPlainDate(), timeZone)
  return Temporal.Instant.compare(today, now) > 0 ? today : dueBeside(now, timeZone, 1)
}

const dueBeside = (now: Temporal.Instant, timeZone: string, days: number) => dueOn(now.toZonedDateTimeISO(timeZone).toPlainDate().add({ days }), timeZone)

/** Where the clock skips that time, what comes after the gap. */
const dueOn = (day: Temporal.PlainDate, timeZone: string) => day.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(at) }).toInstant()
