// What time does to class sessions: they start, they end, and a draft nobody published is called off.
import type { Database } from '../platform/db.ts'
import type { Sql } from '../platform/sql.ts'
import { inLockOrder, type SessionId } from '../platform/ids.ts'
import { repeat, type Loop } from '../platform/repeat.ts'
import { newTraceId } from '../platform/trace.ts'
import type { Context } from '../platform/context.ts'
import { transact } from '../platform/tx.ts'
import { setStatus } from './change-session.ts'
import { lockSessions } from './class-sessions.ts'
import { nobody, statusDue } from './session-state.rule.ts'

const moveEveryMs = 5000

/** Starts moving sessions on as their time comes; any number of workers may run it. */
export function startMoving(db: Database): Loop {
  return repeat('moving sessions on', { everyMs: moveEveryMs }, db.log, async () => ((await moveSessionsOn(db)) > 0 ? 'again' : 'later'))
}

// Few enough that a request for one of them waits for one commit at most.
const sessionsMax = 32

/**
 * Takes up to 32 sessions one state further and answers how many it moved: while that is not 0 there may be more.
 * Any number of workers may run it: each row is looked at again under its lock.
 */
export async function moveSessionsOn(db: Database, traceId = newTraceId()): Promise<number> {
  const sessions = await seenDue(db)
  if (sessions.length === 0) return 0
  const context: Context = { actor: { userId: null, role: 'system', via: 'job' }, traceId }
  const plan = { sessions, lock: (sql: Sql) => ({ rows: lockSessions(sql, sessions) }) }
  return transact(db, context, plan, async (tx, { rows }) => {
    let moved = 0
    for (const session of rows) {
      const to = statusDue(session, tx.now)
      if (to === null) continue
      await setStatus(tx, session, { to, occupancy: nobody })
      moved++
    }
    return moved
  })
}

async function seenDue(db: Database): Promise<SessionId[]> {
  const now = db.clock.expression(db.sql)
  const rows = await db.sql<{ id: SessionId }[]>`
    select id from class_sessions
    where status in ('draft', 'published', 'in_progress') and starts_at <= ${now}
      and (status <> 'in_progress' or ends_at <= ${now})
    order by starts_at limit ${sessionsMax}`
  return inLockOrder(rows.map(row => row.id))
}
