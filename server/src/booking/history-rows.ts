// Rows of holds, bookings and entries as they stand after all that happened to them: with their ends, one statement a table.
import type { Sql } from '../platform/sql.ts'
import type { BookingRow } from './bookings.ts'
import type { SpotHold } from './holds.ts'
import type { PastEntry } from './replay-history.ts'

type Ended<Row> = Row & { endedAt: Temporal.Instant | null }

const instants = (rows: readonly (Temporal.Instant | null)[]) => rows.map(instant => (instant === null ? null : String(instant)))

/** Live ones have no end. */
export function insertPastHolds(sql: Sql, holds: readonly Ended<SpotHold>[]) {
  return sql`
    insert into spot_holds
      (id, session_id, user_id, kind, status, expires_at, quote, settings_version, starts_at, ends_at, created_at, ended_at)
    select id, session_id, user_id, kind, status, expires_at, quote::jsonb, settings_version, starts_at, ends_at, created_at, ended_at
    from unnest(${holds.map(hold => hold.id)}::uuid[], ${holds.map(hold => hold.sessionId)}::uuid[],
      ${holds.map(hold => hold.userId)}::uuid[], ${holds.map(hold => hold.kind)}::text[],
      ${holds.map(hold => hold.status)}::text[], ${instants(holds.map(hold => hold.expiresAt))}::timestamptz[],
      ${holds.map(hold => JSON.stringify(hold.quote))}::text[], ${holds.map(hold => hold.settingsVersion)}::int[],
      ${instants(holds.map(hold => hold.startsAt))}::timestamptz[], ${instants(holds.map(hold => hold.endsAt))}::timestamptz[],
      ${instants(holds.map(hold => hold.createdAt))}::timestamptz[], ${instants(holds.map(hold => hold.endedAt))}::timestamptz[])
      as h (id, session_id, user_id, kind, status, expires_at, quote, settings_version, starts_at, ends_at, created_at, ended_at)`
}

/** Whatever became of them: a cancellation with its kind and instant, attendance as status. */
export function insertPastBookings(sql: Sql, rows: readonly BookingRow[]) {
  return sql`
    insert into bookings (id, session_id, user_id, hold_id, status, cancel_kind, method, membership_id, credits_used,
      settings_version, starts_at, ends_at, created_at, cancelled_at)
    select * from unnest(${rows.map(row => row.id)}::uuid[], ${rows.map(row => row.sessionId)}::uuid[],
      ${rows.map(row => row.userId)}::uuid[], ${rows.map(row => row.holdId)}::uuid[],
      ${rows.map(row => row.status)}::text[], ${rows.map(row => row.cancelKind)}::text[], ${rows.map(row => row.method)}::text[],
      ${rows.map(row => row.membershipId)}::uuid[], ${rows.map(row => row.creditsUsed)}::int[],
      ${rows.map(row => row.settingsVersion)}::int[], ${instants(rows.map(row => row.startsAt))}::timestamptz[],
      ${instants(rows.map(row => row.endsAt))}::timestamptz[], ${instants(rows.map(row => row.createdAt))}::timestamptz[],
      ${instants(rows.map(row => row.cancelledAt))}::timestamptz[])`
}

/** Ranked by the instant of joining, as when somebody joins now. */
export function insertPastEntries(sql: Sql, entries: readonly PastEntry[]) {
  return sql`
    insert into waitlist_entries
      (id, session_id, template_id, user_id, rank, state, joined_position, hold_id, offers_expired, created_at, ended_at)
    select id, session_id, template_id, user_id, extract(epoch from created_at), state, joined_position, hold_id, offers_expired,
      created_at, ended_at
    from unnest(${entries.map(entry => entry.id)}::uuid[], ${entries.map(entry => entry.sessionId)}::uuid[],
      ${entries.map(entry => entry.templateId)}::uuid[], ${entries.map(entry => entry.joinedPosition)}::int[],
      ${entries.map(entry => entry.userId)}::uuid[], ${entries.map(entry => entry.state)}::text[],
      ${entries.map(entry => entry.holdId)}::uuid[], ${entries.map(entry => entry.offersExpired)}::int[],
      ${instants(entries.map(entry => entry.createdAt))}::timestamptz[], ${instants(entries.map(entry => entry.endedAt))}::timestamptz[])
      as e (id, session_id, template_id, joined_position, user_id, state, hold_id, offers_expired, created_at, ended_at)`
}
