// When a class may be booked: from its opening to its close, decided by elapsed time before the start.
import type { Settings } from '../schedule/settings.ts'

export interface BookingWindow {
  opensAt: Temporal.Instant
  closesAt: Temporal.Instant
}

/** Opens `bookingOpensDays` times 24 h before the start, closes `bookingClosesMinutes` before it (half-open: closed at that instant). */
export function bookingWindow(
  startsAt: Temporal.Instant,
  settings: Pick<Settings, 'bookingOpensDays' | 'bookingClosesMinutes'>,
): BookingWindow {
  return {
    opensAt: startsAt.subtract({ hours: settings.bookingOpensDays * 24 }),
    closesAt: startsAt.subtract({ minutes: settings.bookingClosesMinutes }),
  }
}
