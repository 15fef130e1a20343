// A member leaves the queue; if a spot was on offer to them, it goes to the next.
import { lockMembers } from '../identity/lock-members.ts'
import type { Database } from '../platform/db.ts'
import { answerOnce, type Answer, type Keyed } from '../platform/idempotency.ts'
import type { SessionId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import type { Context } from '../platform/context.ts'
import type { Tx } from '../platform/tx.ts'
import { lockSessions } from '../schedule/class-sessions.ts'
import { liveHoldsOf, type SpotHold } from './holds.ts'
import { giveBack } from './release-hold.ts'
import { openSpots, type Spots } from './spots.ts'
import { endEntries, liveEntries, type WaitlistEntry } from './waitlist-entries.ts'

/** Answers 204. Throws `not-found` when the member is not on the list, `hold-confirming` when their offer is being paid. */
export async function leaveWaitlist(db: Database, sessionId: SessionId, command: { keyed: Keyed; context: Context }): Promise<Answer> {
  const { userId } = command.keyed
  const plan = {
    sessions: [sessionId],
    lock: (sql: Tx['sql']) => ({
      sessions: lockSessions(sql, [sessionId]),
      members: lockMembers(sql, [userId]),
      entries: liveEntries(sql, [{ sessionId, userId }]),
      holds: liveHoldsOf(sql, [userId]),
    }),
  }
  return answerOnce(db, command, plan, async (tx, locked) => {
    const [entry] = locked.entries
    if (!entry) throw new Problem('not-found', 'You are not on this waitlist.')
    const spots = openSpots(locked.sessions)
    endLiveEntry(tx, spots, { entry, offer: locked.holds.find(hold => hold.id === entry.holdId) })
    spots.write(tx)
    return { status: 204 }
  })
}

/** Ends a live entry under its session's lock, and with it the offer it has. Throws `hold-confirming` when that is being paid. */
export function endLiveEntry(tx: Tx, spots: Spots, { entry, offer }: { entry: WaitlistEntry; offer: SpotHold | undefined }): void {
  const { id: entryId, sessionId, userId } = entry
  if (offer?.status === 'confirming') throw new Problem('hold-confirming', 'A payment for this offer is under way.')
  if (entry.state === 'offered' && offer) giveBack(tx, spots, offer)
  else spots.change(sessionId, { waiting: entry.passedOverReason === null ? -1 : 0, waitlistLength: -1 })
  tx.send(endEntries(tx.sql, { ids: [entryId], state: 'left', now: tx.now }))
  tx.emit('waitlist.left', { entryId, sessionId, userId, version: spots.session(sessionId)?.version ?? 0 })
  tx.audit({ entityType: 'waitlist_entry', entityId: entryId, action: 'left', details: { sessionId, userId } })
}
