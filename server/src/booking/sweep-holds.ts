// The sweep: holds past their end give their spots back within seconds, also where nobody asks. It only makes the event timely.
import type { Database } from '../platform/db.ts'
import type { Sql } from '../platform/sql.ts'
import { inLockOrder, type SessionId } from '../platform/ids.ts'
import { transact } from '../platform/tx.ts'
import { lockSessions } from '../schedule/class-sessions.ts'
import { dueHolds, releaseDue, timeItself } from './due-holds.ts'
import { seemDue } from './kept-holds.ts'
import { openSpots } from './spots.ts'

// Few enough sessions to lock that a request waits for one commit at most.
const sessionsMax = 32

/**
 * Releases what is due where the common memory says so: it knows within a second, and asks the database only when something is.
 * Answers how many sessions had something due. Throws Away.
 */
export async function sweepKeptHolds(db: Database, traceId: string): Promise<number> {
  const seeming = await seemDue(db.memory.common, db.clock.now(), sessionsMax)
  if (seeming.length === 0) return 0
  const now = db.clock.expression(db.sql)
  const seen = await db.sql<{ sessionId: SessionId }[]>`
    select distinct session_id from spot_holds
    where session_id = any(${seeming}::uuid[]) and status = 'active' and expires_at <= ${now}`
  return release(db, traceId, seen)
}

/** Releases what is due in up to 32 sessions, as the database knows it; answers how many of them had something due. */
export async function sweepHolds(db: Database, traceId: string): Promise<number> {
  const now = db.clock.expression(db.sql)
  const seen = await db.sql<{ sessionId: SessionId }[]>`
    with due as materialized (
      select session_id from spot_holds where status = 'active' and expires_at <= ${now} order by expires_at limit 1000)
    select distinct session_id from due limit ${sessionsMax}`
  return release(db, traceId, seen)
}

async function release(db: Database, traceId: string, seen: readonly { sessionId: SessionId }[]): Promise<number> {
  if (seen.length === 0) return 0
  const sessions = inLockOrder(seen.map(row => row.sessionId))
  const lock = (sql: Sql) => ({
    sessions: lockSessions(sql, sessions),
    due: dueHolds(sql, sessions, db.clock.expression(sql)),
  })
  await transact(db, timeItself(traceId), { sessions, lock }, async (tx, locked) => {
    const spots = openSpots(locked.sessions)
    releaseDue(tx, spots, locked.due)
    spots.write(tx)
  })
  return sessions.length
}
