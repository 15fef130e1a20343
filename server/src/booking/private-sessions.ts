// A 1:1 that came out of an availability is nobody else's to see, whatever door its id is asked at.
import type { UserId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import type { Tx } from '../platform/tx.ts'
import type { ClassSession } from '../schedule/class-sessions.ts'
import { mayChange } from '../schedule/rights.ts'

type Seen = Pick<ClassSession, 'id' | 'trainerId' | 'availabilityId'>

/** Throws `not-found` for a 1:1 of somebody else: whoever has it or had it sees it, its trainer and admins. */
export async function refusePrivate(tx: Tx, session: Seen, userId: UserId | null): Promise<void> {
  if (session.availabilityId === null || (await mayLookIn(tx, session, userId))) return
  throw new Problem('not-found', 'There is no such class.')
}

async function mayLookIn({ sql, actor }: Tx, { id, trainerId }: Seen, userId: UserId | null): Promise<boolean> {
  if (userId === null) return false
  if (actor.role !== 'client' && mayChange(actor, trainerId)) return true
  const rows = await sql`
    select from spot_holds where session_id = ${id} and user_id = ${userId} and status in ('active', 'confirming')
    union all select from bookings where session_id = ${id} and user_id = ${userId} limit 1`
  return rows.length > 0
}
