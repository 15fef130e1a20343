// Rows of checkins: that somebody came, who says so, and whether it still holds.
import type { Sql } from '../platform/sql.ts'
import type { BookingId, CheckinId, UserId } from '../platform/ids.ts'

export interface CheckinRow {
  id: CheckinId
  bookingId: BookingId
  method: 'manual' | 'qr'
  checkedInAt: Temporal.Instant
  late: boolean
  recordedBy: UserId | null
}

/** What holds of these bookings, at most one each. Their session's lock protects it. */
export function standingCheckins(sql: Sql, bookingIds: readonly BookingId[]) {
  return sql<CheckinRow[]>`
    select id, booking_id, method, checked_in_at, late, recorded_by from checkins
    where booking_id = any(${[...bookingIds]}::uuid[]) and undone_at is null`
}

/** Writes one that is new. */
export function insertCheckin(sql: Sql, row: CheckinRow) {
  return sql`
    insert into checkins (id, booking_id, method, checked_in_at, late, recorded_by)
    values (${row.id}, ${row.bookingId}, ${row.method}, ${row.checkedInAt}, ${row.late}, ${row.recordedBy})`
}

/** It does not hold any more. */
export function undoCheckin(sql: Sql, id: CheckinId, by: { actorId: UserId | null; now: Temporal.Instant }) {
  return sql`update checkins set undone_at = ${by.now}, undone_by = ${by.actorId} where id = ${id} and undone_at is null`
}
