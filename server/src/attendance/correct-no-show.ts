// A no-show who was there, or may still come: the flag goes, and with it the forfeiture and whatever they were penalised with.
import type { SeatedBooking } from '../booking/bookings.ts'
import { asFacts } from '../booking/mark-bookings.ts'
import { noShowRule } from '../booking/settle-no-show.ts'
import type { Spots } from '../booking/spots.ts'
import { writeDecisions } from '../credits/decisions.ts'
import { lastRuleOf } from '../credits/receipts.ts'
import { undoPenalties } from '../credits/undo-penalties.ts'
import { newId, type ReceiptId } from '../platform/ids.ts'
import type { Tx } from '../platform/tx.ts'
import type { SettingsStore } from '../schedule/settings.ts'

/** The rules that receipts of a correction and of a waiver name. */
export const correctionRule = 'correction'
export const waiverRule = 'waive'

interface Correction {
  booking: SeatedBooking
  /** What it is now instead. */
  to: string
  spots: Spots
}

/** Undoes forfeiture, strike and fee of a no-show whose booking counts again; under the locks of session and member. */
export async function correct(tx: Tx, house: { settings: SettingsStore }, { booking, to, spots }: Correction): Promise<void> {
  const { timeZone } = house.settings.current()
  const { id: bookingId, userId } = booking
  await undoPenalties(tx, [bookingId], { rule: 'correction', reason: 'marked absent by mistake', timeZone })
  const last = await lastRuleOf(tx.sql, bookingId, [noShowRule, correctionRule, waiverRule])
  if (last === noShowRule) {
    const receipt = {
      ...{ id: newId<ReceiptId>(), userId, bookingId, rule: correctionRule, version: 1, actorId: tx.actor.userId, lines: [] },
      sentence: `No no-show after all: ${to === 'attended' ? 'what was paid has paid for the class' : 'they may still come'}, nothing is forfeited.`,
      facts: { was: booking.status, is: to, correctedAt: String(tx.now) },
    }
    writeDecisions(tx, { receipts: [receipt], lines: [], newLots: [] })
  }
  tx.emit('booking.corrected', asFacts(booking, spots))
}
