// A spot becomes a booking with no hold to confirm: a promotion that is automatic, staff for a member, a standing reservation.
import { announceCredits, writeDecisions, type ReceiptDraft } from '../credits/decisions.ts'
import type { Lot } from '../credits/lots.ts'
import { missingMeans, quote } from '../credits/quote.rule.ts'
import { newId, type HoldId, type MembershipId, type UserId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import type { Tx } from '../platform/tx.ts'
import type { ClassSession } from '../schedule/class-sessions.ts'
import type { Settings } from '../schedule/settings.ts'
import { insertBookings, type BookingRow } from './bookings.ts'
import { decidePayment, type Payment } from './confirm.rule.ts'
import { insertPastHolds } from './history-rows.ts'
import type { SpotHold } from './holds.ts'
import { bookingOf, payBooking } from './pay-booking.ts'
import type { Spots } from './spots.ts'

/** `any`: the first way that works today, with that lot first when one is named. A gift needs a reason, which the member reads. */
export type OutrightMeans = { method: 'any'; membershipId?: MembershipId } | { method: 'complimentary'; reason: string }

export interface Outright {
  /** Locked, and free for one more: the caller has decided who may have it. */
  session: ClassSession
  userId: UserId
  kind: 'auto' | 'staff' | 'standing'
  /** The member's, locked; their balances are counted down for whatever is decided next. */
  lots: readonly Lot[]
  settings: Settings
  className: string | undefined
  means: OutrightMeans
  freeCancelUntil: Temporal.Instant | null
}

/**
 * Takes the spot, pays and books in one go, under the locks of session, member and lots; `spots` is the caller's to write.
 * Throws `insufficient-credits` when nothing of the member's pays.
 */
export function bookOutright(tx: Tx, spots: Spots, wish: Outright): { booking: BookingRow; receipt: ReceiptDraft } {
  const { session, userId, settings } = wish
  const { startsAt, endsAt, id: sessionId } = session
  const hold: SpotHold = {
    ...{ id: newId<HoldId>(), sessionId, userId, kind: wish.kind, status: 'confirmed', startsAt, endsAt },
    ...{ expiresAt: tx.now, quote: quote(session, wish.lots, tx.now), settingsVersion: settings.version, createdAt: tx.now },
  }
  const bookedBy = tx.actor.userId === userId ? null : tx.actor.userId
  const payment = paymentOf(hold, wish, tx.now)
  const booking = { ...bookingOf(hold, payment, tx.now), freeCancelUntil: wish.freeCancelUntil, bookedBy }
  const { className, lots } = wish
  const paid = payBooking(booking, { ...payment, lots, className, timeZone: settings.timeZone, now: tx.now })
  const reason = wish.means.method === 'complimentary' ? { reason: wish.means.reason } : {}
  const receipt = { ...paid.receipt, actorId: tx.actor.userId, facts: { ...paid.receipt.facts, ...reason } }
  tx.send(insertPastHolds(tx.sql, [{ ...hold, endedAt: tx.now }]))
  tx.send(insertBookings(tx.sql, [booking]))
  writeDecisions(tx, { receipts: [receipt], lines: paid.lines, newLots: [], activated: paid.activated })
  announceCredits(tx, paid.lines)
  spots.change(sessionId, { taken: 1 })
  const { id: bookingId, method, creditsUsed } = booking
  tx.emit('booking.confirmed', { bookingId, sessionId, userId, version: spots.session(sessionId)?.version ?? 0 })
  const details = { sessionId, userId, kind: wish.kind, method, creditsUsed, ...reason }
  tx.audit({ entityType: 'booking', entityId: bookingId, action: 'confirmed', details })
  return { booking, receipt }
}

/** Throws `insufficient-credits`. A lot that is named pays before unlimited access, which spends nothing. */
export function paymentOf(hold: Pick<SpotHold, 'quote'>, { means, session, lots }: Pick<Outright, 'means' | 'session' | 'lots'>, now: Temporal.Instant): Payment {
  if (means.method === 'complimentary') return { method: 'complimentary', membershipId: null, credits: 0, debits: [] }
  const [first] = hold.quote
  if (!first) {
    // What they do have is not for whoever books a stranger in from the desk.
    const { creditsNeeded } = missingMeans(session, lots, now)
    throw new Problem('insufficient-credits', 'Nothing on this account pays for the class.', { creditsNeeded: creditsNeeded / 100 })
  }
  const isCredits = lots.some(lot => lot.id === means.membershipId && lot.creditsGranted !== null)
  const named = hold.quote.find(option => (option.method === 'membership' ? option.membershipId === means.membershipId : isCredits))
  const choice = named ?? first
  const preferred = choice.method === 'credits' ? means.membershipId : named && means.membershipId
  return decidePayment({ hold, lots, session, now }, { method: choice.method, ...(preferred ? { membershipId: preferred } : {}) })
}
