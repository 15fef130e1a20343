// What paid for a booking may not reach the time that its class is moved to: the booking stands, and what cancelling gives is said before.
import { shortOf } from '../credits/allocation.rule.ts'
import { debitsOf } from '../credits/debits.ts'
import { lotsById, type Lot } from '../credits/lots.ts'
import { planReturn } from '../credits/returns.rule.ts'
import { shortSentence } from '../credits/sentences.ts'
import type { BookingId } from '../platform/ids.ts'
import type { Tx } from '../platform/tx.ts'
import type { SeatedBooking } from './bookings.ts'

interface Moving {
  booking: SeatedBooking
  /** The new start. */
  startsAt: Temporal.Instant
}

/** A sentence for each booking whose lots have ended, or are frozen, by its new start. Whoever cancels gets everything back, as the member's own doing. */
export async function shortMeans({ tx, timeZone }: { tx: Tx; timeZone: string }, moving: readonly Moving[]): Promise<Map<BookingId, string[]>> {
  const [debits, memberships] = await Promise.all([
    debitsOf(tx.sql, moving.map(({ booking }) => booking.id)),
    lotsById(tx.sql, moving.flatMap(({ booking }) => booking.membershipId ?? [])),
  ])
  return new Map(
    moving.map(({ booking, startsAt }) => {
      const owed = debits.filter(debit => debit.bookingId === booking.id)
      const lots = [...owed.map(debit => debit.lot), ...memberships.filter(lot => lot.id === booking.membershipId)]
      const short = lots.flatMap(lot => shortBy(lot, startsAt))
      const plan = planReturn(owed, owed.reduce((sum, { credits }) => sum + credits, 0), tx.now, 'member')
      return [booking.id, short.length === 0 ? [] : [shortSentence(short, { plan, now: tx.now, timeZone })]]
    }),
  )
}

function shortBy(lot: Lot, startsAt: Temporal.Instant) {
  const by = shortOf(lot, startsAt)
  return by === null ? [] : [{ lot, by }]
}
