// What bookings still owe to their lots: debited less returned, the ground of every return.
import { rowLock } from '../platform/guards.ts'
import type { Sql } from '../platform/sql.ts'
import type { BookingId } from '../platform/ids.ts'
import { lotColumns, type Lot } from './lots.ts'
import type { Debit } from './returns.rule.ts'

export interface BookingDebit extends Debit {
  bookingId: BookingId
}

type Row = Lot & { bookingId: BookingId; credits: number }

/** The net debits of these bookings, unlocked: for a preview. What was returned in full is left out. */
export async function debitsOf(sql: Sql, bookingIds: Iterable<BookingId>): Promise<BookingDebit[]> {
  return (await netDebits(sql, bookingIds)).map(toDebit)
}

/** The same, with the lots locked in ascending order: what a return is decided about. */
export async function lockDebits(sql: Sql, bookingIds: Iterable<BookingId>): Promise<BookingDebit[]> {
  return (await netDebits(sql, bookingIds, rowLock(sql, 'for update of m'))).map(toDebit)
}

/** A return that went to a child lot counts for the lot that was debited, which is the child's origin. */
function netDebits(sql: Sql, bookingIds: Iterable<BookingId>, locking = sql``) {
  return sql<Row[]>`
    with moved as (
      select t.booking_id, t.amount, case
        when bool_or(t.type = 'debit') over (partition by t.booking_id, t.membership_id) then t.membership_id
        else c.origin_id end as lot_id
      from credit_transactions t join memberships c on c.id = t.membership_id
      where t.booking_id = any(${[...new Set(bookingIds)]}::uuid[]) and t.type in ('debit', 'return')),
    net as (
      select booking_id, lot_id, -sum(amount)::int as credits from moved
      group by booking_id, lot_id having sum(amount) < 0)
    select net.booking_id, net.credits, ${lotColumns(sql)}
    from net join memberships m on m.id = net.lot_id order by m.id ${locking}`
}

function toDebit({ bookingId, credits, ...lot }: Row): BookingDebit {
  return { bookingId, credits, lot }
}
