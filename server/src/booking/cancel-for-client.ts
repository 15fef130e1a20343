// Staff cancel a client's booking, by the client's own policy or as the studio, and release a hold that somebody forgot.
import type { CancellationPreview, Cancelled } from '@fitflow/contract/booking.ts'
import type { StaffCancel } from '@fitflow/contract/session-changes.ts'
import { debitsOf } from '../credits/debits.ts'
import { toWireReceipt, type ReceiptDraft } from '../credits/decisions.ts'
import { studioSentence } from '../credits/sentences.ts'
import { undoPenalties } from '../credits/undo-penalties.ts'
import { lockMembers } from '../identity/lock-members.ts'
import type { Database } from '../platform/db.ts'
import { answerOnce, type Answer, type Keyed } from '../platform/idempotency.ts'
import type { BookingId, HoldId, SessionId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import type { Context } from '../platform/context.ts'
import type { Sql } from '../platform/sql.ts'
import { readOnly } from '../platform/tx.ts'
import { lockSessions, readSessions, type ClassSession } from '../schedule/class-sessions.ts'
import { mayChange } from '../schedule/rights.ts'
import { sessionCards } from '../schedule/session-cards.ts'
import { seatedBookings, type SeatedBooking } from './bookings.ts'
import { cancelBooking, previewCancellation } from './cancel-booking.ts'
import type { StudioHouse } from './cancel-by-studio.ts'
import { endByStudio, plansOf } from './end-by-studio.ts'
import { holdsById } from './holds.ts'
import { releaseHold } from './release-hold.ts'
import { refuseOwn } from './seen-clients.ts'
import { openSpots } from './spots.ts'
import { toWireBooking } from './wire-booking.ts'

interface House extends StudioHouse {
  db: Database
}
interface Command {
  keyed: Keyed
  context: Context
}

/** What cancelling now would mean, as the member or as the studio. Throws `not-found` or `booking-not-cancellable`. */
export async function previewForClient(house: House, id: BookingId, of: { as: StaffCancel['as']; context: Context }): Promise<CancellationPreview> {
  const booking = await clientsBooking(house.db, id, of.context)
  if (of.as === 'member') return previewCancellation(house, id, { userId: booking.userId, context: of.context })
  return readOnly(house.db, of.context, async tx => {
    const [session] = await readSessions(tx.sql, [booking.sessionId])
    refuseEnded(booking, session, tx.now)
    const plan = plansOf([booking], await debitsOf(tx.sql, [id]), tx.now).get(id)
    if (!plan) throw new Error(`booking ${id} has no plan`)
    const cards = await sessionCards(tx.sql, [booking.sessionId])
    const { timeZone } = house.settings.current()
    const deed = `Everything comes back for ${cards.get(booking.sessionId)?.name ?? 'the class'}`
    const sentence = studioSentence(deed, { plan, now: tx.now, timeZone }, { one: 'would be', many: 'would be' })
    return { rule: 'full', creditsReturned: booking.creditsUsed / 100, creditsForfeited: 0, refund: null, strike: false, blockedUntil: null, fee: null, sentence }
  })
}

/** Answers 200 with the booking and its receipt. Throws what the member's own cancelling would, or as the studio `booking-not-cancellable`; `forbidden` for a trainer's own. */
export async function cancelForClient(house: House, id: BookingId, command: Command & { choice: StaffCancel }): Promise<Answer> {
  const { as, expect, reason } = command.choice
  const seen = await clientsBooking(house.db, id, command.context)
  refuseOwn(command.context.actor, seen.userId)
  if (as === 'member') return cancelBooking(house, id, { ...command, choice: expect ? { expect } : {}, owner: seen.userId, reason })
  const lock = (sql: Sql) => ({
    sessions: lockSessions(sql, [seen.sessionId]),
    members: lockMembers(sql, [seen.userId]),
    bookings: seatedBookings(sql, [id]),
  })
  const card = (await sessionCards(house.db.sql, [seen.sessionId])).get(seen.sessionId)
  return answerOnce(house.db, command, { sessions: [seen.sessionId], lock }, async (tx, { sessions, bookings }) => {
    const booking = bookings[0] as SeatedBooking
    refuseEnded(booking, sessions[0], tx.now)
    const spots = openSpots(sessions)
    const { timeZone } = house.settings.current()
    await undoPenalties(tx, [id], { rule: 'studio-cancel', reason, timeZone })
    const deed = () => `The studio cancelled the booking of ${card?.name ?? 'the class'} (${reason.trim()})`
    const receipts = await endByStudio(tx, spots, { bookings, deed, reason, timeZone })
    spots.write(tx)
    const ended = { ...booking, status: 'cancelled', cancelKind: 'studio', creditsUsed: 0, cancelledAt: tx.now } as const
    const body: Cancelled = { booking: toWireBooking(ended, card), receipt: toWireReceipt(receipts.get(id) as ReceiptDraft, tx.now), strike: null }
    return { status: 200, body }
  })
}

/** Answers 204. Throws `not-found`, `hold-confirming`, `hold-expired` or `hold-not-active`. */
export async function releaseForClient(db: Database, id: HoldId, command: Command): Promise<Answer> {
  const [hold] = await holdsById(db.sql, [id])
  if (!hold || !(await isTheirs(db, hold.sessionId, command.context))) throw new Problem('not-found', 'There is no such hold.')
  return releaseHold(db, id, { ...command, owner: hold.userId })
}

async function clientsBooking(db: Database, id: BookingId, context: Context): Promise<SeatedBooking> {
  const [booking] = await seatedBookings(db.sql, [id])
  if (booking && (await isTheirs(db, booking.sessionId, context))) return booking
  throw new Problem('not-found', 'There is no such booking.')
}

async function isTheirs(db: Database, sessionId: SessionId, { actor }: Context): Promise<boolean> {
  const [session] = await readSessions(db.sql, [sessionId])
  return session !== undefined && mayChange(actor, session.trainerId)
}

/** While the class is not over the studio may still take back what it gave. */
function refuseEnded({ status }: SeatedBooking, session: ClassSession | undefined, now: Temporal.Instant): void {
  if (status === 'cancelled') throw new Problem('booking-not-cancellable', 'This booking is no longer open.', { state: status })
  if (session && Temporal.Instant.compare(now, session.endsAt) < 0) return
  throw new Problem('booking-not-cancellable', 'The class is over.', { endsAt: String(session?.endsAt) })
}
