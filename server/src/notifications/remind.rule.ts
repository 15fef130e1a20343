// Which reminders of a class are due: a day and an hour before it, to whoever has known of it for that long.

export type Reminder = 'reminder-day' | 'reminder-hour'

const dayHours = 24
const hourHours = 1

/** How long before a class anybody is reminded of it. */
export const firstReminderHours = dayHours

/**
 * The one that is due at `now`. Half-open: a day before until an hour before, and an hour before until the start; what was missed in that
 * time is made up for, later nobody is reminded. `knownSince` is when they booked, or were last told of a change: whoever heard
 * of it less than that long before needs no reminder of it.
 */
export function reminderDue(booking: { startsAt: Temporal.Instant; knownSince: Temporal.Instant }, now: Temporal.Instant): Reminder | null {
  const { startsAt, knownSince } = booking
  const [dayBefore, hourBefore] = [startsAt.subtract({ hours: dayHours }), startsAt.subtract({ hours: hourHours })]
  const isBetween = (from: Temporal.Instant, to: Temporal.Instant) => Temporal.Instant.compare(from, now) <= 0 && Temporal.Instant.compare(now, to) < 0
  const knewBy = (instant: Temporal.Instant) => Temporal.Instant.compare(knownSince, instant) <= 0
  if (isBetween(hourBefore, startsAt)) return knewBy(hourBefore) ? 'reminder-hour' : null
  return isBetween(dayBefore, hourBefore) && knewBy(dayBefore) ? 'reminder-day' : null
}
