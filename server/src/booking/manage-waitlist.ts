// Staff manage the queue of a class of theirs: its order, who is in it, and whether it moves.
import type { Reorder } from '@fitflow/contract/booking.ts'
import { lockMembers } from '../identity/lock-members.ts'
import type { Database } from '../platform/db.ts'
import { answerOnce, type Answer, type Keyed } from '../platform/idempotency.ts'
import type { EntryId, SessionId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import type { Context } from '../platform/context.ts'
import type { Tx } from '../platform/tx.ts'
import { setWaitlistPaused } from '../schedule/change-session.ts'
import { lockSessions, type ClassSession } from '../schedule/class-sessions.ts'
import { ownSession } from '../schedule/staff-sessions.ts'
import { endLiveEntry } from './leave-waitlist.ts'
import { holdsById } from './holds.ts'
import { openSpots } from './spots.ts'
import { entriesById, moveEntry } from './waitlist-entries.ts'
import { readWaitlist } from './waitlist-place.ts'

interface Command {
  keyed: Keyed
  context: Context
  /** Throws `precondition-failed` when the asker's `If-Match` names another version of the session: its queue is a part of it. */
  refuseStale?(version: number): void
}

function underLock(
  db: Database,
  sessionId: SessionId,
  command: Command,
  work: (tx: Tx, session: ClassSession) => Promise<Answer | { status: number; body?: unknown }>,
): Promise<Answer> {
  const lock = (sql: Tx['sql']) => ({ sessions: lockSessions(sql, [sessionId]) })
  return answerOnce(db, command, { sessions: [sessionId], lock }, (tx, locked) => {
    const session = ownSession(tx.actor, locked.sessions[0])
    command.refuseStale?.(session.version)
    return work(tx, session)
  })
}

/** Answers 200 with the whole list. Throws `not-found` for an entry that does not wait here, and for another trainer's class. */
export function reorderWaitlist(db: Database, sessionId: SessionId, command: Command & { wish: Reorder }): Promise<Answer> {
  const { wish } = command
  return underLock(db, sessionId, command, async (tx, session) => {
    const named = [wish.entryId, ...(wish.before === null ? [] : [wish.before])] as EntryId[]
    const entries = await entriesById(tx.sql, named)
    const here = entries.filter(entry => entry.sessionId === sessionId && entry.state === 'waiting')
    if (here.length < new Set(named).size) throw notWaiting()
    if (wish.before !== wish.entryId) await moveEntry(tx.sql, { sessionId, id: named[0] as EntryId, before: named[1] ?? null })
    bump(tx, session)
    const details = { sessionId, before: wish.before }
    tx.audit({ entityType: 'waitlist_entry', entityId: wish.entryId, action: 'moved', details })
    return { status: 200, body: await readWaitlist(tx, sessionId) }
  })
}

/** Answers 204; a spot that was on offer to them goes to the next. Throws `not-found` and `hold-confirming`. */
export function removeFromWaitlist(db: Database, of: { sessionId: SessionId; entryId: EntryId }, command: Command): Promise<Answer> {
  const { sessionId, entryId } = of
  return underLock(db, sessionId, command, async (tx, session) => {
    const [entry] = await entriesById(tx.sql, [entryId])
    if (entry?.sessionId !== sessionId || !['waiting', 'offered'].includes(entry.state)) throw notWaiting()
    await lockMembers(tx.sql, [entry.userId])
    const [offer] = entry.holdId === null ? [] : await holdsById(tx.sql, [entry.holdId])
    const spots = openSpots([session])
    endLiveEntry(tx, spots, { entry, offer })
    spots.write(tx)
    return { status: 204 }
  })
}

/** Answers 200 with the whole list. A list that is opened again is served at once. Throws `not-found`. */
export function pauseWaitlist(db: Database, sessionId: SessionId, command: Command & { paused: boolean }): Promise<Answer> {
  return underLock(db, sessionId, command, async (tx, session) => {
    if (session.waitlistPaused !== command.paused) await setWaitlistPaused(tx, session, command.paused)
    return { status: 200, body: await readWaitlist(tx, sessionId) }
  })
}

/** Screens learn of it by the session's version. */
function bump(tx: Tx, session: ClassSession): void {
  const spots = openSpots([session])
  spots.change(session.id, {})
  spots.write(tx)
}

function notWaiting(): Problem {
  return new Problem('not-found', 'Nobody like that waits for this class.')
}
