// What time does to waitlists: the night ends for whoever slept, and when nobody can get in any more the list is closed.
import type { Sql } from '../platform/sql.ts'
import type { SessionId, UserId } from '../platform/ids.ts'
import { transact } from '../platform/tx.ts'
import { lockSessions, waitedForSince } from '../schedule/class-sessions.ts'
import { newestSettings } from '../schedule/settings.ts'
import { closeEntries } from './close-entries.ts'
import { dueHolds, releaseDue, timeItself } from './due-holds.ts'
import { promoteWaiting, type PromotionHouse } from './promote-waiting.ts'
import { openSpots } from './spots.ts'
import { liveEntriesIn, wakeEntries, wokenEntries } from './waitlist-entries.ts'

// A session at a time: each is locked for one short transaction.
const sessionsMax = 32

/** Asks whoever slept through an offer again, once they are awake; answers in how many sessions. Any number of workers may run it. */
export async function wakeSleepers({ db, settings }: PromotionHouse, traceId: string): Promise<number> {
  const woken = await wokenEntries(db.sql, db.clock.expression(db.sql), sessionsMax)
  for (const { sessionId, userIds } of woken) {
    const lock = (sql: Sql) => ({ sessions: lockSessions(sql, [sessionId]) })
    await transact(db, timeItself(traceId), { sessions: [sessionId], lock }, async (tx, locked) => {
      const spots = openSpots(locked.sessions)
      const session = spots.session(sessionId)
      if (session) await promoteWaiting(tx, { db, settings }, spots, { session, reconsidered: new Set<UserId>(userIds) })
      spots.write(tx)
      tx.send(wakeEntries(tx.sql, sessionId, tx.now))
    })
  }
  return woken.length
}

/** Ends the entries of sessions that nobody can join any more, not even late; answers how many were closed. Any number of workers may run it. */
export async function closeWaitlists({ db, settings }: PromotionHouse, traceId: string): Promise<number> {
  const now = db.clock.now()
  const { lateJoinMinutes } = settings.current()
  const seen = await waitedForSince(db.sql, now.subtract({ minutes: lateJoinMinutes }), sessionsMax)
  let closed = 0
  for (const sessionId of seen) if (await closeWaitlist({ db, settings }, sessionId, traceId)) closed += 1
  return closed
}

function closeWaitlist({ db, settings }: PromotionHouse, sessionId: SessionId, traceId: string): Promise<boolean> {
  const lock = (sql: Sql) => ({
    sessions: lockSessions(sql, [sessionId]),
    due: dueHolds(sql, [sessionId], db.clock.expression(sql)),
    newest: newestSettings(sql),
  })
  return transact(db, timeItself(traceId), { sessions: [sessionId], lock }, async (tx, locked) => {
    const { lateJoinMinutes } = await settings.at(locked.newest[0].newest, tx.now)
    const spots = openSpots(locked.sessions)
    releaseDue(tx, spots, locked.due)
    const session = spots.session(sessionId)
    if (!session || isBefore(tx.now, session.startsAt.add({ minutes: lateJoinMinutes }))) return false
    const entries = (await liveEntriesIn(tx.sql, [sessionId])).filter(entry => entry.state === 'waiting')
    closeEntries(tx, spots, entries)
    spots.write(tx)
    return entries.length > 0
  })
}

const isBefore = (a: Temporal.Instant, b: Temporal.Instant) => Temporal.Instant.compare(a, b) < 0
