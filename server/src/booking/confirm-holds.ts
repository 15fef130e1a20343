// Holds become bookings, many in one transaction: lock, decide, pay, write, emit.
import type { Confirm } from '@fitflow/contract/booking.ts'
import { announceCredits, toWireReceipt, writeDecisions, type LedgerLine, type ReceiptDraft } from '../credits/decisions.ts'
import { lockLots, type Lot } from '../credits/lots.ts'
import { lockMembers } from '../identity/lock-members.ts'
import type { Sql } from '../platform/sql.ts'
import { storeAnswers, storedAnswers } from '../platform/idempotency.ts'
import { inLockOrder, type BookingId, type EntryId, type HoldId, type SessionId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import type { Context } from '../platform/context.ts'
import { transact, type Tx } from '../platform/tx.ts'
import { lockSessions, type ClassSession } from '../schedule/class-sessions.ts'
import { sessionCards, type SessionCard } from '../schedule/session-cards.ts'
import { newestSettings, type Settings } from '../schedule/settings.ts'
import type { AdmissionHouse } from './admission-house.ts'
import { bookingsOfHolds, insertBookings, type BookingRow } from './bookings.ts'
import { decideConfirm, type Payment } from './confirm.rule.ts'
import { endHolds, holdsById, type SpotHold } from './holds.ts'
import { forgetHolds } from './kept-holds.ts'
import { gatherMembers, type KnownMember } from './members.ts'
import { bookingOf, payBooking } from './pay-booking.ts'
import { freeCancelUntil } from './promotion.rule.ts'
import { openTurnstile, type Ask, type Decided, type Verdict } from './turnstile.ts'
import { endEntries, entriesOfHolds } from './waitlist-entries.ts'
import { qrOf, toWireBooking } from './wire-booking.ts'

export interface ConfirmAsk extends Ask {
  holdId: HoldId
  sessionId: SessionId
  choice: Confirm
  context: Context
}

interface Batch {
  tx: Tx
  house: AdmissionHouse
  settings: Settings
  cards: Map<SessionId, SessionCard>
  sessions: Map<SessionId, ClassSession>
  holds: Map<HoldId, SpotHold>
  bookingOf: Map<HoldId, BookingId>
  entryOf: Map<HoldId | null, EntryId>
  made: BookingRow[]
  receipts: ReceiptDraft[]
  lines: LedgerLine[]
  activated: Lot[]
}

/** Decides every confirmation under the locks of sessions, members and lots, and replies in the order asked. */
export async function confirmHolds(house: AdmissionHouse, asks: readonly ConfirmAsk[]): Promise<Verdict[]> {
  const sessions = inLockOrder(asks.map(ask => ask.sessionId))
  // Names are for display: read beside the locks, so that nobody waits for them.
  const names = sessionCards(house.db.sql, sessions)
  // A failure is met where they are needed; the locks may fail before that.
  names.catch(() => undefined)
  const { context } = asks[0] as ConfirmAsk
  const lock = (sql: Sql) => lockAndRead(sql, asks, sessions)
  return transact(house.db, context, { sessions, lock }, async (tx, locked) => {
    const cards = await names
    const settings = await house.settings.at(locked.newest[0].newest, tx.now)
    const memberOf = gatherMembers({ holds: [], bookings: [], lots: locked.lots, blocks: [], teaching: [] }, tx.now)
    const turnstile = openTurnstile(locked.records)
    const batch: Batch = {
      ...{ tx, house, settings, cards, made: [], receipts: [], lines: [], activated: [] },
      sessions: new Map(locked.sessions.map(row => [row.id, row])),
      holds: new Map(locked.holds.map(row => [row.id, row])),
      bookingOf: new Map(locked.bookings.map(row => [row.holdId, row.id])),
      entryOf: new Map(locked.entries.map(row => [row.holdId, row.id])),
    }
    const verdicts = asks.map(ask => turnstile.pass(ask, () => decide(batch, ask, memberOf(ask.keyed.userId))))
    write(batch)
    if (turnstile.fresh.length > 0) tx.send(storeAnswers(tx.sql, tx.now, turnstile.fresh))
    return verdicts
  })
}

function lockAndRead(sql: Sql, asks: readonly ConfirmAsk[], sessions: readonly SessionId[]) {
  const userIds = inLockOrder(asks.map(ask => ask.keyed.userId))
  const holdIds = asks.map(ask => ask.holdId)
  return {
    sessions: lockSessions(sql, sessions),
    members: lockMembers(sql, userIds),
    lots: lockLots(sql, userIds),
    records: storedAnswers(sql, asks.map(ask => ask.keyed)),
    holds: holdsById(sql, holdIds),
    bookings: bookingsOfHolds(sql, holdIds),
    entries: entriesOfHolds(sql, holdIds),
    newest: newestSettings(sql),
  }
}

function decide(batch: Batch, ask: ConfirmAsk, member: KnownMember): Decided {
  const hold = batch.holds.get(ask.holdId)
  const session = batch.sessions.get(ask.sessionId)
  if (!hold || hold.userId !== ask.keyed.userId || !session) throw new Problem('not-found', 'There is no such hold.')
  const { settings, tx } = batch
  const bookingId = batch.bookingOf.get(hold.id) ?? null
  const payment = decideConfirm({ hold, bookingId, session, lots: member.lots, settings, now: tx.now }, ask.choice)
  const booking = book(batch, hold, payment)
  const receipt = pay(batch, booking, { payment, member })
  announce(batch, ask, { hold, booking, session })
  const body = {
    booking: toWireBooking(booking, batch.cards.get(session.id)),
    receipt: toWireReceipt(receipt, tx.now),
    qr: qrOf(batch.house.qr, booking.id),
  }
  return { status: 201, body, effect: true }
}

/** The hold's spot becomes the booking's: `taken` stays as it is. */
function book(batch: Batch, hold: SpotHold, payment: Payment): BookingRow {
  const { settings, tx } = batch
  const booking = bookingOf(hold, payment, tx.now)
  if (hold.kind === 'offer') booking.freeCancelUntil = freeCancelUntil(tx.now, hold, settings)
  batch.made.push(booking)
  batch.bookingOf.set(hold.id, booking.id)
  batch.holds.set(hold.id, { ...hold, status: 'confirmed' })
  return booking
}

/** Takes the credits from the lots, here and in the member's balances that later requests of this batch see. */
function pay(batch: Batch, booking: BookingRow, by: { payment: Payment; member: KnownMember }): ReceiptDraft {
  const className = batch.cards.get(booking.sessionId)?.name
  const { timeZone } = batch.settings
  const { receipt, lines, activated } = payBooking(booking, { ...by.payment, lots: by.member.lots, className, timeZone, now: batch.tx.now })
  batch.receipts.push(receipt)
  batch.lines.push(...lines)
  batch.activated.push(...activated)
  return receipt
}

function announce(batch: Batch, ask: ConfirmAsk, of: { hold: SpotHold; booking: BookingRow; session: ClassSession }): void {
  const tx = batch.tx.as(ask.context)
  const { id: bookingId, sessionId, userId } = of.booking
  const { version } = of.session
  tx.emit('hold.confirmed', { holdId: of.hold.id, sessionId, userId, kind: of.hold.kind, bookingId, version })
  tx.emit('booking.confirmed', { bookingId, sessionId, userId, version })
  const { method, creditsUsed } = of.booking
  tx.audit({ entityType: 'booking', entityId: bookingId, action: 'confirmed', details: { sessionId, holdId: of.hold.id, method, creditsUsed } })
}

function write(batch: Batch): void {
  const { tx, made } = batch
  if (made.length === 0) return
  const holdIds = made.map(booking => booking.holdId)
  tx.send(endHolds(tx.sql, { ids: holdIds, status: 'confirmed', now: tx.now }))
  forgetHolds(tx, made.map(({ holdId: id, sessionId }) => ({ id, sessionId })))
  tx.send(insertBookings(tx.sql, made))
  writeDecisions(tx, { receipts: batch.receipts, lines: batch.lines, newLots: [], activated: batch.activated })
  announceCredits(tx, batch.lines)
  const entries = holdIds.flatMap(id => batch.entryOf.get(id) ?? [])
  if (entries.length > 0) tx.send(endEntries(tx.sql, { ids: entries, state: 'accepted', now: tx.now }))
}
