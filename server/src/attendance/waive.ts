// Staff give back what a late cancellation or a no-show took, with a reason: one penalty, or all that a booking cost.
import type { Waived } from '@fitflow/contract/penalties.ts'
import { seatedBookings, type SeatedBooking } from '../booking/bookings.ts'
import { forgive } from '../booking/forgive.ts'
import { toWireReceipt } from '../credits/decisions.ts'
import { penaltyById } from '../credits/penalties.ts'
import { undoPenalties } from '../credits/undo-penalties.ts'
import { lockMembers } from '../identity/lock-members.ts'
import type { Context } from '../platform/context.ts'
import { answerOnce, type Answer, type Keyed } from '../platform/idempotency.ts'
import type { BookingId, PenaltyId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import type { Sql } from '../platform/sql.ts'
import type { Tx } from '../platform/tx.ts'
import { lockSessions } from '../schedule/class-sessions.ts'
import { mayChange } from '../schedule/rights.ts'
import { sessionCards } from '../schedule/session-cards.ts'
import type { AttendanceHouse } from './mark-attendance.ts'

interface Command {
  keyed: Keyed
  context: Context
  reason: string
}

/** Answers 200 with what was given back. Throws `not-found`, and `nothing-to-waive` when it was taken back already. */
export async function waivePenalty(house: AttendanceHouse, id: PenaltyId, command: Command): Promise<Answer> {
  const penalty = await penaltyById(house.db.sql, id)
  if (!penalty) throw new Problem('not-found', 'There is no such penalty.')
  return giveBack(house, penalty.bookingId, command, async (tx, _, why) => {
    const undone = await undoPenalties(tx, [penalty.bookingId], { rule: 'waive', ...why }, id)
    return { penaltyIds: undone.map(one => one.id), creditsReturned: 0, receipt: null }
  })
}

/** The same for all that a booking cost: its penalties, and the credits that were kept. Throws `nothing-to-waive` also for one that cost nothing. */
export async function waiveBooking(house: AttendanceHouse, id: BookingId, command: Command): Promise<Answer> {
  return giveBack(house, id, command, async (tx, booking, why) => {
    if (booking.status !== 'no_show' && booking.cancelKind !== 'late') return nothing
    const undone = await undoPenalties(tx, [id], { rule: 'waive', ...why })
    const className = (await sessionCards(tx.sql, [booking.sessionId])).get(booking.sessionId)?.name ?? 'the class'
    const forgiven = await forgive(tx, { booking, className, ...why })
    const receipt = forgiven && toWireReceipt(forgiven.receipt, tx.now)
    return { penaltyIds: undone.map(one => one.id), creditsReturned: (forgiven?.credits ?? 0) / 100, receipt }
  })
}

const nothing: Waived = { penaltyIds: [], creditsReturned: 0, receipt: null }

type Give = (tx: Tx, booking: SeatedBooking, why: { reason: string; timeZone: string }) => Promise<Waived>

async function giveBack(house: AttendanceHouse, id: BookingId, command: Command, give: Give): Promise<Answer> {
  const [seen] = await seatedBookings(house.db.sql, [id])
  if (!seen) throw new Problem('not-found', 'There is no such booking.')
  const lock = (sql: Sql) => ({
    sessions: lockSessions(sql, [seen.sessionId]),
    members: lockMembers(sql, [seen.userId]),
    bookings: seatedBookings(sql, [id]),
  })
  return answerOnce(house.db, command, { sessions: [seen.sessionId], lock }, async (tx, { sessions: [session], bookings: [booking] }) => {
    if (!session || !booking || !mayChange(tx.actor, session.trainerId)) throw new Problem('not-found', 'There is no such booking.')
    if (booking.userId === tx.actor.userId) throw new Problem('forbidden', 'Nobody waives their own: ask somebody else of the staff.')
    const { timeZone } = house.settings.current()
    const body = await give(tx, booking, { reason: command.reason, timeZone })
    if (body.penaltyIds.length === 0 && body.receipt === null) throw new Problem('nothing-to-waive', 'Nothing of this is kept or counts any more.')
    tx.audit({ entityType: 'booking', entityId: id, action: 'waived', details: { userId: booking.userId, reason: command.reason, ...body } })
    return { status: 200, body }
  })
}
