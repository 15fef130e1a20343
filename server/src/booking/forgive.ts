// Staff waive what a late cancellation or a no-show cost: exactly the credits that were kept come back.
import { lockDebits } from '../credits/debits.ts'
import { announceCredits, writeDecisions, type ReceiptDraft } from '../credits/decisions.ts'
import { returnCredits } from '../credits/return-credits.ts'
import { planReturn } from '../credits/returns.rule.ts'
import { studioSentence } from '../credits/sentences.ts'
import { newId, type ReceiptId } from '../platform/ids.ts'
import type { Tx } from '../platform/tx.ts'
import type { BookingRow } from './bookings.ts'

export interface Forgiving {
  booking: BookingRow
  className: string
  reason: string
  timeZone: string
}

/** Returns what is still kept of this booking; null when nothing is. In hundredths, with its receipt. Session and member are locked. */
export async function forgive(tx: Tx, { booking, className, reason, timeZone }: Forgiving): Promise<{ credits: number; receipt: ReceiptDraft } | null> {
  const { id: bookingId, userId } = booking
  const debits = await lockDebits(tx.sql, [bookingId])
  const credits = debits.reduce((sum, debit) => sum + debit.credits, 0)
  if (credits === 0) return null
  const plan = planReturn(debits, credits, tx.now, 'studio')
  const receiptId = newId<ReceiptId>()
  const returned = returnCredits(plan, { bookingId, receiptId }, tx.now)
  const receipt: ReceiptDraft = {
    ...{ id: receiptId, userId, bookingId, rule: 'waive', version: 1, actorId: tx.actor.userId },
    sentence: studioSentence(`The studio waived what ${className} cost (${reason.trim()})`, { plan, now: tx.now, timeZone }),
    facts: { was: booking.status, reason, waivedAt: String(tx.now) },
    lines: returned.receiptLines,
  }
  writeDecisions(tx, { newLots: returned.newLots, receipts: [receipt], lines: returned.lines })
  announceCredits(tx, returned.lines)
  tx.send(tx.sql`update bookings set credits_used = 0 where id = ${bookingId}`)
  return { credits, receipt }
}
