// Whom staff may see and serve: an admin everybody, a trainer their own clients (docs/decisions/0009).
import type { Context } from '../platform/context.ts'
import type { Database } from '../platform/db.ts'
import type { UserId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import { readOnly, type Tx } from '../platform/tx.ts'
import { ownerSeen } from '../schedule/rights.ts'
import { sessionsTaughtBy } from '../schedule/staff-sessions.ts'

/** So long after their last class with a trainer somebody stays their client. */
export const ownClientDays = 180

/**
 * Whom the actor may see; undefined for everybody. A trainer's own clients are those with a spot in a class of theirs that is
 * ahead or ended within `ownClientDays`: not a cancelled one, and a gift only once they came. Waiting makes nobody a client,
 * because staff may put anybody on a list. They are few hundreds (prd.md); `among` asks of these people only.
 */
export async function visibleTo(tx: Tx, among?: readonly UserId[]): Promise<UserId[] | undefined> {
  const owner = ownerSeen(tx.actor)
  if (owner === null) return undefined
  const sessions = await sessionsTaughtBy(tx.sql, owner, tx.now.subtract({ hours: 24 * ownClientDays }))
  const rows = await tx.sql<{ userId: UserId }[]>`
    select distinct user_id from bookings
    where session_id = any(${sessions}::uuid[]) and status <> 'cancelled' and (method <> 'complimentary' or status = 'attended')
      ${among ? tx.sql`and user_id = any(${[...among]}::uuid[])` : tx.sql``}`
  return rows.map(row => row.userId)
}

/** Asks of these people whether the actor may see each: themselves, or as staff. */
export async function seenBy(tx: Tx, userIds: readonly UserId[]): Promise<(userId: UserId) => boolean> {
  const visible = await visibleTo(tx, userIds)
  const known = new Set(visible)
  return userId => visible === undefined || known.has(userId) || userId === tx.actor.userId
}

/** Throws `not-found` unless the actor may see this client: themselves, or as staff. */
export async function refuseUnseen(tx: Tx, userId: UserId): Promise<void> {
  const { actor } = tx
  if (actor.userId === userId) return
  const visible = actor.role === 'client' ? [] : await visibleTo(tx, [userId])
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
