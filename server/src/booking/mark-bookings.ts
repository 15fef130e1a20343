// Bookings become attended or missed, and back: their status, and whether they take a spot, change together.
import type { Fragment, Sql } from '../platform/sql.ts'
import type { SessionId } from '../platform/ids.ts'
import type { Tx } from '../platform/tx.ts'
import { addSpot } from '../schedule/change-session.ts'
import type { ClassSession } from '../schedule/class-sessions.ts'
import { keepsSpot, type BookingRow, type SeatedBooking } from './bookings.ts'
import { dueHolds, releaseDue } from './due-holds.ts'
import { openSpots, type Spots } from './spots.ts'

export type Attendance = Exclude<BookingRow['status'], 'cancelled'>

/**
 * Marks bookings of a locked session, each in another live state than `to`; `spots` is the caller's to write. Whoever missed
 * the class keeps the spot until it is given away: what was given away once is given up again.
 */
export function markBookings(tx: Tx, spots: Spots, bookings: readonly SeatedBooking[], to: Attendance): void {
  for (const booking of bookings) {
    const taken = Number(keepsSpot({ ...booking, status: to })) - Number(keepsSpot(booking))
    spots.change(booking.sessionId, { taken })
  }
  for (const [was, of] of Map.groupBy(bookings, booking => booking.status)) {
    const ids = of.map(booking => booking.id)
    tx.send(tx.sql`update bookings set status = ${to} where id = any(${ids}::uuid[]) and status is not distinct from ${was}`)
  }
}

/** Frees what is due, and makes room for one more who is there after all: a spot more when none is free, like a squeeze-in. */
export async function roomFor(tx: Tx, session: ClassSession, now: Fragment): Promise<Spots> {
  const spots = openSpots([session])
  releaseDue(tx, spots, await dueHolds(tx.sql, [session.id], now))
  const seen = spots.session(session.id) as ClassSession
  if (seen.taken < seen.capacity) return spots
  spots.write(tx)
  return openSpots([await addSpot(tx, seen)])
}

/** What else a member has had or has at the time of a booking, at most one of them: nobody is in two places at once. */
export async function meanwhile(sql: Sql, { id, userId, startsAt, endsAt }: SeatedBooking) {
  const [other] = await sql<Pick<BookingRow, 'id' | 'sessionId' | 'startsAt' | 'endsAt'>[]>`
    select id, session_id, starts_at, ends_at from bookings
    where user_id = ${userId} and status in ('confirmed', 'attended') and id <> ${id}
      and ends_at > ${startsAt} and starts_at < ${endsAt}
    order by starts_at limit 1`
  return other
}

/** Classes that began between these instants with somebody in them, since before the latter, of whom nobody has said whether they came. Served by `bookings_unspoken`. */
export async function unspokenFor(sql: Sql, { from, until, limit }: { from: Temporal.Instant; until: Temporal.Instant; limit: number }): Promise<SessionId[]> {
  const rows = await sql<{ sessionId: SessionId }[]>`
    select session_id from bookings where status = 'confirmed' and starts_at >= ${from} and starts_at <= ${until} and created_at <= ${until}
    group by session_id order by min(starts_at), session_id limit ${limit}`
  return rows.map(row => row.sessionId)
}

/** A booking as events name it. */
export function asFacts({ id: bookingId, sessionId, userId }: SeatedBooking, spots: Spots) {
  return { bookingId, sessionId, userId, version: spots.session(sessionId)?.version ?? 0 }
}
