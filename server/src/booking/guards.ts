// What keeps two batches from giving one spot twice. Production has them all; tests take them away one by one to show that each holds.
import type { Sql } from '../platform/sql.ts'
import type { SessionId } from '../platform/ids.ts'
import { lockSessions, readSessions } from '../schedule/class-sessions.ts'

export interface Guards {
  /** One batch at a time decides about a session, and its snapshot is younger than its wait. */
  advisoryLock: boolean
  /** Whoever forgot the advisory lock waits for the row all the same. */
  rowLock: boolean
  isolation: 'serializable' | 'read committed'
}

export const allGuards: Guards = { advisoryLock: true, rowLock: true, isolation: 'serializable' }

/** The part of a plan that guards its sessions. */
export function guarded(guards: Guards, sessions: readonly SessionId[]) {
  return {
    sessions: guards.advisoryLock ? sessions : [],
    isolation: guards.isolation,
    lockSessions: (sql: Sql) => (guards.rowLock ? lockSessions : readSessions)(sql, sessions),
  }
}
