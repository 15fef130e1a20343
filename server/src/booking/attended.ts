// What people take part in: what keeps them from teaching then.
import type { AttendedBy } from '../schedule/attending.ts'
import { liveBookingsOf } from './bookings.ts'
import { liveHoldsOf } from './holds.ts'
import { isLive } from './members.ts'

/** Their live holds and bookings of classes that are not over. */
export const attendedBy: AttendedBy = async ({ sql, now }, people) => {
  const [bookings, holds] = await Promise.all([liveBookingsOf(sql, people, sql`${now}::timestamptz`), liveHoldsOf(sql, people)])
  return [...bookings, ...holds.filter(hold => isLive(hold, now))]
}
