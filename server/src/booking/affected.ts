// Who has what in class sessions: bookings, holds and places in the queue; what every change of a session is about.
import { peopleById, type Person } from '../identity/display-names.ts'
import type { Sql } from '../platform/sql.ts'
import type { SessionId, UserId } from '../platform/ids.ts'
import { liveBookingsIn, type SeatedBooking } from './bookings.ts'
import { liveHoldsIn, type SpotHold } from './holds.ts'
import { liveEntriesIn, type WaitlistEntry } from './waitlist-entries.ts'

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
