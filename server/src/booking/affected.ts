// Who has what in class sessions: bookings, holds and places in the queue; what every change of a session is about.
import { peopleById, type Person } from '../identity/display-names.ts'
import type { Sql } from '../platform/sql.ts'
import type { SessionId, UserId } from '../platform/ids.ts'
import { cancelledByStudioIn, liveBookingsIn, type SeatedBooking } from './bookings.ts'
import { liveHoldsIn, releasedAt, type SpotHold } from './holds.ts'
import { closedEntriesIn, liveEntriesIn, type WaitlistEntry } from './waitlist-entries.ts'

export interface Seated {
  /** Confirmed, attended, and no-shows. */
  bookings: SeatedBooking[]
  /** Live by their status, offers among them. */
  holds: SpotHold[]
  /** Waiting, or with an offer. */
  entries: WaitlistEntry[]
}

export interface Affected extends Seated {
  people: Map<UserId, Person>
}

/** What there is to decide about, under the locks of these sessions. */
export async function seatedIn(sql: Sql, sessionIds: readonly SessionId[]): Promise<Seated> {
  const [bookings, holds, entries] = await Promise.all([
    liveBookingsIn(sql, sessionIds),
    liveHoldsIn(sql, sessionIds),
    liveEntriesIn(sql, sessionIds),
  ])
  return { bookings, holds, entries }
}

/** The same with the names of those people: what a preview shows. */
export async function affectedBy(sql: Sql, sessionIds: readonly SessionId[]): Promise<Affected> {
  const seated = await seatedIn(sql, sessionIds)
  return { ...seated, people: await peopleById(sql, whoIsIn(seated)) }
}

/** Everybody who has something there, each once. */
export function whoIsIn({ bookings, holds, entries }: Seated): UserId[] {
  return [...new Set([...bookings, ...holds, ...entries].map(one => one.userId))]
}

/** Whose booking, hold or place in the queue ended when this session was cancelled, each once: told when it takes place after all. */
export async function endedWith(sql: Sql, sessionId: SessionId): Promise<{ id: string; userId: UserId }[]> {
  const [returned, closed] = await Promise.all([cancelledByStudioIn(sql, sessionId), closedEntriesIn(sql, sessionId)])
  // Nothing ends in a class after its cancellation, and all of that ends at one instant.
  const at = [...returned, ...closed].map(one => one.endedAt).sort(Temporal.Instant.compare).at(-1)
  const released = at ? await releasedAt(sql, sessionId, at) : []
  const ended = [...returned, ...[...closed, ...released].filter(one => at?.equals(one.endedAt))]
  return [...new Map(ended.map(one => [one.userId, one])).values()]
}
