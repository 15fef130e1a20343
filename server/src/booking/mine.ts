// What a member has in each class, shown beside the schedule.
import type { Mine } from '@fitflow/contract/sessions.ts'
import type { Database } from '../platform/db.ts'
import type { SessionId, UserId } from '../platform/ids.ts'
import { openLane } from '../platform/lane.ts'
import { openFreshView, type FreshView } from './fresh-view.ts'

export type MineBySession = ReadonlyMap<SessionId, Mine>

const membersMax = 20_000
const bounds = { batchMax: 256, queueMax: 4096 }

/** Opens the view by user id; a member's own change is seen by their next request. */
export function openMineView(db: Database): FreshView<MineBySession> {
  // Many open the app at once: whoever asks while others are read rides with the next.
  const lane = openLane<UserId, MineBySession>(userIds => readMine(db, userIds), bounds)
  const read = (userId: string) => lane.submit(userId as UserId)
  const view = openFreshView({ clock: db.clock, entriesMax: membersMax, readEveryMs: 0, read, isSame })
  db.signals.hear(({ users }) => users.forEach(view.expire), view.expireAll)
  return view
}

async function readMine(db: Database, userIds: readonly UserId[]): Promise<MineBySession[]> {
  const now = db.clock.expression(db.sql)
  const asked = db.sql`any(${[...userIds]}::uuid[])`
  const rows = await db.sql<{ userId: UserId; sessionId: SessionId; mine: Mine }[]>`
    select user_id, session_id, 'waiting' as mine from waitlist_entries where user_id = ${asked} and state = 'waiting'
    union all
    select user_id, session_id, case kind when 'offer' then 'offered' else 'held' end from spot_holds
    where user_id = ${asked} and ended_at is null and (status = 'confirming' or expires_at > ${now})
    union all
    select user_id, session_id, 'booked' from bookings
    where user_id = ${asked} and status in ('confirmed', 'attended') and ends_at > ${now}`
  const found = new Map(userIds.map(userId => [userId, new Map<SessionId, Mine>()]))
  for (const { userId, sessionId, mine } of rows) found.get(userId)?.set(sessionId, mine)
  return userIds.map(userId => found.get(userId) ?? nothing)
}

const nothing: MineBySession = new Map()

const words = new WeakMap<MineBySession, string>()

/** All that a member has, in a word by which their page is known. */
export function ownWords(mine: MineBySession): string {
  if (mine.size === 0) return ''
  let text = words.get(mine)
  if (text === undefined) words.set(mine, (text = Array.from(mine, ([id, what]) => `${id} ${what}`).sort().join(' ')))
  return text
}

function isSame(a: MineBySession, b: MineBySession): boolean {
  return a.size === b.size && [...a].every(([id, mine]) => b.get(id) === mine)
}
