// Whom staff may see and serve: an admin everybody, a trainer those who ever booked or now wait in a class of theirs.
import type { Context } from '../platform/context.ts'
import type { Database } from '../platform/db.ts'
import type { UserId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import { readOnly, type Tx } from '../platform/tx.ts'
import { ownerSeen } from '../schedule/rights.ts'
import { sessionsTaughtBy } from '../schedule/staff-sessions.ts'

/** Whom the actor may see; undefined for everybody. A trainer's clients are few hundreds (prd.md). */
export async function visibleTo(tx: Tx): Promise<UserId[] | undefined> {
  const owner = ownerSeen(tx.actor)
  if (owner === null) return undefined
  const sessions = await sessionsTaughtBy(tx.sql, owner)
  const rows = await tx.sql<{ userId: UserId }[]>`
    select user_id from bookings where session_id = any(${sessions}::uuid[])
    union
    select user_id from waitlist_entries where session_id = any(${sessions}::uuid[]) and state in ('waiting', 'offered')`
  return rows.map(row => row.userId)
}

/** Throws `not-found` unless the actor may see this client: themselves, or as staff. */
export async function refuseUnseen(tx: Tx, userId: UserId): Promise<void> {
  const { actor } = tx
  if (actor.userId === userId) return
  const visible = actor.role === 'client' ? [] : await visibleTo(tx)
  if (visible && !visible.includes(userId)) throw new Problem('not-found', 'There is no such client.')
}

/** Throws `forbidden` for a trainer who would do to themselves what staff do to clients: somebody else must have decided it. */
export function refuseOwn({ role, userId: own }: Context['actor'], userId: UserId): void {
  if (role !== 'trainer' || own !== userId) return
  throw new Problem('forbidden', 'Nobody does this for themselves: ask somebody else of the staff.')
}

/** The same, asked before a command begins: whose clients they are does not change by it. */
export function refuseUnseenBy(db: Database, context: Context, userId: UserId): Promise<void> {
  return readOnly(db, context, tx => refuseUnseen(tx, userId))
}
