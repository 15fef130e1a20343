// The studio ends bookings: whatever the window, everything comes back, and the receipt says who did it.
import { lockDebits, type BookingDebit } from '../credits/debits.ts'
import { announceCredits, writeDecisions, type ReceiptDraft } from '../credits/decisions.ts'
import { returnCredits, type ReturnedCredits } from '../credits/return-credits.ts'
import { planReturn, type ReturnPlan } from '../credits/returns.rule.ts'
import { studioSentence } from '../credits/sentences.ts'
import { newId, type BookingId, type ReceiptId } from '../platform/ids.ts'
import type { Tx } from '../platform/tx.ts'
import { cancelByStudio as markCancelled, keepsSpot, type SeatedBooking } from './bookings.ts'
import type { Spots } from './spots.ts'

export interface StudioEnding {
  /** Live ones; their sessions and members are locked. */
  bookings: readonly SeatedBooking[]
  /** What the studio did to this booking, as the receipt's sentence begins. */
  deed(booking: SeatedBooking): string
  reason: string
  timeZone: string
  /** What was in this booking's way, where it ends because its class moved. */
  way?(booking: SeatedBooking): string | undefined
}

/** Ends them all in a few statements and gives their spots back; `spots` is the caller's to write. Answers each one's receipt. */
export async function endByStudio(tx: Tx, spots: Spots, ending: StudioEnding): Promise<Map<BookingId, ReceiptDraft>> {
  const { bookings } = ending
  if (bookings.length === 0) return new Map()
  const ids = bookings.map(booking => booking.id)
  const plans = plansOf(bookings, sameLots(await lockDebits(tx.sql, ids)), tx.now)
  const settled = bookings.map(booking => settle(tx, ending, { booking, plan: plans.get(booking.id) as ReturnPlan }))
  tx.send(markCancelled(tx.sql, ids, tx.now))
  writeDecisions(tx, {
    newLots: settled.flatMap(one => one.returned.newLots),
    receipts: settled.map(one => one.receipt),
    lines: settled.flatMap(one => one.returned.lines),
  })
  announceCredits(tx, settled.flatMap(one => one.returned.lines))
  for (const booking of bookings) free(tx, spots, booking, ending.reason)
  return new Map(settled.map(({ receipt }) => [receipt.bookingId as BookingId, receipt]))
}

/** What each of these bookings would get back from the studio now. */
export function plansOf(
  bookings: readonly SeatedBooking[],
  debits: readonly BookingDebit[],
  now: Temporal.Instant,
): Map<BookingId, ReturnPlan> {
  const debitsOfBooking = Map.groupBy(debits, debit => debit.bookingId)
  return new Map(
    bookings.map(({ id }) => {
      const paid = debitsOfBooking.get(id) ?? []
      return [id, planReturn(paid, paid.reduce((sum, debit) => sum + debit.credits, 0), now, 'studio')]
    }),
  )
}

/** One lot may have paid for several of the bookings: its balance is counted on in one place. */
function sameLots(debits: readonly BookingDebit[]): BookingDebit[] {
  const lots = new Map(debits.map(({ lot }) => [lot.id, lot]))
  return debits.map(debit => ({ ...debit, lot: lots.get(debit.lot.id) ?? debit.lot }))
}

function settle(tx: Tx, ending: StudioEnding, of: { booking: SeatedBooking; plan: ReturnPlan }): { receipt: ReceiptDraft; returned: ReturnedCredits } {
  const { booking, plan } = of
  const { id: bookingId, userId } = booking
  const { timeZone, reason } = ending
  const receiptId = newId<ReceiptId>()
  const returned = returnCredits(plan, { bookingId, receiptId }, tx.now)
  const receipt: ReceiptDraft = {
    ...{ id: receiptId, userId, bookingId, rule: 'cancel-studio', version: booking.settingsVersion, actorId: tx.actor.userId },
    sentence: studioSentence(ending.deed(booking), { plan, now: tx.now, timeZone }),
    facts: { startsAt: String(booking.startsAt), endsAt: String(booking.endsAt), cancelledAt: String(tx.now), was: booking.status, reason, way: ending.way?.(booking) },
    lines: returned.receiptLines,
  }
  return { receipt, returned }
}

/** A no-show whose spot was given away has none to give back. */
function free(tx: Tx, spots: Spots, booking: SeatedBooking, reason: string): void {
  const { id: bookingId, sessionId, userId, status, creditsUsed } = booking
  if (keepsSpot(booking)) spots.change(sessionId, { taken: -1 })
  const version = spots.session(sessionId)?.version ?? 0
  tx.emit('booking.cancelled', { bookingId, sessionId, userId, cancelKind: 'studio', version })
  const details = { sessionId, userId, was: status, rule: 'studio', creditsReturned: creditsUsed, reason }
  tx.audit({ entityType: 'booking', entityId: bookingId, action: 'cancelled', details })
}
