// A hold turns into a booking that is paid: the lots give what was allocated, and the receipt says which.
import { activate, type Allocation } from '../credits/allocation.rule.ts'
import type { LedgerLine, ReceiptDraft } from '../credits/decisions.ts'
import type { Lot } from '../credits/lots.ts'
import { bookedSentence } from '../credits/sentences.ts'
import { newId, type BookingId, type MembershipId, type ReceiptId, type TransactionId } from '../platform/ids.ts'
import type { BookingRow } from './bookings.ts'
import type { Payment } from './confirm.rule.ts'
import type { SpotHold } from './holds.ts'

/** The booking that a hold becomes: its spot, its time and its policy stay as they are. */
export function bookingOf(hold: SpotHold, { method, membershipId, credits }: Payment, now: Temporal.Instant): BookingRow {
  const { sessionId, userId, settingsVersion, startsAt, endsAt } = hold
  return {
    ...{ id: newId<BookingId>(), sessionId, userId, holdId: hold.id, settingsVersion, startsAt, endsAt },
    ...{ status: 'confirmed', cancelKind: null, freeCancelUntil: null, bookedBy: null, createdAt: now, cancelledAt: null },
    ...{ method, membershipId, creditsUsed: credits },
  }
}

interface Price {
  debits: readonly Allocation[]
  /** The member's, among them those that pay; their balances are counted down for whatever is decided next. */
  lots: readonly Lot[]
  className: string | undefined
  timeZone: string
  now: Temporal.Instant
}

/** The receipt, the ledger's lines, and the lots whose time begins with this booking: it is their first use. */
export function payBooking(booking: BookingRow, price: Price): { receipt: ReceiptDraft; lines: LedgerLine[]; activated: Lot[] } {
  const lots = new Map(price.lots.map(lot => [lot.id, lot]))
  const paying = [...price.debits.map(debit => debit.membershipId), booking.membershipId]
  const activated = activate(paying.flatMap(id => lots.get(id as MembershipId) ?? []), price.now)
  const receipt = receiptOf(booking, { ...price, activated }, lots)
  const { userId, id: bookingId } = booking
  const lines = price.debits.map(({ membershipId, credits }): LedgerLine => {
    const lot = lots.get(membershipId)
    if (!lot) throw new Error(`lot ${membershipId} was allocated but is not locked`)
    lot.creditsBalance -= credits
    const id = newId<TransactionId>()
    return { id, membershipId, userId, type: 'debit', amount: -credits, balanceAfter: lot.creditsBalance, bookingId, receiptId: receipt.id }
  })
  return { receipt, lines, activated }
}

function receiptOf(booking: BookingRow, price: Price & { activated: readonly Lot[] }, lots: ReadonlyMap<MembershipId, Lot>): ReceiptDraft {
  const { userId, id: bookingId, method, membershipId, settingsVersion } = booking
  const { debits, className = 'the class', timeZone, now, activated } = price
  const spent = debits.map(debit => ({ credits: debit.credits, validUntil: lots.get(debit.membershipId)?.validUntil ?? booking.endsAt }))
  const unlimited = membershipId === null ? undefined : lots.get(membershipId)
  return {
    ...{ id: newId<ReceiptId>(), userId, bookingId, rule: method, version: settingsVersion, actorId: userId },
    sentence: bookedSentence({ className, spent, unlimited, activated, timeZone }),
    facts: { startsAt: String(booking.startsAt), decidedAt: String(now), membershipId, activated: activated.map(lot => lot.id) },
    lines: membershipId === null ? debits.map(debit => ({ lot: debit.membershipId, credits: -debit.credits })) : [{ lot: membershipId, credits: 0 }],
  }
}
