// One decision about many classes: all of them are locked before it begins, and none that comes meanwhile is forgotten.
import type { Sql } from '../platform/sql.ts'
import type { SessionId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import type { Tx } from '../platform/tx.ts'
import { lockSessions, type ClassSession } from '../schedule/class-sessions.ts'

/** Thrown inside the transaction when there is a session that was not there when the locks were named. */
class OneMore extends Error {}

export interface ManyPlan {
  sessions: readonly SessionId[]
  lock(sql: Sql): { sessions: ReturnType<typeof lockSessions> }
  /** The locked sessions that the question still names. Begins anew when it names one that is not locked. */
  settle(tx: Tx, locked: readonly ClassSession[]): Promise<ClassSession[]>
}

const attemptsMax = 5

/** Asks which sessions it is about, then lets `run` lock and decide; again with the new list when another has come meanwhile. */
export async function aboutMany<T>(sql: Sql, find: (sql: Sql) => Promise<SessionId[]>, run: (plan: ManyPlan) => Promise<T>): Promise<T> {
  for (let attempt = 1; attempt <= attemptsMax; attempt++) {
    const sessions = await find(sql)
    try {
      return await run({
        sessions,
        lock: of => ({ sessions: lockSessions(of, sessions) }),
        async settle(tx, locked) {
          const now = new Set(await find(tx.sql))
          if ([...now].some(id => !sessions.includes(id))) throw new OneMore()
          return locked.filter(session => now.has(session.id))
        },
      })
    } catch (error) {
      // Nothing was written: the list is asked for anew.
      if (!(error instanceof OneMore)) throw error
    }
  }
  throw new Problem('overloaded', 'Classes are being made faster than they can be counted. Try again in a moment.')
}
