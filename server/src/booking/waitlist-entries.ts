// Rows of the waitlist: the queue of a session, and how an entry moves through it.
import type { Fragment, Sql } from '../platform/sql.ts'
import type { EntryId, HoldId, SessionId, TemplateId, UserId } from '../platform/ids.ts'

export interface WaitlistEntry {
  id: EntryId
  sessionId: SessionId
  templateId: TemplateId
  userId: UserId
  state: 'waiting' | 'offered' | 'accepted' | 'declined' | 'left' | 'expired' | 'closed'
  passedOverReason: string | null
  holdId: HoldId | null
  offersExpired: number
  /** Whoever may be asleep is asked again from then; null when they are awake. */
  asleepUntil: Temporal.Instant | null
  createdAt: Temporal.Instant
}

/** Why an entry is passed over whose member may be asleep. */
export const asleep = 'quiet-hours'

/** Whether somebody may be asked now: nobody is, who slept through an offer, before the morning. */
export function isAwake({ passedOverReason, asleepUntil }: Pick<WaitlistEntry, 'passedOverReason' | 'asleepUntil'>, now: Temporal.Instant): boolean {
  return passedOverReason !== asleep || asleepUntil === null || Temporal.Instant.compare(asleepUntil, now) <= 0
}

const columns = (sql: Sql) => sql`
  id, session_id, template_id, user_id, state, passed_over_reason, hold_id, offers_expired, asleep_until, created_at`

