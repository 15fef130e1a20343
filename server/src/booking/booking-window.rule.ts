// When a class may be booked: from its opening, so many days before it or at the studio's drop, to its close.
import type { Settings } from '../schedule/settings.ts'

export interface BookingWindow {
  opensAt: Temporal.Instant
  closesAt: Temporal.Instant
}

type Drop = Pick<Settings, 'bookingOpensWeekday' | 'bookingOpensTime' | 'bookingOpensLeadDays' | 'timeZone'>
type WindowSettings = Drop & Pick<Settings, 'bookingOpensMode' | 'bookingOpensDays' | 'bookingClosesMinutes'>

/**
 * Rolling: opens `bookingOpensDays` times 24 h before the start. By the clock: at the studio's drop ("Monday 09:00").
 * Closes `bookingClosesMinutes` before the start (half-open: closed at that instant).
 */
export function bookingWindow(startsAt: Temporal.Instant, settings: WindowSettings): BookingWindow {
  const isRolling = settings.bookingOpensMode === 'rolling'
  return {
    opensAt: isRolling ? startsAt.subtract({ hours: settings.bookingOpensDays * 24 }) : lastDrop(startsAt, settings),
    closesAt: startsAt.subtract({ minutes: settings.bookingClosesMinutes }),
  }
}

/**
 * The last drop that lies at least `bookingOpensLeadDays` calendar days before the start, by the studio's wall clock:
 * a drop at 09:00 stays at 09:00 when the clocks change.
 */
function lastDrop(startsAt: Temporal.Instant, drop: Drop): Temporal.Instant {
  const latest = startsAt.toZonedDateTimeISO(drop.timeZone).toPlainDateTime().subtract({ days: drop.bookingOpensLeadDays })
  const day = latest.toPlainDate()
  const daysBack = (day.dayOfWeek - drop.bookingOpensWeekday + 7) % 7
  const candidate = day.subtract({ days: daysBack }).toPlainDateTime(drop.bookingOpensTime)
  const isLater = Temporal.PlainDateTime.compare(candidate, latest) > 0
  return (isLater ? candidate.subtract({ days: 7 }) : candidate).toZonedDateTime(drop.timeZone).toInstant()
}
