// What not coming costs: all that was paid is kept, and whoever paid with unlimited access gets a strike, or owes a fee.
import { lockDebits } from '../credits/debits.ts'
import { writeDecisions, type ReceiptDraft } from '../credits/decisions.ts'
import { giveFee, giveStrike } from '../credits/give-penalties.ts'
import { returnCredits } from '../credits/return-credits.ts'
import { planReturn } from '../credits/returns.rule.ts'
import { noShowSentence } from '../credits/sentences.ts'
import { penaltyFor } from '../credits/strikes.rule.ts'
import { newId, type ReceiptId } from '../platform/ids.ts'
import type { Tx } from '../platform/tx.ts'
import type { Settings } from '../schedule/settings.ts'
import type { BookingRow } from './bookings.ts'

export interface NoShow {
  booking: BookingRow
  className: string
  /** What was in force at the hold. */
  policy: Settings
}

/** The receipt's rule: a booking that has one, and no correction since, is settled. */
export const noShowRule = 'no-show'

/** Settles it once, under the locks of session and member: the caller has seen that it is not settled yet. */
export async function settleNoShow(tx: Tx, { booking, className, policy }: NoShow): Promise<void> {
  const { id: bookingId, userId } = booking
  const plan = planReturn(await lockDebits(tx.sql, [bookingId]), 0, tx.now, 'member')
  const receiptId = newId<ReceiptId>()
  const kept = returnCredits(plan, { bookingId, receiptId }, tx.now)
  const deed = `Did not come to ${className}`
  const receipt: ReceiptDraft = {
    ...{ id: receiptId, userId, bookingId, rule: noShowRule, version: booking.settingsVersion, actorId: null },
    sentence: noShowSentence(deed, plan),
    facts: { startsAt: String(booking.startsAt), settledAt: String(tx.now), method: booking.method },
    lines: kept.receiptLines,
  }
  writeDecisions(tx, { receipts: [receipt], lines: kept.lines, newLots: [] })
  const due = penaltyFor('no-show', booking.method, policy)
  const offence = { userId, bookingId, cause: 'no-show', at: booking.startsAt, deed, policy } as const
  if (due.strike) await giveStrike(tx, offence)
  giveFee(tx, offence, due.feeCents)
}
