// Who came before the house was told of it: a check-in for each of them, at the instant at which they came.
import type { BookingRow } from '../booking/bookings.ts'
import type { Happening } from '../booking/replay-history.ts'
import { newId, type CheckinId } from '../platform/ids.ts'
import type { Tx } from '../platform/tx.ts'
import { isLate } from './mark.rule.ts'

/** Writes the check-ins of the bookings that these happenings attended. Announces nothing. */
export async function recordPastCheckins(tx: Tx, bookings: readonly BookingRow[], happenings: readonly Happening[]): Promise<void> {
  const nameOf = ({ userId, sessionId }: Pick<BookingRow, 'userId' | 'sessionId'>) => `${userId} ${sessionId}`
  const cameAt = new Map(happenings.filter(one => one.did === 'attend').map(one => [nameOf(one), one.at]))
  const rows = bookings.flatMap(({ id: bookingId, status, startsAt, ...of }) => {
    const checkedInAt = cameAt.get(nameOf(of))
    return status === 'attended' && checkedInAt ? [{ id: newId<CheckinId>(), bookingId, checkedInAt, late: isLate(checkedInAt, startsAt) }] : []
  })
  await tx.sql`
    insert into checkins (id, booking_id, method, checked_in_at, late)
    select id, booking_id, 'manual', checked_in_at, late::boolean
    from unnest(${rows.map(row => row.id)}::uuid[], ${rows.map(row => row.bookingId)}::uuid[],
      ${rows.map(row => String(row.checkedInAt))}::timestamptz[], ${rows.map(row => String(row.late))}::text[])
      as c (id, booking_id, checked_in_at, late)`
}
