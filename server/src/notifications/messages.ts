// Rows of messages: written once for each reason, leased by whoever sends them, settled by what became of it.
import type { MessageChannel, MessageState } from '@fitflow/contract/notifications.ts'
import type { BlockId, BookingId, MessageId, SessionId, UserId } from '../platform/ids.ts'
import type { Sql } from '../platform/sql.ts'
import { keptUntil } from './forget.rule.ts'
import type { FactsOf, Had, Language, MessageFacts, MessageKind } from './message-kinds.ts'

export type Skipped = 'preference' | 'outdated' | 'no-address'

export interface Message {
  id: MessageId
  userId: UserId
  kind: MessageKind
  channel: MessageChannel
  /** What it was written for: nobody is told twice for one reason by one way. */
  reason: string
  facts: MessageFacts
  sessionId: SessionId | null
  language: Language
  state: MessageState
  skipped: Skipped | null
  dueAt: Temporal.Instant
  /** Attempts begun, this one among them. */
  attempts: number
  lastError: string | null
  providerReference: string | null
  createdAt: Temporal.Instant
  sentAt: Temporal.Instant | null
}

export const messageColumns = (sql: Sql) => sql`
  m.id, m.user_id, m.kind, m.channel, m.reason, m.facts, m.session_id, m.language, m.state, m.skipped, m.due_at, m.attempts, m.last_error,
  m.provider_reference, m.created_at, m.sent_at`

export type NewMessage = Pick<Message, 'id' | 'userId' | 'kind' | 'channel' | 'reason' | 'facts' | 'sessionId' | 'language' | 'dueAt'>

/** Writes those that were not written before; answers how many. */
export async function insertMessages(sql: Sql, rows: readonly NewMessage[], now: Temporal.Instant): Promise<number> {
  const written = await sql`
    insert into messages (id, user_id, kind, channel, reason, facts, session_id, language, due_at, created_at, forget_at)
    select id, user_id, kind, channel, reason, facts::jsonb, session_id, language, due_at, ${now}, forget_at
    from unnest(${rows.map(row => row.id)}::uuid[], ${rows.map(row => row.userId)}::uuid[], ${rows.map(row => row.kind)}::text[],
      ${rows.map(row => row.channel)}::text[], ${rows.map(row => row.reason)}::text[], ${rows.map(row => JSON.stringify(row.facts))}::text[],
      ${rows.map(row => row.sessionId)}::uuid[], ${rows.map(row => row.language)}::text[], ${rows.map(row => String(row.dueAt))}::timestamptz[],
      ${rows.map(row => String(keptUntil(row.kind, now)))}::timestamptz[])
      as m (id, user_id, kind, channel, reason, facts, session_id, language, due_at, forget_at)
    order by user_id, channel on conflict on constraint messages_once do nothing returning id`
  return written.length
}

/** Which of these reasons somebody was written to for already. */
export async function knownReasons(sql: Sql, reasons: readonly string[]): Promise<Set<string>> {
  const rows = await sql<{ reason: string }[]>`select distinct reason from messages where reason = any(${[...reasons]}::text[])`
  return new Set(rows.map(row => row.reason))
}

/** When each of these people was last told that a class has changed. */
export function changesTold(sql: Sql, sessionIds: readonly SessionId[]) {
  return sql<{ sessionId: SessionId; userId: UserId; toldAt: Temporal.Instant }[]>`
    select session_id, user_id, max(created_at) as told_at from messages
    where session_id = any(${[...sessionIds]}::uuid[]) and kind = 'session-changed' group by session_id, user_id`
}

interface Told {
  userId: UserId
  kind: MessageKind
  state: MessageState
  facts: Pick<FactsOf['booking-confirmed'], 'startsAt' | 'endsAt' | 'trainerName'>
  createdAt: Temporal.Instant
}

/** What each of these people was last told about a class, or is about to be. */
export async function lastTold(sql: Sql, sessionId: SessionId, userIds: readonly UserId[]): Promise<Map<UserId, Told>> {
  const rows = await sql<Told[]>`
    select distinct on (user_id) user_id, kind, state, facts, created_at from messages
    where session_id = ${sessionId} and user_id = any(${[...userIds]}::uuid[]) and skipped is distinct from 'outdated'
    order by user_id, id desc`
  return new Map(rows.map(row => [row.userId, row]))
}

/** Whom this class was called off to, and what they had; whoever heard since that it takes place after all is left out. */
export function calledOffTo(sql: Sql, sessionId: SessionId) {
  return sql<{ userId: UserId; had: Had; bookingId: BookingId | null }[]>`
    select user_id, facts->>'had' as had, (facts->>'bookingId')::uuid as booking_id from (
      select distinct on (user_id) user_id, kind, facts from messages
      where session_id = ${sessionId} and kind in ('session-cancelled', 'session-on-again') order by user_id, id desc) last
    where kind = 'session-cancelled' order by user_id`
}

