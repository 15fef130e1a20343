// Somebody's penalties, each with the class it was given for.
import type { Penalties, PenaltyQuery } from '@fitflow/contract/penalties.ts'
import { bookingsById } from '../booking/bookings.ts'
import { penaltiesPage } from '../credits/penalties-page.ts'
import type { UserId } from '../platform/ids.ts'
import type { Tx } from '../platform/tx.ts'
import { sessionCards } from '../schedule/session-cards.ts'
import type { Settings } from '../schedule/settings.ts'

/** One page, latest first. */
export async function readPenalties(tx: Tx, userId: UserId, of: { query: PenaltyQuery; settings: Settings }): Promise<Penalties> {
  const page = await penaltiesPage(tx, userId, of)
  const bookings = await bookingsById(tx.sql, page.items.map(item => item.bookingId))
  const cards = await sessionCards(tx.sql, bookings.map(booking => booking.sessionId))
  const known = new Map(bookings.map(booking => [booking.id, booking]))
  const items = page.items.map(({ bookingId, ...penalty }) => {
    const booking = known.get(bookingId)
    const className = (booking && cards.get(booking.sessionId)?.name) ?? 'the class'
    return { ...penalty, booking: { id: bookingId, className, startsAt: String(booking?.startsAt ?? penalty.createdAt) } }
  })
  return { ...page, items }
}
