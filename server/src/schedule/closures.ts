// When the studio is shut: rows of closures, and what lies inside them.
import type { Closure as WireClosure, ClosureQuery } from '@fitflow/contract/closures.ts'
import { Id, Instant, type Page } from '@fitflow/contract/scalars.ts'
import Type from 'typebox'
import type { ClosureId, SessionId } from '../platform/ids.ts'
import { openKeyset, pageSize } from '../platform/keyset.ts'
import { Problem } from '../platform/problem.ts'
import type { Fragment, Sql } from '../platform/sql.ts'
import type { Tx } from '../platform/tx.ts'
import type { Span } from './studio-days.rule.ts'

export interface Closure {
  id: ClosureId
  startsAt: Temporal.Instant
  endsAt: Temporal.Instant
  reason: string
  liftedAt: Temporal.Instant | null
}

/** Closures in force that overlap a span. */
export function closuresWithin(sql: Sql, { from, to }: Span) {
  return sql<Closure[]>`
    select id, starts_at, ends_at, reason, lifted_at from closures
    where lifted_at is null and ends_at > ${from} and starts_at < ${to} order by starts_at, id`
}

/** The closure that something falls into, if one does: they overlap by any moment. */
export function closedBy<Closed extends Pick<Closure, 'startsAt' | 'endsAt'>>(
  closures: readonly Closed[],
  time: { startsAt: Temporal.Instant; endsAt: Temporal.Instant },
): Closed | undefined {
  return closures.find(
    closure => Temporal.Instant.compare(closure.startsAt, time.endsAt) < 0 && Temporal.Instant.compare(time.startsAt, closure.endsAt) < 0,
  )
}

/** What a closure would end: every session that overlaps it and is not over, drafts among them, in the order of their locks. */
export async function livesWithin(sql: Sql, { from, to }: Span, now: Fragment): Promise<SessionId[]> {
  const rows = await sql<{ id: SessionId }[]>`
    select id from class_sessions
    where status in ('draft', 'published', 'in_progress') and starts_at < ${to} and starts_at > ${from}::timestamptz - interval '1 day'
      and ends_at > ${from} and ends_at > ${now}
    order by id`
  return rows.map(row => row.id)
}

/** Shuts the studio for that time. */
export async function insertClosure(tx: Tx, { from, to, reason, cancelled }: Span & { reason: string; cancelled: number }): Promise<Closure> {
  const [closure] = await tx.sql<[Closure]>`
    insert into closures (starts_at, ends_at, reason, created_by, created_at)
    values (${from}, ${to}, ${reason}, ${tx.actor.userId}, ${tx.now}) returning id, starts_at, ends_at, reason, lifted_at`
  tx.audit({ entityType: 'closure', entityId: closure.id, action: 'closed', details: { from: String(from), to: String(to), reason, cancelled } })
  return closure
}

/** Takes a closure back: classes are made there again; what it cancelled stays so until staff publish it. Throws `not-found`. */
export async function liftClosure(tx: Tx, id: ClosureId): Promise<Closure> {
  const [closure] = await tx.sql<Closure[]>`
    update closures set lifted_at = coalesce(lifted_at, ${tx.now}) where id = ${id} returning id, starts_at, ends_at, reason, lifted_at`
  if (!closure) throw new Problem('not-found', 'There is no such closure.')
  tx.audit({ entityType: 'closure', entityId: id, action: 'lifted', details: { reason: closure.reason } })
  return closure
}

const byStart = openKeyset<[string, string]>(Type.Tuple([Instant, Id]))

/** Those in force and not over, the next first; or with `past` the others. */
export async function listClosures({ sql, now }: Pick<Tx, 'sql' | 'now'>, query: ClosureQuery): Promise<Page<WireClosure>> {
  const limit = query.limit ?? pageSize
  const after = byStart.read(query.cursor)
  const rows = await sql<Closure[]>`
    select id, starts_at, ends_at, reason, lifted_at from closures
    where (lifted_at is not null or ends_at <= ${now}) = ${query.past ?? false}
      ${after ? sql`and (starts_at, id) > (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
    order by starts_at, id limit ${limit + 1}`
  const page = byStart.page(rows, limit, closure => [String(closure.startsAt), closure.id])
  return { ...page, items: page.items.map(toWireClosure) }
}

/** A closure as it crosses the wire. */
export function toWireClosure({ id, startsAt, endsAt, reason, liftedAt }: Closure): WireClosure {
  return { id, startsAt: String(startsAt), endsAt: String(endsAt), reason, liftedAt: liftedAt === null ? null : String(liftedAt) }
}
