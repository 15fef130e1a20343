// An hour before the public may book a session, those with a standing reservation are booked, in the order of their reservations.
import { liveBlocks } from '../credits/blocks.ts'
import { namedLot } from '../credits/allocation.rule.ts'
import { lockLots } from '../credits/lots.ts'
import { lockMembers } from '../identity/lock-members.ts'
import type { Database } from '../platform/db.ts'
import { newId, type EntryId, type SessionId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import type { Sql } from '../platform/sql.ts'
import { transact, type Tx } from '../platform/tx.ts'
import { lockSessions, type ClassSession } from '../schedule/class-sessions.ts'
import { sessionCards } from '../schedule/session-cards.ts'
import { newestSettings, type Settings, type SettingsStore } from '../schedule/settings.ts'
import { teachingAmong } from '../schedule/teaching.ts'
import { bookOutright } from './book-outright.ts'
import { liveBookingsOf } from './bookings.ts'
import { looksBack } from './caps.rule.ts'
import { dueHolds, releaseDue, timeItself } from './due-holds.ts'
import { liveHoldsOf } from './holds.ts'
import { gatherMembers, type KnownMember } from './members.ts'
import { openSpots, type Spots } from './spots.ts'
import { insertResult, undecidedIn, undecidedSessions, type StandingReservation, type StandingResult } from './standing-reservations.ts'
import { decideStanding, isTurn } from './standing.rule.ts'
import { insertEntry, liveEntries, type WaitlistEntry } from './waitlist-entries.ts'

interface House {
  db: Database
  settings: SettingsStore
}

// A session at a time: each is locked for one short transaction.
const sessionsMax = 32

/** Books what is due; answers how many occurrences were decided. Any number of workers may run it. */
export async function bookStanding({ db, settings }: House, traceId: string): Promise<number> {
  const now = db.clock.now()
  const current = settings.current()
  // No turn comes earlier than this before its session; where it has come, it has for every session before.
  const days = current.bookingOpensMode === 'rolling' ? current.bookingOpensDays : current.bookingOpensLeadDays + 8
  const until = now.add({ hours: days * 24, minutes: current.standingLeadMinutes })
  const seen = await undecidedSessions(db.sql, { now, until, limit: sessionsMax })
  let decided = 0
  for (const { id, startsAt } of seen) if (isTurn(startsAt, current, now)) decided += await bookIn({ db, settings }, id, traceId)
  return decided
}

function bookIn({ db, settings: store }: House, sessionId: SessionId, traceId: string): Promise<number> {
  const lock = (sql: Sql) => ({
    sessions: lockSessions(sql, [sessionId]),
    due: dueHolds(sql, [sessionId], db.clock.expression(sql)),
    newest: newestSettings(sql),
  })
  return transact(db, timeItself(traceId), { sessions: [sessionId], lock }, async (tx, locked) => {
    const settings = await store.at(locked.newest[0].newest, tx.now)
    const spots = openSpots(locked.sessions)
    const session = spots.session(sessionId)
    if (session?.status !== 'published' || !isTurn(session.startsAt, settings, tx.now)) return 0
    releaseDue(tx, spots, locked.due)
    const reservations = await undecidedIn(tx.sql, session)
    const asks = await gather(tx, reservations, { session, settings })
    const className = (await sessionCards(tx.sql, [sessionId])).get(sessionId)?.name
    const decided = reservations.filter(reservation => decide(tx, spots, { ...asks, reservation, session, settings, className }))
    spots.write(tx)
    return decided.length
  })
}

async function gather(tx: Tx, reservations: readonly StandingReservation[], { session, settings }: { session: ClassSession; settings: Settings }) {
  const userIds = reservations.map(one => one.userId)
  const now = tx.sql`${tx.now}::timestamptz`
  const members = await lockMembers(tx.sql, userIds)
  const [lots, holds, bookings, blocks, teaching, entries] = await Promise.all([
    lockLots(tx.sql, userIds),
    liveHoldsOf(tx.sql, userIds),
    liveBookingsOf(tx.sql, userIds, now, looksBack(settings)),
    liveBlocks(tx.sql, userIds, now),
    teachingAmong(tx.sql, members, now),
    liveEntries(tx.sql, userIds.map(userId => ({ sessionId: session.id, userId }))),
  ])
  return { memberOf: gatherMembers({ lots, holds, bookings, blocks, teaching }, tx.now), entries }
}

interface Ask {
  memberOf: (userId: StandingReservation['userId']) => KnownMember
  entries: readonly WaitlistEntry[]
  reservation: StandingReservation
  session: ClassSession
  settings: Settings
  className: string | undefined
}

type Outcome = Pick<StandingResult, 'outcome' | 'reason' | 'sentence' | 'bookingId'>

/** Writes what became of one reservation; false when that cannot be said yet. */
function decide(tx: Tx, spots: Spots, ask: Ask): boolean {
  const result = outcomeOf(tx, spots, ask)
  if (result === null) return false
  const { reservation, session } = ask
  const { outcome, reason, bookingId } = result
  tx.send(insertResult(tx.sql, { ...result, reservationId: reservation.id, sessionId: session.id }, tx.now))
  tx.emit('standing.decided', { standingId: reservation.id, userId: reservation.userId, sessionId: session.id, outcome, version: session.version })
  tx.audit({ entityType: 'standing_reservation', entityId: reservation.id, action: outcome, details: { sessionId: session.id, reason, bookingId } })
  return true
}

/** A no is a result like any other: the session is skipped, under the name of the problem. */
function outcomeOf(tx: Tx, spots: Spots, ask: Ask): Outcome | null {
  try {
    return bookOrWait(tx, spots, ask)
  } catch (error) {
    // Refusals are thrown before anything is written; the other reservations of the session go on.
    if (!(error instanceof Problem)) throw error
    return { outcome: 'skipped', reason: error.code, sentence: error.detail, bookingId: null }
  }
}

function bookOrWait(tx: Tx, spots: Spots, { memberOf, entries, reservation, session, settings, className }: Ask): Outcome | null {
  const { userId, membershipId, joinsWaitlist } = reservation
  const member = memberOf(userId)
  const isWaiting = entries.some(entry => entry.userId === userId)
  const decision = decideStanding(member, { session, settings, now: tx.now, joinsWaitlist, isWaiting })
  switch (decision) {
    case 'later':
      return null
    case 'waits already':
      return { ...waits, sentence: 'You were waiting for this class already.' }
    case 'wait':
      return wait(tx, spots, { reservation, session })
    case 'book': {
      const named = namedLot(member.lots, membershipId, { startsAt: session.startsAt, now: tx.now })
      const means = { method: 'any' as const, ...(named ? { membershipId: named } : {}) }
      const { booking, receipt } = bookOutright(tx, spots, {
        ...{ session, userId, kind: 'standing', lots: member.lots, settings, className, means, freeCancelUntil: null },
      })
      return { outcome: 'booked', reason: null, sentence: receipt.sentence, bookingId: booking.id }
    }
  }
}

const waits = { outcome: 'waitlisted', reason: null, bookingId: null } as const

function wait(tx: Tx, spots: Spots, { reservation, session }: Pick<Ask, 'reservation' | 'session'>): Outcome {
  const { id: sessionId, templateId } = session
  const { userId } = reservation
  const id = newId<EntryId>()
  spots.change(sessionId, { waiting: 1, waitlistLength: 1 })
  const fresh = { state: 'waiting', passedOverReason: null, holdId: null, offersExpired: 0 } as const
  tx.send(insertEntry(tx.sql, { ...fresh, id, sessionId, templateId, userId, createdAt: tx.now }, session.waitlistLength))
  tx.emit('waitlist.joined', { entryId: id, sessionId, userId, version: session.version })
  return { ...waits, sentence: `The class was full: you wait in place ${session.waitlistLength}.` }
}
