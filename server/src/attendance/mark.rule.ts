// What a mark makes of a booking, and when it may be made: present, absent, or neither after all.
import type { bookingStatuses } from '@fitflow/contract/booking.ts'
import { Problem } from '../platform/problem.ts'
import type { Settings } from '../schedule/settings.ts'

type Status = (typeof bookingStatuses)[number]
export type Mark = 'present' | 'absent' | 'undo'

export interface Occasion {
  status: Status
  startsAt: Temporal.Instant
  /** When the spot was booked: some get in while the class runs. */
  createdAt: Temporal.Instant
  now: Temporal.Instant
  settings: Pick<Settings, 'scanOpensMinutes' | 'graceMinutes'>
}

const becomes = { present: 'attended', absent: 'no_show', undo: 'confirmed' } as const

const isBefore = (a: Temporal.Instant, b: Temporal.Instant) => Temporal.Instant.compare(a, b) < 0

/**
 * When check-in opens, and when the grace ends: from then on whoever is not marked counts as absent. Whoever gets in while the
 * class runs, by a no-show's spot or at the desk, has the grace from then on.
 */
export function checkinTimes({ startsAt, createdAt, settings }: Pick<Occasion, 'startsAt' | 'createdAt' | 'settings'>) {
  return {
    opensAt: startsAt.subtract({ minutes: settings.scanOpensMinutes }),
    graceEndsAt: (isBefore(startsAt, createdAt) ? createdAt : startsAt).add({ minutes: settings.graceMinutes }),
  }
}

/** After the start; at its very instant nobody is late. */
export function isLate(checkedInAt: Temporal.Instant, startsAt: Temporal.Instant): boolean {
  return isBefore(startsAt, checkedInAt)
}

/** The grace has passed: whoever has not come by now did not come. */
export function hasGracePassed(occasion: Omit<Occasion, 'status'>): boolean {
  return !isBefore(occasion.now, checkinTimes(occasion).graceEndsAt)
}

/**
 * What the booking becomes; null when it is that already. Throws `booking-cancelled`, and `checkin-window` with the instant that
 * is not yet or no longer: nobody is there before check-in opens, absent before the start, or undecided after the grace.
 */
export function decideMark(mark: Mark, occasion: Occasion): 'attended' | 'no_show' | 'confirmed' | null {
  const { status, now, startsAt } = occasion
  if (status === 'cancelled') throw new Problem('booking-cancelled', 'This booking was cancelled: nobody is expected.')
  const to = becomes[mark]
  if (to === status) return null
  const { opensAt, graceEndsAt } = checkinTimes(occasion)
  if (mark === 'present' && isBefore(now, opensAt)) throw new Problem('checkin-window', 'Check-in has not opened yet.', { opensAt: String(opensAt) })
  if (mark === 'absent' && isBefore(now, startsAt)) {
    throw new Problem('checkin-window', 'Nobody is absent before the class starts.', { opensAt: String(startsAt) })
  }
  if (mark === 'undo' && hasGracePassed(occasion)) {
    throw new Problem('checkin-window', 'The grace has passed: somebody was there, or was not.', { closedAt: String(graceEndsAt) })
  }
  return to
}