/** What somebody was really told last about a class, for another reason than this. */
export async function lastSent(sql: Sql, sessionId: SessionId, { userId, reason }: Pick<Message, 'userId' | 'reason'>): Promise<Told['facts'] | undefined> {
  const [row] = await sql<Pick<Told, 'facts'>[]>`
    select facts from messages where session_id = ${sessionId} and user_id = ${userId} and state = 'sent' and reason <> ${reason} order by id desc limit 1`
  return row?.facts
}

/** What somebody was told of a block, or is about to be; sent when it went out by any way. */
export async function toldOfBlock(sql: Sql, userId: UserId, blockId: BlockId): Promise<{ facts: FactsOf['block-began']; isSent: boolean } | undefined> {
  const rows = await sql<{ facts: FactsOf['block-began']; state: MessageState }[]>`
    select facts, state from messages
    where user_id = ${userId} and kind = 'block-began' and facts->>'blockId' = ${blockId} and state <> 'skipped' order by id`
  return rows[0] && { facts: rows[0].facts, isSent: rows.some(row => row.state === 'sent') }
}

/** What waits to say that a class has changed says it too late: it has changed again. Who is sending one just now goes on. Answers what will not be said. */
export function overtakeChanges(sql: Sql, sessionId: SessionId, now: Temporal.Instant) {
  return sql<{ userId: UserId; facts: FactsOf['session-changed'] }[]>`
    update messages set state = 'skipped', skipped = 'outdated'
    where session_id = ${sessionId} and kind = 'session-changed' and state = 'waiting' and (leased_until is null or leased_until <= ${now})
    returning user_id, facts`
}

/** Leases what is due by one way, the first to be due first: no other sender takes these until `until`. */
export function leaseMessages(sql: Sql, of: { channel: MessageChannel; now: Temporal.Instant; until: Temporal.Instant; limit: number }) {
  return sql<Message[]>`
    with picked as materialized (
      select id from messages
      where channel = ${of.channel} and state = 'waiting' and due_at <= ${of.now} and (leased_until is null or leased_until <= ${of.now})
      order by due_at, id limit ${of.limit} for update skip locked)
    update messages m set leased_until = ${of.until}, attempts = m.attempts + 1 from picked where m.id = picked.id
    returning ${messageColumns(sql)}`
}

/** Taken by the other side. Said whoever has the lease by now: it is true. */
export async function markSent(sql: Sql, rows: readonly Pick<Message, 'id'>[], at: { reference: string | null; now: Temporal.Instant }): Promise<void> {
  await sql`
    update messages set state = 'sent', sent_at = ${at.now}, provider_reference = ${at.reference}, leased_until = null, last_error = null
    where id = any(${rows.map(row => row.id)}::uuid[]) and state = 'waiting'`
}

/** Not taken: due again, or failed for good when `dueAt` is null. Only by whoever still has the lease. */
export async function markNotSent(sql: Sql, { id, attempts }: Pick<Message, 'id' | 'attempts'>, why: { error: string; dueAt: Temporal.Instant | null }): Promise<void> {
  const state = why.dueAt === null ? 'failed' : 'waiting'
  await sql`
    update messages set state = ${state}, due_at = coalesce(${why.dueAt}::timestamptz, due_at), last_error = ${why.error.slice(0, 500)}, leased_until = null
    where id = ${id} and state = 'waiting' and attempts = ${attempts}`
}

/**
 * Taken by the other side, which lost it after all; it may say so while its sender has yet to write down that it was taken.
 * Said again, or of a message that was sent again since, it changes nothing.
 */
export async function markLost(sql: Sql, lost: { id: string; reference: string; error: string; now: Temporal.Instant }): Promise<void> {
  await sql`
    update messages set state = 'failed', sent_at = null, leased_until = null, last_error = ${lost.error.slice(0, 500)}, provider_reference = ${lost.reference}
    where id = ${lost.id} and (state = 'sent' and provider_reference = ${lost.reference}
      or state = 'waiting' and leased_until > ${lost.now} and provider_reference is distinct from ${lost.reference})`
}

/** Not to be sent at all, and why. */
export async function markSkipped(sql: Sql, { id, attempts }: Pick<Message, 'id' | 'attempts'>, skipped: Skipped): Promise<void> {
  await sql`
    update messages set state = 'skipped', skipped = ${skipped}, leased_until = null
    where id = ${id} and state = 'waiting' and attempts = ${attempts}`
}

/** What messages say is brought up to date before they go out. */
export async function rewriteFacts(sql: Sql, rows: readonly Pick<Message, 'id' | 'facts'>[]): Promise<void> {
  if (rows.length === 0) return
  await sql`
    update messages m set facts = n.facts::jsonb
    from unnest(${rows.map(row => row.id)}::uuid[], ${rows.map(row => JSON.stringify(row.facts))}::text[]) as n (id, facts)
    where m.id = n.id and m.state = 'waiting'`
}
