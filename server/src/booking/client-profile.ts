// One client on one page: who they are, what they have, and how their bookings ended.
import type { AttendanceFigures, ClientAttendance, ClientProfile } from '@fitflow/contract/clients.ts'
import { blockedUntil } from '../credits/clients.ts'
import { memberLots } from '../credits/member-lots.ts'
import { findUser } from '../identity/users.ts'
import type { Context } from '../platform/context.ts'
import type { Database } from '../platform/db.ts'
import type { UserId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import { readOnly, type Tx } from '../platform/tx.ts'
import { listBookings } from './my-bookings.ts'
import { refuseUnseen, refuseUnseenBy } from './seen-clients.ts'

/** Throws `not-found` for a client who is not there or not the actor's to see. */
export function readProfile(db: Database, userId: UserId, context: Context): Promise<ClientProfile> {
  return readOnly(db, context, async tx => {
    await refuseUnseen(tx, userId)
    const user = await findUser(tx.sql, userId)
    if (!user) throw new Problem('not-found', 'There is no such client.')
    const [memberships, blocked, attendance] = await Promise.all([
      memberLots(tx, userId),
      blockedUntil(tx, [userId]),
      figuresOf(tx, userId),
    ])
    const { id, name, email, createdAt } = user
    return { id, name, email, since: String(createdAt), blockedUntil: blocked(userId), memberships, attendance }
  })
}

/** The figures, and a page of the bookings that are over. Throws `not-found` as the profile does. */
export async function readAttendance(
  db: Database,
  userId: UserId,
  { query, context }: { query: { limit?: number; cursor?: string }; context: Context },
): Promise<ClientAttendance> {
  await refuseUnseenBy(db, context, userId)
  const counted = await readOnly(db, context, tx => figuresOf(tx, userId))
  const page = await listBookings(db, { ...query, scope: 'past' }, { userId, context })
  return { ...counted, ...page }
}

/** Served by the index of a member's bookings. */
async function figuresOf({ sql }: Pick<Tx, 'sql'>, userId: UserId): Promise<AttendanceFigures> {
  const rows = await sql<Omit<AttendanceFigures, 'attendanceRate' | 'noShowRate'>[]>`
    select count(*) filter (where status = 'attended')::int as attended,
      count(*) filter (where status = 'no_show')::int as no_shows,
      count(*) filter (where status = 'cancelled' and cancel_kind = 'late')::int as late_cancels,
      count(*) filter (where status = 'cancelled' and cancel_kind = 'early')::int as early_cancels
    from bookings where user_id = ${userId}`
  const [counts = { attended: 0, noShows: 0, lateCancels: 0, earlyCancels: 0 }] = rows
  const { attended, noShows, lateCancels } = counts
  const kept = attended + noShows + lateCancels
  const share = (part: number) => (kept === 0 ? null : Math.round((part / kept) * 1000) / 1000)
  return { ...counts, attendanceRate: share(attended), noShowRate: share(noShows) }
}
