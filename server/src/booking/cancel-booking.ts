// A member cancels: what comes back is decided by the policy their hold was made under, and the spot is free at once.
import type { Cancel, CancellationPreview, Cancelled } from '@fitflow/contract/booking.ts'
import { debitsOf, lockDebits, type BookingDebit } from '../credits/debits.ts'
import { announceCredits, toWireReceipt, writeDecisions, type ReceiptDraft } from '../credits/decisions.ts'
import { giveStrike } from '../credits/give-penalties.ts'
import { countingStrikes } from '../credits/penalties.ts'
import { lockMembers } from '../identity/lock-members.ts'
import type { Database } from '../platform/db.ts'
import { answerOnce, type Answer, type Keyed } from '../platform/idempotency.ts'
import type { BookingId, UserId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import type { Context } from '../platform/context.ts'
import { readOnly, type Tx } from '../platform/tx.ts'
import { lockSessions } from '../schedule/class-sessions.ts'
import { sessionCards } from '../schedule/session-cards.ts'
import type { SettingsStore } from '../schedule/settings.ts'
import { bookingsById, cancelBooking as markCancelled, type BookingRow } from './bookings.ts'
import { isWorse } from './cancellation.rule.ts'
import { asCancelled, considerCancellation, settlementOf, toWirePreview, type Considered } from './consider-cancellation.ts'
import { lateCancelOffence } from './late-cancel.ts'
import { openSpots } from './spots.ts'
import { toWireBooking } from './wire-booking.ts'

interface House {
  db: Database
  settings: SettingsStore
}

export interface Cancellation {
  keyed: Keyed
  context: Context
  choice: Cancel
  /** Whose booking it is, when staff cancel for them. */
  owner?: UserId
  /** Why, when staff cancel for them. */
  reason?: string
}

/** What cancelling now would mean. Throws `not-found` or `booking-not-cancellable`. */
export async function previewCancellation(house: House, bookingId: BookingId, by: { userId: UserId; context: Context }): Promise<CancellationPreview> {
  return readOnly(house.db, by.context, async tx => {
    const booking = ownBooking(await bookingsById(tx.sql, [bookingId]), by.userId)
    return toWirePreview(await consider(house, tx, { booking, debits: await debitsOf(tx.sql, [bookingId]) }))
  })
}

/**
 * Answers 200 with the booking and the receipt. Throws `not-found`, `booking-not-cancellable`, and `consequence-changed` with
 * the new preview when it has become worse than `expect`; nothing is cancelled then.
 */
export async function cancelBooking(house: House, bookingId: BookingId, command: Cancellation): Promise<Answer> {
  const userId = command.owner ?? command.keyed.userId
  const seen = ownBooking(await bookingsById(house.db.sql, [bookingId]), userId)
  const lock = (sql: Tx['sql']) => ({
    sessions: lockSessions(sql, [seen.sessionId]),
    members: lockMembers(sql, [userId]),
    bookings: bookingsById(sql, [bookingId]),
  })
  const cards = await sessionCards(house.db.sql, [seen.sessionId])
  return answerOnce(house.db, command, { sessions: [seen.sessionId], lock }, async (tx, locked) => {
    const debits = await lockDebits(tx.sql, [bookingId])
    const booking = ownBooking(locked.bookings, userId)
    const considered = await consider(house, tx, { booking, debits })
    refuseWorse(considered, command.choice.expect)
    const receipt = settle(tx, considered, command.reason)
    const strike = await penalise(tx, considered, cards.get(booking.sessionId)?.name)
    const cancelled = free(tx, considered, { sessions: locked.sessions, reason: command.reason })
    const told = { receipt: toWireReceipt(receipt, tx.now), strike: strike && toWireReceipt(strike, tx.now) }
    const body: Cancelled = { booking: toWireBooking(cancelled, cards.get(booking.sessionId)), ...told }
    return { status: 200, body }
  })
}

function ownBooking([booking]: readonly BookingRow[], userId: UserId): BookingRow {
  if (!booking || booking.userId !== userId) throw new Problem('not-found', 'There is no such booking.')
  return booking
}

async function consider(house: House, { sql, now }: Tx, of: { booking: BookingRow; debits: readonly BookingDebit[] }): Promise<Considered> {
  const { booking, debits } = of
  // Whoever paid with credits gets no strike.
  const counting = booking.method === 'membership' ? (await countingStrikes(sql, booking.userId, now)).length : 0
  return considerCancellation(booking, { debits, now, counting, policy: await house.settings.version(booking.settingsVersion) })
}

function refuseWorse(considered: Considered, expected: Cancel['expect']): void {
  if (expected === undefined || !isWorse(considered.outcome.rule, expected)) return
  throw new Problem('consequence-changed', 'Cancelling has become dearer since you looked. Nothing was cancelled.', {
    expected,
    preview: toWirePreview(considered),
  })
}

/** Gives back what comes back, and writes down why. */
function settle(tx: Tx, considered: Considered, reason: string | undefined): ReceiptDraft {
  const { receipt: draft, returned } = settlementOf(considered, tx.actor.userId)
  const receipt = { ...draft, facts: { ...draft.facts, ...given(reason) } }
  writeDecisions(tx, { newLots: returned.newLots, receipts: [receipt], lines: returned.lines })
  announceCredits(tx, returned.lines)
  return receipt
}

/** The strike that it is penalised with, if it is: given at once; a fee follows by the Policy Enforcer. */
async function penalise(tx: Tx, { booking, policy, due }: Considered, className: string | undefined): Promise<ReceiptDraft | null> {
  return due.strike ? giveStrike(tx, lateCancelOffence({ booking, className, policy }, tx.now)) : null
}

/** The reason that staff gave; a member gives none. */
const given = (reason: string | undefined) => (reason === undefined ? {} : { reason: reason.trim() })

/** Ends the booking and frees its spot. */
function free(tx: Tx, considered: Considered, { sessions, reason }: { sessions: Parameters<typeof openSpots>[0]; reason: string | undefined }): BookingRow {
  const cancelled = asCancelled(considered)
  const { id: bookingId, sessionId, userId, creditsUsed } = cancelled
  tx.send(markCancelled(tx.sql, { bookingId, cancelKind: cancelled.cancelKind, creditsUsed, now: tx.now }))
  const spots = openSpots(sessions)
  spots.change(sessionId, { taken: -1 })
  spots.write(tx)
  const version = spots.session(sessionId)?.version ?? 0
  tx.emit('booking.cancelled', { bookingId, sessionId, userId, cancelKind: cancelled.cancelKind, version })
  const { rule, creditsReturned, creditsForfeited } = considered.outcome
  tx.audit({ entityType: 'booking', entityId: bookingId, action: 'cancelled', details: { sessionId, rule, creditsReturned, creditsForfeited, ...given(reason) } })
  return cancelled
}