/** The live entry of each (member, session) pair. */
export function liveEntries(sql: Sql, pairs: readonly { sessionId: SessionId; userId: UserId }[]) {
  return sql<WaitlistEntry[]>`
    select e.id, e.session_id, e.template_id, e.user_id, e.state, e.passed_over_reason, e.hold_id, e.offers_expired,
      e.asleep_until, e.created_at
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

/** Puts somebody at the end of the queue of a session of this template, at this place. */
export function insertEntry(sql: Sql, entry: Omit<WaitlistEntry, 'asleepUntil'>, position: number) {
  return sql`
    insert into waitlist_entries (id, session_id, template_id, user_id, rank, state, joined_position, created_at)
    values (${entry.id}, ${entry.sessionId}, ${entry.templateId}, ${entry.userId}, extract(epoch from ${entry.createdAt}::timestamptz),
      ${entry.state}, ${position}, ${entry.createdAt})`
}

type End = 'accepted' | 'declined' | 'left' | 'expired' | 'closed'

/** Ends live entries for good; which are live is said by `ended_at`, which no index of live ones fits (see `endHolds`). */
export function endEntries(sql: Sql, ended: { ids: readonly EntryId[]; state: End; now: Temporal.Instant }) {
  return sql`
    update waitlist_entries set state = ${ended.state}, passed_over_reason = null, asleep_until = null, ended_at = ${ended.now}
    where id = any(${[...ended.ids]}::uuid[]) and ended_at is null`
}

/** Puts entries whose offer ran out at the end of the queue. */
export function requeueEntries(sql: Sql, ids: readonly EntryId[], now: Temporal.Instant) {
  return sql`
    update waitlist_entries set state = 'waiting', hold_id = null, offers_expired = offers_expired + 1,
      rank = extract(epoch from ${now}::timestamptz)
    where id = any(${[...ids]}::uuid[]) and state = 'offered'`
}

// Whoever slept through an offer sits this one out, at least for as long as the next in line takes to be asked.
const nextTurnSeconds = 60

/** Leaves entries whose offer ran out in the night where they were in the queue, to be asked again once they are awake. */
export function letSleep(sql: Sql, ids: readonly EntryId[], now: Temporal.Instant) {
  return sql`
    update waitlist_entries set state = 'waiting', hold_id = null, passed_over_reason = ${asleep},
      asleep_until = greatest(asleep_until, ${now.add({ seconds: nextTurnSeconds })}::timestamptz)
    where id = any(${[...ids]}::uuid[]) and state = 'offered'`
}

/** Gives entries their offers; one who may be asleep has the end of the night with it. */
export function offerEntries(sql: Sql, offers: readonly { entryId: EntryId; holdId: HoldId; asleepUntil: Temporal.Instant | null }[]) {
  return sql`
    update waitlist_entries e set state = 'offered', passed_over_reason = null, hold_id = o.hold_id, asleep_until = o.asleep_until
    from unnest(${offers.map(offer => offer.entryId)}::uuid[], ${offers.map(offer => offer.holdId)}::uuid[],
      ${offers.map(offer => (offer.asleepUntil === null ? null : String(offer.asleepUntil)))}::timestamptz[])
      as o (entry_id, hold_id, asleep_until)
    where e.id = o.entry_id and e.state = 'waiting'`
}

/** Writes why entries were passed over, or that the reason has gone. */
export function passOverEntries(sql: Sql, reasons: readonly { entryId: EntryId; reason: string | null }[]) {
  return sql`
    update waitlist_entries e set passed_over_reason = r.reason, asleep_until = null
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

/** Every live entry of these sessions, offers first, then each queue in order. */
export function liveEntriesIn(sql: Sql, sessionIds: readonly SessionId[]) {
  return sql<WaitlistEntry[]>`
    select ${columns(sql)} from waitlist_entries
    where session_id = any(${[...sessionIds]}::uuid[]) and state in ('waiting', 'offered') order by session_id, state, rank, id`
}

/** Puts entries back to where they were in the queue, because the spot they were offered cannot be theirs now. */
export function withdrawOffers(sql: Sql, ids: readonly EntryId[], reason: string) {
  return sql`
    update waitlist_entries set state = 'waiting', hold_id = null, passed_over_reason = ${reason}
    where id = any(${[...ids]}::uuid[]) and state = 'offered'`
}

/** Whose night is over: up to so many sessions, each with those who wake there. */
export function wokenEntries(sql: Sql, now: Fragment, sessionsMax: number) {
  return sql<{ sessionId: SessionId; userIds: UserId[] }[]>`
    select session_id, array_agg(user_id) as user_ids from waitlist_entries
    where state = 'waiting' and asleep_until is not null and asleep_until <= ${now}
    group by session_id order by min(asleep_until) limit ${sessionsMax}`
}

/** Those who woke in a session are asleep no longer, whatever became of them. */
export function wakeEntries(sql: Sql, sessionId: SessionId, now: Temporal.Instant) {
  return sql`
    update waitlist_entries set asleep_until = null
    where session_id = ${sessionId} and state = 'waiting' and asleep_until <= ${now}`
}

/** Entries by id, unlocked: their session's lock is what protects them. */
export function entriesById(sql: Sql, ids: readonly EntryId[]) {
  return sql<WaitlistEntry[]>`select ${columns(sql)} from waitlist_entries where id = any(${[...ids]}::uuid[])`
}

/**
 * Puts an entry before another of its queue, or at the end: its rank falls between those of its new neighbours. Half of a
 * numeric is exact, so there is always room; only where two share a rank the queue is numbered anew, a nanosecond apart.
 */
export async function moveEntry(sql: Sql, { sessionId, id, before }: { sessionId: SessionId; id: EntryId; before: EntryId | null }) {
  const queue = sql`select id, rank from waitlist_entries where session_id = ${sessionId} and state = 'waiting'`
  await sql`
    with queue as (${queue}), placed as (
      select id, (select min(rank) from queue) + row_number() over (order by rank, id) * 0.000000001 as rank from queue)
    update waitlist_entries e set rank = p.rank from placed p
    where e.id = p.id and (select count(*) <> count(distinct rank) from queue)`
  await sql`
    with others as (select * from (${queue}) q where id <> ${id}),
      bounds as (select (select rank from others where id = ${before}) as upper),
      neighbours as (select upper, (select max(rank) from others where upper is null or rank < upper) as lower from bounds)
    update waitlist_entries set rank = (
      select case when upper is null then coalesce(lower + 0.000001, rank) when lower is null then upper - 1
        else (lower + upper) * 0.5 end from neighbours)
    where id = ${id}`
}

/** Places in this session's queue that the studio, or its start, ended. */
export function closedEntriesIn(sql: Sql, sessionId: SessionId) {
  return sql<{ id: EntryId; userId: UserId; endedAt: Temporal.Instant }[]>`
    select id, user_id, ended_at from waitlist_entries where session_id = ${sessionId} and state = 'closed'`
}
