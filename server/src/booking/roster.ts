// Who has a spot in a class, and who waits for one: what staff look at before it starts.
import type { Roster, RosterEntry } from '@fitflow/contract/booking.ts'
import { peopleById } from '../identity/display-names.ts'
import type { SessionId, UserId } from '../platform/ids.ts'
import type { Tx } from '../platform/tx.ts'
import type { ClassSession } from '../schedule/class-sessions.ts'
import type { Headcount } from '../schedule/staff-sessions.ts'
import { maskedEmail } from './masked-email.rule.ts'
import { seenBy } from './seen-clients.ts'
import { readWaitlist } from './waitlist-place.ts'

interface Row {
  id: string
  userId: UserId
  kind: RosterEntry['kind']
  status: string
  since: Temporal.Instant
  expiresAt: Temporal.Instant | null
}

/** What booking knows of a roster; who came is attendance's. */
export type Spotholders = Pick<Roster, 'sessionId' | 'capacity' | 'taken' | 'waiting' | 'waitlist'> & { entries: Omit<RosterEntry, 'checkin'>[] }

/** Bookings, then holds, then offers, each in the order they were made; the address of who is not the actor's own client is masked. */
export async function readSpotholders(tx: Tx, session: ClassSession): Promise<Spotholders> {
  const rows = await spotsOf(tx, session.id)
  const userIds = rows.map(row => row.userId)
  const [people, isSeen] = [await peopleById(tx.sql, userIds), await seenBy(tx, userIds)]
  const entries = rows.map(row => {
    const { name = '', email = '' } = people.get(row.userId) ?? {}
    const expiresAt = row.expiresAt === null ? null : String(row.expiresAt)
    const user = { id: row.userId, name, email: isSeen(row.userId) ? email : maskedEmail(email) }
    return { id: row.id, user, kind: row.kind, status: row.status, since: String(row.since), expiresAt }
  })
  const { items: waitlist } = await readWaitlist(tx, session.id)
  const { capacity, taken, waiting } = session
  return { sessionId: session.id, capacity, taken, waiting, entries, waitlist }
}

function spotsOf({ sql }: Tx, sessionId: SessionId) {
  return sql<Row[]>`
    select id, user_id, 'booking' as kind, status, created_at as since, null::timestamptz as expires_at from bookings
    where session_id = ${sessionId} and status in ('confirmed', 'attended', 'no_show')
    union all
    select id, user_id, case kind when 'offer' then 'offer' else 'hold' end, status, created_at, expires_at from spot_holds
    where session_id = ${sessionId} and status in ('active', 'confirming')
    order by kind, since, id`
}

/** How the spots of these sessions are taken. */
export async function takenBy(sql: Tx['sql'], sessionIds: readonly SessionId[]) {
  const rows = await sql<({ sessionId: SessionId } & Headcount)[]>`
    select session_id, sum(held)::int as held, sum(booked)::int as booked, sum(arrived)::int as arrived, bool_or(ever_booked) as ever_booked from (
      select session_id, 1 as held, 0 as booked, 0 as arrived, false as ever_booked from spot_holds
      where session_id = any(${[...sessionIds]}::uuid[]) and status in ('active', 'confirming')
      union all
      select session_id, 0, (status in ('confirmed', 'attended') or (status = 'no_show' and spot_released_at is null))::int, (status = 'attended')::int, true from bookings
      where session_id = any(${[...sessionIds]}::uuid[])) spots
    group by session_id`
  return new Map(rows.map(row => [row.sessionId, row]))
}
