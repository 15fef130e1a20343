// Rows of spot holds: the questions several use cases ask, and how a hold looks on the wire.
import type { Hold, HoldKind } from '@fitflow/contract/booking.ts'
import { toWireQuote, type QuotedOption } from '../credits/quote.rule.ts'
import type { Fragment, Sql } from '../platform/sql.ts'
import type { HoldId, SessionId, UserId } from '../platform/ids.ts'
import { instantText } from '../platform/instant-text.ts'

export interface SpotHold {
  id: HoldId
  sessionId: SessionId
  userId: UserId
  kind: HoldKind
  status: 'active' | 'confirming' | 'confirmed' | 'released' | 'expired'
  expiresAt: Temporal.Instant
  quote: QuotedOption[]
  settingsVersion: number
  startsAt: Temporal.Instant
  endsAt: Temporal.Instant
  createdAt: Temporal.Instant
  /** When somebody is told of an offer that was made in quiet hours; null at once. */
  tellAt?: Temporal.Instant | null
}

const columns = (sql: Sql) =>
  sql`id, session_id, user_id, kind, status, expires_at, quote, settings_version, starts_at, ends_at, created_at, tell_at`

/** Holds by id, unlocked: their session's lock is what protects them. */
export function holdsById(sql: Sql, ids: readonly HoldId[]) {
  return sql<SpotHold[]>`select ${columns(sql)} from spot_holds where id = any(${[...ids]}::uuid[])`
}

/** Every hold of these members that is live by its status, wherever it is; whether it ran out is the clock's to say. Served by `spot_holds_live_user` alone, whatever the statistics say. */
export function liveHoldsOf(sql: Sql, userIds: readonly UserId[]) {
  return sql<SpotHold[]>`
    select ${columns(sql)} from spot_holds
    where user_id = any(${[...userIds]}::uuid[]) and ended_at is null`
}

/** Every hold of these sessions that is live by its status, in the order they were made. */
export function liveHoldsIn(sql: Sql, sessionIds: readonly SessionId[]) {
  return sql<SpotHold[]>`
    select ${columns(sql)} from spot_holds
    where session_id = any(${[...sessionIds]}::uuid[]) and status in ('active', 'confirming') order by created_at, id`
}

/** When each session's next public hold runs out, for those that have one beyond `now`. */
export function nextReleases(sql: Sql, sessionIds: readonly SessionId[], now: Fragment) {
  return sql<{ sessionId: SessionId; nextReleaseAt: Temporal.Instant }[]>`
    select session_id, min(expires_at) as next_release_at from spot_holds
    where session_id = any(${[...sessionIds]}::uuid[]) and status in ('active', 'confirming') and kind = 'public'
      and expires_at > ${now}
    group by session_id`
}

/** Writes new holds. */
export function insertHolds(sql: Sql, holds: readonly SpotHold[]) {
  return sql`
    insert into spot_holds
      (id, session_id, user_id, kind, status, expires_at, quote, settings_version, starts_at, ends_at, created_at, tell_at)
    select id, session_id, user_id, kind, status, expires_at, quote::jsonb, settings_version, starts_at, ends_at, created_at, tell_at
    from unnest(${holds.map(hold => hold.id)}::uuid[], ${holds.map(hold => hold.sessionId)}::uuid[],
      ${holds.map(hold => hold.userId)}::uuid[], ${holds.map(hold => hold.kind)}::text[],
      ${holds.map(hold => hold.status)}::text[], ${holds.map(hold => instantText(hold.expiresAt))}::timestamptz[],
      ${holds.map(hold => JSON.stringify(hold.quote))}::text[], ${holds.map(hold => hold.settingsVersion)}::int[],
      ${holds.map(hold => instantText(hold.startsAt))}::timestamptz[], ${holds.map(hold => instantText(hold.endsAt))}::timestamptz[],
      ${holds.map(hold => instantText(hold.createdAt))}::timestamptz[],
      ${holds.map(hold => (hold.tellAt ? instantText(hold.tellAt) : null))}::timestamptz[])
      as h (id, session_id, user_id, kind, status, expires_at, quote, settings_version, starts_at, ends_at, created_at, tell_at)`
}

/**
 * Ends live holds: each ends once, because only live ones are touched and their sessions are locked.
 * Live is said by what it is not: in words that fit an index of live holds the planner would rather read all of them than look up these few.
 */
export function endHolds(sql: Sql, ended: { ids: readonly HoldId[]; status: 'confirmed' | 'released' | 'expired'; now: Temporal.Instant }) {
  return sql`
    update spot_holds set status = ${ended.status}, ended_at = ${ended.now}
    where id = any(${[...ended.ids]}::uuid[]) and status not in ('confirmed', 'released', 'expired')`
}

/** A hold on the wire. */
export function toWireHold(hold: SpotHold): Hold {
  return {
    id: hold.id,
    sessionId: hold.sessionId,
    kind: hold.kind,
    status: hold.status,
    expiresAt: instantText(hold.expiresAt),
    createdAt: instantText(hold.createdAt),
    quote: { options: toWireQuote(hold.quote) },
  }
}

export interface MovedHolds extends Pick<SpotHold, 'sessionId' | 'startsAt' | 'endsAt'> {
  /** The close of booking after the move: a public hold never outlasts it, and an offer not the start. */
  closesAt: Temporal.Instant
}

/** Live holds keep the time of their session. */
export function moveHolds(sql: Sql, sessions: readonly MovedHolds[]) {
  return sql`
    update spot_holds h set starts_at = m.starts_at, ends_at = m.ends_at,
      expires_at = least(h.expires_at, case h.kind when 'public' then m.closes_at else m.starts_at end)
    from unnest(${sessions.map(one => one.sessionId)}::uuid[], ${sessions.map(one => String(one.startsAt))}::timestamptz[],
      ${sessions.map(one => String(one.endsAt))}::timestamptz[], ${sessions.map(one => String(one.closesAt))}::timestamptz[])
      as m (session_id, starts_at, ends_at, closes_at)
    where h.session_id = m.session_id and h.status in ('active', 'confirming')`
}

// A hold lives an hour at most, only an offer longer: by when it was made it is found without an index of its own.
const heldHoursMax = 2

/** Holds of this session that were given up at exactly this instant. */
export function releasedAt(sql: Sql, sessionId: SessionId, at: Temporal.Instant) {
  return sql<{ id: HoldId; userId: UserId; endedAt: Temporal.Instant }[]>`
    select id, user_id, ended_at from spot_holds
    where created_at > ${at.subtract({ hours: heldHoursMax })} and created_at <= ${at} and session_id = ${sessionId} and status = 'released' and ended_at = ${at}`
}
