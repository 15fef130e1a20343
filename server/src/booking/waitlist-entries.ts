// Rows of the waitlist: the queue of a session, and how an entry moves through it.
import type { Sql } from '../platform/sql.ts'
import type { EntryId, HoldId, SessionId, UserId } from '../platform/ids.ts'

export interface WaitlistEntry {
  id: EntryId
  sessionId: SessionId
  userId: UserId
  state: 'waiting' | 'offered' | 'accepted' | 'declined' | 'left' | 'expired' | 'closed'
  passedOverReason: string | null
  holdId: HoldId | null
  offersExpired: number
  createdAt: Temporal.Instant
}

const columns = (sql: Sql) => sql`id, session_id, user_id, state, passed_over_reason, hold_id, offers_expired, created_at`

/** The live entry of each (member, session) pair. */
export function liveEntries(sql: Sql, pairs: readonly { sessionId: SessionId; userId: UserId }[]) {
  return sql<WaitlistEntry[]>`
    select e.id, e.session_id, e.user_id, e.state, e.passed_over_reason, e.hold_id, e.offers_expired, e.created_at
    from unnest(${pairs.map(pair => pair.sessionId)}::uuid[], ${pairs.map(pair => pair.userId)}::uuid[])
      as p (session_id, user_id)
    join waitlist_entries e on e.session_id = p.session_id and e.user_id = p.user_id and e.state in ('waiting', 'offered')`
}

/** The entries that live offers belong to. */
export function entriesOfHolds(sql: Sql, holdIds: readonly HoldId[]) {
  return sql<WaitlistEntry[]>`
    select ${columns(sql)} from waitlist_entries where hold_id = any(${[...holdIds]}::uuid[]) and state = 'offered'`
}

/** An entry in its queue; `rank` is numeric text, exact to whatever staff split it into. */
export interface QueuedEntry extends WaitlistEntry {
  rank: string
}

/** The next entries of a session in order, passed over or not, behind the one given. */
export function queueAfter(sql: Sql, of: { sessionId: SessionId; after: QueuedEntry | undefined; limit: number }) {
  const from = of.after ? sql`and (rank, id) > (${of.after.rank}::numeric, ${of.after.id}::uuid)` : sql``
  return sql<QueuedEntry[]>`
    select ${columns(sql)}, rank from waitlist_entries
    where session_id = ${of.sessionId} and state = 'waiting' ${from} order by rank, id limit ${of.limit}`
}

/** Whose entries somewhere were passed over: a reason of theirs may just have gone. */
export function passedOverEntriesOf(sql: Sql, userIds: readonly UserId[]) {
  return sql<Pick<WaitlistEntry, 'sessionId' | 'userId'>[]>`
    select session_id, user_id from waitlist_entries
    where user_id = any(${[...userIds]}::uuid[]) and state = 'waiting' and passed_over_reason is not null`
}

/** The place of each of these entries in its queue, from 1. */
export function positionsOf(sql: Sql, ids: readonly EntryId[]) {
  return sql<{ id: EntryId; position: number }[]>`
    select e.id, (select count(*)::int from waitlist_entries o
      where o.session_id = e.session_id and o.state = 'waiting' and (o.rank, o.id) <= (e.rank, e.id)) as position
    from waitlist_entries e where e.id = any(${[...ids]}::uuid[]) and e.state = 'waiting'`
}

/** Puts somebody at the end of the queue. */
export function insertEntry(sql: Sql, entry: WaitlistEntry) {
  return sql`
    insert into waitlist_entries (id, session_id, user_id, rank, state, created_at)
    values (${entry.id}, ${entry.sessionId}, ${entry.userId}, extract(epoch from ${entry.createdAt}::timestamptz),
      ${entry.state}, ${entry.createdAt})`
}

type End = 'accepted' | 'declined' | 'left' | 'expired' | 'closed'

/** Ends live entries for good; which are live is said by `ended_at`, as in `endHolds`. */
export function endEntries(sql: Sql, ended: { ids: readonly EntryId[]; state: End; now: Temporal.Instant }) {
  return sql`
    update waitlist_entries set state = ${ended.state}, passed_over_reason = null, ended_at = ${ended.now}
    where id = any(${[...ended.ids]}::uuid[]) and ended_at is null`
}

/** Puts entries whose offer ran out at the end of the queue. */
export function requeueEntries(sql: Sql, ids: readonly EntryId[], now: Temporal.Instant) {
  return sql`
    update waitlist_entries set state = 'waiting', hold_id = null, offers_expired = offers_expired + 1,
      rank = extract(epoch from ${now}::timestamptz)
    where id = any(${[...ids]}::uuid[]) and state = 'offered'`
}

/** Gives entries their offers. */
export function offerEntries(sql: Sql, offers: readonly { entryId: EntryId; holdId: HoldId }[]) {
  return sql`
    update waitlist_entries e set state = 'offered', passed_over_reason = null, hold_id = o.hold_id
    from unnest(${offers.map(offer => offer.entryId)}::uuid[], ${offers.map(offer => offer.holdId)}::uuid[])
      as o (entry_id, hold_id)
    where e.id = o.entry_id and e.state = 'waiting'`
}

/** Writes why entries were passed over, or that the reason has gone. */
export function passOverEntries(sql: Sql, reasons: readonly { entryId: EntryId; reason: string | null }[]) {
  return sql`
    update waitlist_entries e set passed_over_reason = r.reason
    from unnest(${reasons.map(one => one.entryId)}::uuid[], ${reasons.map(one => one.reason)}::text[])
      as r (entry_id, reason)
    where e.id = r.entry_id and e.state = 'waiting'`
}

/** Every live entry of one member. */
export function liveEntriesOf(sql: Sql, userId: UserId) {
  return sql<WaitlistEntry[]>`
    select ${columns(sql)} from waitlist_entries where user_id = ${userId} and state in ('waiting', 'offered')`
}

/** Every live entry of a session: offers first, then the queue in order. */
export function entriesInOrder(sql: Sql, sessionId: SessionId) {
  return sql<WaitlistEntry[]>`
    select ${columns(sql)} from waitlist_entries
    where session_id = ${sessionId} and state in ('waiting', 'offered') order by state, rank, id`
}
