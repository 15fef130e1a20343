// Class sessions are cancelled, many in one statement; `booking` calls this under their locks, and sees to the people in them.
import type { ClosureId, SessionId } from '../platform/ids.ts'
import type { Tx } from '../platform/tx.ts'
import { announceChange, became } from './announce-change.ts'
import { sessionColumns, type ClassSession } from './class-sessions.ts'
import { decideStatus, nobody } from './session-state.rule.ts'

/** Answers them as they are then. Throws `session-state` when one of them is over or cancelled; then none is. */
export async function cancelSessions(
  tx: Tx,
  sessions: readonly ClassSession[],
  of: { reason: string; closureId?: ClosureId },
): Promise<ClassSession[]> {
  for (const session of sessions) decideStatus({ session, now: tx.now, occupancy: nobody }, 'cancelled')
  const rows = await tx.sql<ClassSession[]>`
    update class_sessions set status = 'cancelled', version = version + 1, closure_id = ${of.closureId ?? null}
    where id = any(${sessions.map(session => session.id)}::uuid[]) returning ${sessionColumns(tx.sql)}`
  const wasOf = new Map<SessionId, ClassSession>(sessions.map(session => [session.id, session]))
  for (const changed of rows) {
    announceChange(tx, wasOf.get(changed.id) as ClassSession, { changed, ...became.cancelled, why: { ...of } })
  }
  return rows
}
