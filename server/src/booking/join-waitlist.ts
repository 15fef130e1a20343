// A member joins the queue of a class that has no public spot.
import type { WaitlistPlace } from '@fitflow/contract/booking.ts'
import { liveBlocks } from '../credits/blocks.ts'
import { lockMembers } from '../identity/lock-members.ts'
import type { Database } from '../platform/db.ts'
import { answerOnce, type Answer, type Keyed } from '../platform/idempotency.ts'
import { newId, type EntryId, type SessionId, type UserId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import type { Context } from '../platform/context.ts'
import type { Fragment } from '../platform/sql.ts'
import type { Tx } from '../platform/tx.ts'
import { lockSessions, type ClassSession } from '../schedule/class-sessions.ts'
import { ownSession } from '../schedule/staff-sessions.ts'
import { teachingOf } from '../schedule/teaching.ts'
import { newestSettings, type Settings, type SettingsStore } from '../schedule/settings.ts'
import { hasPublicSpot, ownSpot, refuseBlocked, refuseUnbookable, waitlistDoor } from './admission.rule.ts'
import { liveBookingsOf } from './bookings.ts'
import { asReleased, dueHolds, releaseDue } from './due-holds.ts'
import { liveHoldsOf } from './holds.ts'
import { gatherMembers, type KnownMember } from './members.ts'
import { refusePrivate } from './private-sessions.ts'
import { openSpots } from './spots.ts'
import { refuseTeaching } from './teaching.rule.ts'
import { insertEntry, liveEntries, type WaitlistEntry } from './waitlist-entries.ts'
import { oddsOf } from './waitlist-odds.ts'
import { readWaitlist } from './waitlist-place.ts'

interface House {
  db: Database
  settings: SettingsStore
}

interface Wish {
  sessionId: SessionId
  /** Who will wait. */
  userId: UserId
}

/**
 * Answers 201 with the member's place. Throws `not-found`, `already-held`, `already-booked`, `already-waiting`,
 * `session-not-bookable`, `booking-not-open`, `waitlist-closed`, `waitlist-full`, `session-not-full`, `member-blocked`, `own-class` or
 * `teaching-then`: they would be passed over.
 */
export function joinWaitlist(house: House, sessionId: SessionId, command: { keyed: Keyed; context: Context }): Promise<Answer> {
  return join(house, { sessionId, userId: command.keyed.userId }, { ...command, reply: (_, place) => place })
}

/** Staff put a client of theirs in the queue: answers 201 with the whole list, and throws what joining and `refuseStale` do. */
export function addToWaitlist(house: House, wish: Wish, command: Omit<Command, 'isStaff' | 'reply'>): Promise<Answer> {
  return join(house, wish, { ...command, isStaff: true, reply: tx => readWaitlist(tx, wish.sessionId) })
}

interface Command {
  keyed: Keyed
  context: Context
  isStaff?: true
  /** Throws `precondition-failed` when the list has another version than the asker read. */
  refuseStale?(version: number): void
  reply(tx: Tx, place: WaitlistPlace): unknown
}

function join(house: House, { sessionId, userId }: Wish, command: Command): Promise<Answer> {
  const lock = (sql: Tx['sql']) => lockAndRead(sql, { sessionId, userId, now: house.db.clock.expression(sql) })
  return answerOnce(house.db, command, { sessions: [sessionId], lock }, async (tx, locked) => {
    const settings = await house.settings.at(locked.newest[0].newest, tx.now)
    const spots = openSpots(locked.sessions)
    releaseDue(tx, spots, locked.due)
    const session = spots.session(sessionId)
    if (!session) throw new Problem('not-found', 'There is no such class.')
    if (command.isStaff) ownSession(tx.actor, session)
    else await refusePrivate(tx, session, userId)
    command.refuseStale?.(session.version)
    if (locked.members.length === 0) throw new Problem('not-found', 'There is no such client.')
    const member = gatherMembers({ ...locked, lots: [] }, tx.now)(userId)
    const who = tx.actor.userId === userId ? 'you' : 'they'
    refuseTeaching(member, session, who)
    refuse(member, asReleased(locked.entries, locked.due)[0], { session, settings, now: tx.now, who, isStaff: command.isStaff ?? false })
    const entryId = newId<EntryId>()
    spots.change(sessionId, { waiting: 1, waitlistLength: 1 })
    const length = session.waitlistLength
    const { templateId } = session
    tx.send(insertEntry(tx.sql, { ...fresh, id: entryId, sessionId, templateId, userId, createdAt: tx.now }, length))
    spots.write(tx)
    tx.emit('waitlist.joined', { entryId, sessionId, userId, version: session.version })
    tx.audit({ entityType: 'waitlist_entry', entityId: entryId, action: 'joined', details: { sessionId, userId } })
    const [odds] = await oddsOf(tx.sql, [{ templateId, position: length }])
    return { status: 201, body: await command.reply(tx, { position: length, length, odds: odds ?? null, passedOver: null, offer: null }) }
  })
}

function lockAndRead(sql: Tx['sql'], { sessionId, userId, now }: Wish & { now: Fragment }) {
  return {
    sessions: lockSessions(sql, [sessionId]),
    members: lockMembers(sql, [userId]),
    due: dueHolds(sql, [sessionId], now),
    holds: liveHoldsOf(sql, [userId]),
    bookings: liveBookingsOf(sql, [userId], now),
    blocks: liveBlocks(sql, [userId], now),
    teaching: teachingOf(sql, [userId], now),
    entries: liveEntries(sql, [{ sessionId, userId }]),
    newest: newestSettings(sql),
  }
}

const fresh = { state: 'waiting', passedOverReason: null, holdId: null, offersExpired: 0 } as const

function refuse(
  member: KnownMember,
  entry: WaitlistEntry | undefined,
  of: { session: ClassSession; settings: Settings; now: Temporal.Instant; who: 'you' | 'they'; isStaff: boolean },
): void {
  const holdId = ownSpot(member, of.session, of.who)
  const theyAre = of.who === 'you' ? 'You are' : 'This client is'
  if (holdId) throw new Problem('already-held', `${theyAre} holding a spot in this class already.`, { holdId })
  if (entry) throw new Problem('already-waiting', `${theyAre} on this waitlist already.`, { entryId: entry.id })
  try {
    refuseUnbookable({ ...of, nextReleaseAt: null })
  } catch (error) {
    // What closes booking closes the waitlist, under the waitlist's own name.
    if (error instanceof Problem && error.code === 'booking-closed') {
      throw new Problem('waitlist-closed', 'The waitlist of this class has closed.', { ...error.facts, reason: 'closed' })
    }
    throw error
  }
  if (hasPublicSpot(of)) {
    throw new Problem('session-not-full', `This class still has a free spot. ${of.isStaff ? 'Book' : 'Hold'} it instead.`)
  }
  refuseShut(of.session, of.settings)
  refuseBlocked(member, of.settings, of.who)
}

function refuseShut(session: ClassSession, settings: Settings): void {
  const { waitlistLength } = session
  const { waitlistMax } = settings
  switch (waitlistDoor(session, settings)) {
    case 'open':
      return
    case 'none':
      throw new Problem('waitlist-closed', 'A 1:1 has no waitlist.', { reason: 'one-to-one' })
    case 'paused':
      throw new Problem('waitlist-closed', 'The studio takes nobody onto this waitlist right now.', { reason: 'paused' })
    case 'full':
      throw new Problem('waitlist-full', `${waitlistLength} wait for this class already: its list is full.`, { waitlistLength, waitlistMax })
  }
}
