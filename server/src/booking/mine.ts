// What a member has in each class, shown beside the schedule.
import type { Mine } from '@fitflow/contract/sessions.ts'
import type { Database } from '../platform/db.ts'
import type { SessionId, UserId } from '../platform/ids.ts'
import { openFreshView, type FreshView } from './fresh-view.ts'

export type MineBySession = ReadonlyMap<SessionId, Mine>

const membersMax = 20_000

/** Opens the view by user id; a member's own change is seen by their next request. */
export function openMineView(db: Database): FreshView<MineBySession> {
  const read = (userId: string) => readMine(db, userId as UserId)
  const view = openFreshView({ clock: db.clock, entriesMax: membersMax, readEveryMs: 0, read, isSame })
  db.signals.hear(({ users }) => users.forEach(view.expire), view.expireAll)
  return view
}

async function readMine(db: Database, userId: UserId): Promise<MineBySession> {
  const now = db.clock.expression(db.sql)
  const rows = await db.sql<{ sessionId: SessionId; mine: Mine }[]>`
    select session_id, 'waiting' as mine from waitlist_entries where user_id = ${userId} and state = 'waiting'
    union all
    select session_id, case kind when 'offer' then 'offered' else 'held' end from spot_holds
    where user_id = ${userId} and (status = 'confirming' or (status = 'active' and expires_at > ${now}))
    union all
    select session_id, 'booked' from bookings
    where user_id = ${userId} and status in ('confirmed', 'attended') and ends_at > ${now}`
  return new Map(rows.map(row => [row.sessionId, row.mine]))
}

function isSame(a: MineBySession, b: MineBySession): boolean {
  return a.size === b.size && [...a].every(([id, mine]) => b.get(id) === mine)
}
