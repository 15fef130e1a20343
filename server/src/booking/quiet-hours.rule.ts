// The studio's quiet hours, in which nobody is told of an offer unless the class leaves no time to sleep.
import type { Settings } from '../schedule/settings.ts'

type QuietHours = Pick<Settings, 'timeZone' | 'quietHoursStart' | 'quietHoursEnd'>

/** When the quiet hours that `now` lies in end; null when it lies in none. Half-open: at their end they are over. */
export function quietUntil(now: Temporal.Instant, { timeZone, quietHoursStart, quietHoursEnd }: QuietHours): Temporal.Instant | null {
  if (quietHoursStart === quietHoursEnd) return null
  const local = now.toZonedDateTimeISO(timeZone)
  const today = local.toPlainDate()
  const at = (day: Temporal.PlainDate, time: string) => day.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(time) }).toInstant()
  const wraps = quietHoursEnd < quietHoursStart
  // They may have begun yesterday, or begin and end today, or end tomorrow.
  for (const begins of [today.subtract({ days: 1 }), today]) {
    const from = at(begins, quietHoursStart)
    const to = at(wraps ? begins.add({ days: 1 }) : begins, quietHoursEnd)
    if (Temporal.Instant.compare(from, now) <= 0 && Temporal.Instant.compare(now, to) < 0) return to
  }
  return null
}

// A class before this wall time, on the morning that ends the quiet hours, does not wait for the morning.
const earlyClass = Temporal.PlainTime.from('09:00')

/** Whether a class is so early on the morning that ends these quiet hours that its offers are told in the night. */
export function isEarlyClass(startsAt: Temporal.Instant, quietEndsAt: Temporal.Instant, timeZone: string): boolean {
  const nine = quietEndsAt.toZonedDateTimeISO(timeZone).toPlainDate().toZonedDateTime({ timeZone, plainTime: earlyClass }).toInstant()
  // Quiet hours that last beyond nine end after the classes before their end have begun.
  const latest = Temporal.Instant.compare(nine, quietEndsAt) < 0 ? quietEndsAt : nine
  return Temporal.Instant.compare(startsAt, latest) < 0
}
