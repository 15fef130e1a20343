// A member gives a hold back, or declines an offer: the spot is free again at once.
import { lockMembers } from '../identity/lock-members.ts'
import type { Database } from '../platform/db.ts'
import { answerOnce, type Answer, type Keyed } from '../platform/idempotency.ts'
import type { HoldId, UserId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import type { Context } from '../platform/context.ts'
import type { Tx } from '../platform/tx.ts'
import { lockSessions } from '../schedule/class-sessions.ts'
import { endHolds, holdsById, type SpotHold } from './holds.ts'
import { forgetHolds } from './kept-holds.ts'
import { isLive } from './members.ts'
import { openSpots, type Spots } from './spots.ts'
import { endEntries, entriesOfHolds } from './waitlist-entries.ts'

export interface Release {
  keyed: Keyed
  context: Context
  /** Whose hold it is, when staff release it for them. */
  owner?: UserId
}

/** Answers 204. Throws `not-found` for another's hold, `hold-confirming`, `hold-expired` or `hold-not-active`. */
export async function releaseHold(db: Database, holdId: HoldId, command: Release): Promise<Answer> {
  const userId = command.owner ?? command.keyed.userId
  const seen = ownHold(await holdsById(db.sql, [holdId]), userId)
  const plan = {
    sessions: [seen.sessionId],
    lock: (sql: Tx['sql']) => ({
      sessions: lockSessions(sql, [seen.sessionId]),
      members: lockMembers(sql, [userId]),
      holds: holdsById(sql, [holdId]),
      entries: entriesOfHolds(sql, [holdId]),
    }),
  }
  return answerOnce(db, command, plan, async (tx, locked) => {
    const hold = ownHold(locked.holds, userId)
    refuseEnded(hold, tx.now)
    const spots = openSpots(locked.sessions)
    giveBack(tx, spots, hold)
    const [entry] = locked.entries
    if (entry) tx.send(endEntries(tx.sql, { ids: [entry.id], state: 'declined', now: tx.now }))
    spots.write(tx)
    return { status: 204 }
  })
}

/** Ends a live hold under its session's lock and frees its spot. */
export function giveBack(tx: Tx, spots: Spots, { id: holdId, sessionId, userId, kind }: SpotHold): void {
  tx.send(endHolds(tx.sql, { ids: [holdId], status: 'released', now: tx.now }))
  forgetHolds(tx, [{ id: holdId, sessionId }])
  spots.change(sessionId, { taken: -1 })
  tx.emit('hold.released', { holdId, sessionId, userId, kind, version: spots.session(sessionId)?.version ?? 0 })
  tx.audit({ entityType: 'hold', entityId: holdId, action: 'released', details: { sessionId, userId, kind } })
}

function ownHold([hold]: readonly SpotHold[], userId: UserId): SpotHold {
  if (!hold || hold.userId !== userId) throw new Problem('not-found', 'There is no such hold.')
  return hold
}

function refuseEnded(hold: SpotHold, now: Temporal.Instant): void {
  if (hold.status === 'confirming') throw new Problem('hold-confirming', 'A payment for this hold is under way.')
  if (isLive(hold, now)) return
  const isExpired = hold.status === 'expired' || hold.status === 'active'
  throw isExpired
    ? new Problem('hold-expired', 'The hold has run out already.', { expiredAt: String(hold.expiresAt) })
    : new Problem('hold-not-active', 'This hold has already ended.', { state: hold.status })
}
