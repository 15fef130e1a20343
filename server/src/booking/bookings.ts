// Rows of bookings: the questions several use cases ask.
import type { Fragment, Sql } from '../platform/sql.ts'
import type { BookingId, HoldId, MembershipId, SessionId, UserId } from '../platform/ids.ts'

export interface BookingRow {
  id: BookingId
  sessionId: SessionId
  userId: UserId
  holdId: HoldId
  status: 'confirmed' | 'cancelled' | 'attended' | 'no_show'
  cancelKind: 'early' | 'late' | 'studio' | null
  method: 'membership' | 'credits' | 'card'
  membershipId: MembershipId | null
  creditsUsed: number
  settingsVersion: number
  startsAt: Temporal.Instant
  endsAt: Temporal.Instant
  createdAt: Temporal.Instant
  cancelledAt: Temporal.Instant | null
}

export const bookingColumns = (sql: Sql) => sql`
  id, session_id, user_id, hold_id, status, cancel_kind, method, membership_id, credits_used, settings_version,
  starts_at, ends_at, created_at, cancelled_at`

/** Bookings by id, unlocked: their session's lock is what protects them. */
export function bookingsById(sql: Sql, ids: readonly BookingId[]) {
  return sql<BookingRow[]>`select ${bookingColumns(sql)} from bookings where id = any(${[...ids]}::uuid[])`
}

/** Every live booking of these members that is not over. */
export function liveBookingsOf(sql: Sql, userIds: readonly UserId[], now: Fragment) {
  return sql<Pick<BookingRow, 'id' | 'sessionId' | 'userId' | 'startsAt' | 'endsAt'>[]>`
    select id, session_id, user_id, starts_at, ends_at from bookings
    where user_id = any(${[...userIds]}::uuid[]) and status in ('confirmed', 'attended') and ends_at > ${now}`
}

/** The bookings that these holds became. */
export function bookingsOfHolds(sql: Sql, holdIds: readonly HoldId[]) {
  return sql<{ id: BookingId; holdId: HoldId }[]>`
    select id, hold_id from bookings where hold_id = any(${[...holdIds]}::uuid[])`
}

/** Writes new bookings. */
export function insertBookings(sql: Sql, rows: readonly BookingRow[]) {
  return sql`
    insert into bookings (id, session_id, user_id, hold_id, status, method, membership_id, credits_used,
      settings_version, starts_at, ends_at, created_at)
    select * from unnest(${rows.map(row => row.id)}::uuid[], ${rows.map(row => row.sessionId)}::uuid[],
      ${rows.map(row => row.userId)}::uuid[], ${rows.map(row => row.holdId)}::uuid[],
      ${rows.map(row => row.status)}::text[], ${rows.map(row => row.method)}::text[],
      ${rows.map(row => row.membershipId)}::uuid[], ${rows.map(row => row.creditsUsed)}::int[],
      ${rows.map(row => row.settingsVersion)}::int[], ${rows.map(row => String(row.startsAt))}::timestamptz[],
      ${rows.map(row => String(row.endsAt))}::timestamptz[], ${rows.map(row => String(row.createdAt))}::timestamptz[])`
}

/** Ends a confirmed booking; what it still cost stays on it. */
export function cancelBooking(
  sql: Sql,
  ended: { bookingId: BookingId; cancelKind: NonNullable<BookingRow['cancelKind']>; creditsUsed: number; now: Temporal.Instant },
) {
  return sql`
    update bookings set status = 'cancelled', cancel_kind = ${ended.cancelKind}, credits_used = ${ended.creditsUsed},
      cancelled_at = ${ended.now}
    where id = ${ended.bookingId} and status = 'confirmed'`
}

/** Bookings keep the time of their session, ended ones too: "my bookings" is sorted by it. */
export function moveBookings(sql: Sql, session: { id: SessionId; startsAt: Temporal.Instant; endsAt: Temporal.Instant }) {
  return sql`
    update bookings set starts_at = ${session.startsAt}, ends_at = ${session.endsAt} where session_id = ${session.id}`
}
