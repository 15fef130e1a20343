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
  method: 'membership' | 'credits' | 'card' | 'complimentary'
  membershipId: MembershipId | null
  creditsUsed: number
  settingsVersion: number
  /** Until then cancelling returns everything: after a promotion, or since the studio changed the class. */
  freeCancelUntil: Temporal.Instant | null
  /** Who made it, when that was not the member. */
  bookedBy: UserId | null
  startsAt: Temporal.Instant
  endsAt: Temporal.Instant
  createdAt: Temporal.Instant
  cancelledAt: Temporal.Instant | null
}

export const bookingColumns = (sql: Sql) => sql`
  id, session_id, user_id, hold_id, status, cancel_kind, method, membership_id, credits_used, settings_version,
  free_cancel_until, booked_by, starts_at, ends_at, created_at, cancelled_at`

/** Bookings by id, unlocked: their session's lock is what protects them. */
export function bookingsById(sql: Sql, ids: readonly BookingId[]) {
  return sql<BookingRow[]>`select ${bookingColumns(sql)} from bookings where id = any(${[...ids]}::uuid[])`
}

/** Every live booking of these members that is not over; `lookingBack` also what they had in the week up to now. */
export function liveBookingsOf(sql: Sql, userIds: readonly UserId[], now: Fragment, lookingBack = false) {
  return sql<Pick<BookingRow, 'id' | 'sessionId' | 'userId' | 'startsAt' | 'endsAt'>[]>`
    select id, session_id, user_id, starts_at, ends_at from bookings
    where user_id = any(${[...userIds]}::uuid[]) and status in ('confirmed', 'attended')
      and ends_at > ${now} ${lookingBack ? sql`- interval '8 days'` : sql``}`
}

export interface SeatedBooking extends BookingRow {
  /** When a no-show's spot was given away; until then it is taken. */
  spotReleasedAt: Temporal.Instant | null
}

/** Whether it counts in `taken`. A spot that was given away is gone only for as long as its owner counts as absent. */
export function keepsSpot({ status, spotReleasedAt }: Pick<SeatedBooking, 'status' | 'spotReleasedAt'>): boolean {
  return status !== 'no_show' || spotReleasedAt === null
}

/** Bookings by id, as their session's staff see them. */
export function seatedBookings(sql: Sql, ids: readonly BookingId[]) {
  return sql<SeatedBooking[]>`select ${bookingColumns(sql)}, spot_released_at from bookings where id = any(${[...ids]}::uuid[])`
}

/** Every booking of these sessions that is not cancelled, in the order they were made. */
export function liveBookingsIn(sql: Sql, sessionIds: readonly SessionId[]) {
  return sql<SeatedBooking[]>`
    select ${bookingColumns(sql)}, spot_released_at from bookings
    where session_id = any(${[...sessionIds]}::uuid[]) and status in ('confirmed', 'attended', 'no_show')
    order by created_at, id`
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
      settings_version, free_cancel_until, booked_by, starts_at, ends_at, created_at)
    select * from unnest(${rows.map(row => row.id)}::uuid[], ${rows.map(row => row.sessionId)}::uuid[],
      ${rows.map(row => row.userId)}::uuid[], ${rows.map(row => row.holdId)}::uuid[],
      ${rows.map(row => row.status)}::text[], ${rows.map(row => row.method)}::text[],
      ${rows.map(row => row.membershipId)}::uuid[], ${rows.map(row => row.creditsUsed)}::int[],
      ${rows.map(row => row.settingsVersion)}::int[],
      ${rows.map(row => (row.freeCancelUntil === null ? null : String(row.freeCancelUntil)))}::timestamptz[],
      ${rows.map(row => row.bookedBy)}::uuid[], ${rows.map(row => String(row.startsAt))}::timestamptz[],
      ${rows.map(row => String(row.endsAt))}::timestamptz[], ${rows.map(row => String(row.createdAt))}::timestamptz[])`
}

/**
 * Ends a confirmed booking; what it still cost stays on it. Its state is asked for in a way that fits no index of the confirmed:
 * after a rush PostgreSQL takes those for few, and would look for one id by reading them all (docs/performance.md).
 */
export function cancelBooking(
  sql: Sql,
  ended: { bookingId: BookingId; cancelKind: NonNullable<BookingRow['cancelKind']>; creditsUsed: number; now: Temporal.Instant },
) {
  return sql`
    update bookings set status = 'cancelled', cancel_kind = ${ended.cancelKind}, credits_used = ${ended.creditsUsed},
      cancelled_at = ${ended.now}
    where id = ${ended.bookingId} and status is not distinct from 'confirmed'`
}

/** Ends bookings in any live state, each returned in full: nothing is left to pay. */
export function cancelByStudio(sql: Sql, bookingIds: readonly BookingId[], now: Temporal.Instant) {
  return sql`
    update bookings set status = 'cancelled', cancel_kind = 'studio', credits_used = 0, cancelled_at = ${now}
    where id = any(${[...bookingIds]}::uuid[]) and status in ('confirmed', 'attended', 'no_show')`
}

/**
 * Bookings keep the time of their session, ended ones too: "my bookings" is sorted by it. Whoever has one may leave it free
 * until the new start.
 */
export function moveBookings(sql: Sql, sessions: readonly Pick<BookingRow, 'sessionId' | 'startsAt' | 'endsAt'>[]) {
  return sql`
    update bookings b set starts_at = m.starts_at, ends_at = m.ends_at,
      free_cancel_until = case when b.status = 'confirmed' then m.starts_at else b.free_cancel_until end
    from unnest(${sessions.map(one => one.sessionId)}::uuid[], ${sessions.map(one => String(one.startsAt))}::timestamptz[],
      ${sessions.map(one => String(one.endsAt))}::timestamptz[]) as m (session_id, starts_at, ends_at)
    where b.session_id = m.session_id`
}

/** Whoever has booked these sessions may leave them free until they start. */
export function letLeaveFree(sql: Sql, sessionIds: readonly SessionId[]) {
  return sql`
    update bookings set free_cancel_until = starts_at where session_id = any(${[...sessionIds]}::uuid[]) and status = 'confirmed'`
}

/** Whoever the studio took out of this session, the latest of each. */
export function cancelledByStudioIn(sql: Sql, sessionId: SessionId) {
  return sql<(Pick<BookingRow, 'id' | 'userId'> & { endedAt: Temporal.Instant })[]>`
    select distinct on (user_id) id, user_id, cancelled_at as ended_at from bookings
    where session_id = ${sessionId} and status = 'cancelled' and cancel_kind = 'studio' order by user_id, cancelled_at desc, id`
}
