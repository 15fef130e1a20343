// Staff book a client who stands at the desk or rings up, and squeeze one in where the class is full.
import type { BookedForClient, BookForClient } from '@fitflow/contract/session-changes.ts'
import { toWireReceipt } from '../credits/decisions.ts'
import { lockLots } from '../credits/lots.ts'
import { lockMembers } from '../identity/lock-members.ts'
import type { Database } from '../platform/db.ts'
import { answerOnce, type Answer, type Keyed } from '../platform/idempotency.ts'
import type { SessionId, UserId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import type { Context } from '../platform/context.ts'
import type { Sql } from '../platform/sql.ts'
import type { Tx } from '../platform/tx.ts'
import { setCapacity } from '../schedule/change-session.ts'
import { lockSessions, type ClassSession } from '../schedule/class-sessions.ts'
import { sessionCards } from '../schedule/session-cards.ts'
import { newestSettings, type SettingsStore } from '../schedule/settings.ts'
import { ownSession } from '../schedule/staff-sessions.ts'
import { teachingOf } from '../schedule/teaching.ts'
import { bookOutright, type OutrightMeans } from './book-outright.ts'
import { liveBookingsOf } from './bookings.ts'
import { asReleased, dueHolds, releaseDue } from './due-holds.ts'
import { liveHoldsOf } from './holds.ts'
import { gatherMembers } from './members.ts'
import { openSpots, type Spots } from './spots.ts'
import { decideStaffBooking } from './staff-booking.rule.ts'
import { endEntries, liveEntries, type WaitlistEntry } from './waitlist-entries.ts'
import { toWireBooking } from './wire-booking.ts'

interface House {
  db: Database
  settings: SettingsStore
}

export interface ClientBooking {
  keyed: Keyed
  context: Context
  wish: BookForClient
  squeeze: boolean
}

/**
 * Answers 201 with the booking and its receipt. Throws `not-found`, `session-not-bookable`, `already-booked`, `already-held`,
 * `own-class`, `teaching-then`, `overlapping-booking`, `session-full` unless it squeezes in, and `insufficient-credits`. Windows, caps and blocks do not bind staff.
 */
export async function bookForClient(house: House, id: SessionId, command: ClientBooking): Promise<Answer> {
  const userId = command.wish.userId as UserId
  const lock = (sql: Sql) => ({
    sessions: lockSessions(sql, [id]),
    members: lockMembers(sql, [userId]),
    lots: lockLots(sql, [userId]),
    entries: liveEntries(sql, [{ sessionId: id, userId }]),
    holds: liveHoldsOf(sql, [userId]),
    bookings: liveBookingsOf(sql, [userId], house.db.clock.expression(sql)),
    teaching: teachingOf(sql, [userId], house.db.clock.expression(sql)),
    due: dueHolds(sql, [id], house.db.clock.expression(sql)),
    newest: newestSettings(sql),
  })
  const cards = await sessionCards(house.db.sql, [id])
  return answerOnce(house.db, command, { sessions: [id], lock }, async (tx, locked) => {
    const session = ownSession(tx.actor, locked.sessions[0])
    if (locked.members.length === 0) throw new Problem('not-found', 'There is no such client.')
    const settings = await house.settings.at(locked.newest[0].newest, tx.now)
    const member = gatherMembers({ ...locked, blocks: [] }, tx.now)(userId)
    const asked = { settings, now: tx.now, squeeze: command.squeeze, who: tx.actor.userId === userId ? 'you' : 'they' } as const
    const spots = await makeRoom(tx, { session, due: locked.due, decide: of => decideStaffBooking(member, { ...of, ...asked }) })
    for (const entry of asReleased(locked.entries, locked.due)) leaveQueue(tx, spots, entry)
    const free = spots.session(id) as ClassSession
    const wish = { session: free, userId, kind: 'staff', lots: locked.lots, settings, freeCancelUntil: null } as const
    const { booking, receipt } = bookOutright(tx, spots, { ...wish, className: cards.get(id)?.name, means: command.wish.means as OutrightMeans })
    spots.write(tx)
    const body: BookedForClient = { booking: toWireBooking(booking, cards.get(id)), receipt: toWireReceipt(receipt, tx.now), capacity: free.capacity }
    return { status: 201, body }
  })
}

interface Room {
  session: ClassSession
  due: Parameters<typeof releaseDue>[2]
  decide(of: { session: ClassSession }): 'free' | 'squeezed'
}

/** Frees what is due, then decides; squeezed in is one spot more, in the same transaction as the booking that takes it. */
async function makeRoom(tx: Tx, { session, due, decide }: Room): Promise<Spots> {
  const spots = openSpots([session])
  releaseDue(tx, spots, due)
  const now = spots.session(session.id) as ClassSession
  if (decide({ session: now }) === 'free') return spots
  spots.write(tx)
  const raised = await setCapacity(tx, now, now.capacity + 1)
  tx.audit({ entityType: 'class_session', entityId: session.id, action: 'squeezed in', details: { capacity: raised.capacity } })
  return openSpots([raised])
}

/** Whoever has a spot waits for none. */
function leaveQueue(tx: Tx, spots: Spots, entry: WaitlistEntry): void {
  spots.change(entry.sessionId, { waiting: entry.passedOverReason === null ? -1 : 0, waitlistLength: -1 })
  tx.send(endEntries(tx.sql, { ids: [entry.id], state: 'left', now: tx.now }))
}
