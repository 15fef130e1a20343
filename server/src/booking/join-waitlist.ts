// A member joins the queue of a class that has no public spot.
import type { WaitlistPlace } from '@fitflow/contract/booking.ts'
import { lockMembers } from '../identity/lock-members.ts'
import type { Database } from '../platform/db.ts'
import { answerOnce, type Answer, type Keyed } from '../platform/idempotency.ts'
import { newId, type EntryId, type SessionId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import type { Context } from '../platform/context.ts'
import type { Tx } from '../platform/tx.ts'
import { lockSessions, type ClassSession } from '../schedule/class-sessions.ts'
import { newestSettings, type Settings, type SettingsStore } from '../schedule/settings.ts'
import { hasPublicSpot, ownSpot, refuseUnbookable } from './admission.rule.ts'
import { liveBookingsOf } from './bookings.ts'
import { dueHolds, releaseDue } from './due-holds.ts'
import { liveHoldsOf } from './holds.ts'
import { gatherMembers, type KnownMember } from './members.ts'
import { openSpots } from './spots.ts'
import { insertEntry, liveEntries, type WaitlistEntry } from './waitlist-entries.ts'

/**
 * Answers 201 with the member's place. Throws `not-found`, `already-held`, `already-booked`, `already-waiting`,
 * `session-not-bookable`, `booking-not-open`, `waitlist-closed` or `session-not-full`.
 */
export async function joinWaitlist(
  house: { db: Database; settings: SettingsStore },
  sessionId: SessionId,
  command: { keyed: Keyed; context: Context },
): Promise<Answer> {
  const { userId } = command.keyed
  const lock = (sql: Tx['sql']) => {
    const now = house.db.clock.expression(sql)
    return {
      sessions: lockSessions(sql, [sessionId]),
      members: lockMembers(sql, [userId]),
      due: dueHolds(sql, [sessionId], now),
      holds: liveHoldsOf(sql, [userId]),
      bookings: liveBookingsOf(sql, [userId], now),
      entries: liveEntries(sql, [{ sessionId, userId }]),
      newest: newestSettings(sql),
    }
  }
  return answerOnce(house.db, command, { sessions: [sessionId], lock }, async (tx, locked) => {
    const settings = await house.settings.at(locked.newest[0].newest, tx.now)
    const spots = openSpots(locked.sessions)
    releaseDue(tx, spots, locked.due)
    const session = spots.session(sessionId)
    if (!session) throw new Problem('not-found', 'There is no such class.')
    const member = gatherMembers({ holds: locked.holds, bookings: locked.bookings, lots: [] }, tx.now)(userId)
    refuse(member, locked.entries[0], { session, settings, now: tx.now })
    const entryId = newId<EntryId>()
    tx.send(insertEntry(tx.sql, { ...fresh, id: entryId, sessionId, userId, createdAt: tx.now }))
    spots.change(sessionId, { waiting: 1, waitlistLength: 1 })
    spots.write(tx)
    tx.emit('waitlist.joined', { entryId, sessionId, userId, version: session.version })
    tx.audit({ entityType: 'waitlist_entry', entityId: entryId, action: 'joined', details: { sessionId } })
    const length = session.waitlistLength
    const place: WaitlistPlace = { position: length, length, odds: null, passedOver: null, offer: null }
    return { status: 201, body: place }
  })
}

const fresh = { state: 'waiting', passedOverReason: null, holdId: null, offersExpired: 0 } as const

function refuse(
  member: KnownMember,
  entry: WaitlistEntry | undefined,
  of: { session: ClassSession; settings: Settings; now: Temporal.Instant },
): void {
  const holdId = ownSpot(member, of.session)
  if (holdId) throw new Problem('already-held', 'You are holding a spot in this class already.', { holdId })
  if (entry) throw new Problem('already-waiting', 'You are on this waitlist already.', { entryId: entry.id })
  try {
    refuseUnbookable({ ...of, nextReleaseAt: null })
  } catch (error) {
    // What closes booking closes the waitlist, under the waitlist's own name.
    if (error instanceof Problem && error.code === 'booking-closed') {
      throw new Problem('waitlist-closed', 'The waitlist of this class has closed.', error.facts)
    }
    throw error
  }
  if (hasPublicSpot(of.session)) {
    throw new Problem('session-not-full', 'This class still has a free spot. Hold it instead.')
  }
}
