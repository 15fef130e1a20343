// What is left of a class for the public: those who wait come first, until the cutoff.
import type { ClassSession } from './class-sessions.ts'
import type { Settings } from './settings.ts'

type Bounds = Pick<Settings, 'waitlistCutoffMinutes'>

/** From when on freed spots are public again, whoever waits. */
export function cutoffOf({ startsAt }: Pick<ClassSession, 'startsAt'>, { waitlistCutoffMinutes }: Bounds): Temporal.Instant {
  return startsAt.subtract({ minutes: waitlistCutoffMinutes })
}

/** How many of those who wait claim the next free spots: all of them before the cutoff, from then on nobody. */
export function claims(session: Pick<ClassSession, 'waiting' | 'startsAt'>, settings: Bounds, now: Temporal.Instant): number {
  if (session.waiting === 0) return 0
  return Temporal.Instant.compare(now, cutoffOf(session, settings)) < 0 ? session.waiting : 0
}

/** A draft, and one that was called off, is the staff's own. */
export function isUnseen({ status, publishedAt }: Pick<ClassSession, 'status' | 'publishedAt'>): boolean {
  return status === 'draft' || (status === 'cancelled' && publishedAt === null)
}

/** Spots that the public may take now; none in a class that is over or off. */
export function spotsLeft(
  session: Pick<ClassSession, 'status' | 'capacity' | 'taken' | 'waiting' | 'startsAt'>,
  settings: Bounds,
  now: Temporal.Instant,
): number {
  const { status, capacity, taken } = session
  if (status === 'cancelled' || status === 'completed') return 0
  return Math.max(0, capacity - taken - claims(session, settings, now))
}
