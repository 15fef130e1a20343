// When the studio is shut: rows of closures, and what lies inside them.
import type { Closure as WireClosure, ClosureQuery } from '@fitflow/contract/closures.ts'
import { Id, Instant, type Page } from '@fitflow/contract/scalars.ts'
import Type from 'typebox'
import type { ClosureId, SessionId } from '../platform/ids.ts'
import { openKeyset, pageSize } from '../platform/keyset.ts'
import { clockWords, dayWords, momentWords } from '../platform/moment-words.ts'
import { Problem } from '../platform/problem.ts'
import type { Fragment, Sql } from '../platform/sql.ts'
import type { Tx } from '../platform/tx.ts'
import { settingsNow } from './settings.ts'
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

type Time = Pick<Closure, 'startsAt' | 'endsAt'>

/** The closures in force that any of these times may fall into: one statement, whatever their number. */
export async function closuresAround(sql: Sql, times: readonly Time[]): Promise<Closure[]> {
  const [first, ...others] = times
  if (!first) return []
  const from = others.reduce((least, { startsAt }) => (Temporal.Instant.compare(startsAt, least) < 0 ? startsAt : least), first.startsAt)
  const to = others.reduce((most, { endsAt }) => (Temporal.Instant.compare(endsAt, most) > 0 ? endsAt : most), first.endsAt)
  return closuresWithin(sql, { from, to })
}

/**
 * Throws `studio-closed`, naming the closure, when a session would be held at a time that falls into one. Asked by whoever makes,
 * moves or publishes a session, always under SERIALIZABLE: of it and a closure that is made at the same instant one begins anew.
 */
export async function refuseClosed({ sql, now }: Pick<Tx, 'sql' | 'now'>, times: readonly Time[]): Promise<void> {
  const closures = await closuresAround(sql, times)
  const closed = times.flatMap(time => closedBy(closures, time) ?? [])[0]
  if (closed) throw await studioClosed({ sql, now }, closed, { already: '', way: 'Choose another time, or have the closure lifted first.' })
}

/** Throws `studio-closed` when one closure in force covers the whole span: a second one would close nothing, and lifting it open nothing. */
export async function refuseClosedAlready({ sql, now }: Pick<Tx, 'sql' | 'now'>, { from, to }: Span): Promise<void> {
  const covering = (await closuresWithin(sql, { from, to })).find(
    ({ startsAt, endsAt }) => Temporal.Instant.compare(startsAt, from) <= 0 && Temporal.Instant.compare(to, endsAt) <= 0,
  )
  if (covering) throw await studioClosed({ sql, now }, covering, { already: ' already', way: 'To close for another reason, lift that closure first.' })
}

async function studioClosed({ sql, now }: Pick<Tx, 'sql' | 'now'>, closure: Closure, words: { already: string; way: string }): Promise<Problem> {
  const { timeZone } = await settingsNow({ sql, now })
  const detail = `The studio is closed then${words.already}: ${closureWords(closure, timeZone)}. ${words.way}`
  return new Problem('studio-closed', detail, { closure: toWireClosure(closure) })
}

/** "“Public holiday”, 24 December 2026 to 26 December 2026", or with its hours where it is not of whole days. */
function closureWords({ startsAt, endsAt, reason }: Pick<Closure, 'startsAt' | 'endsAt' | 'reason'>, timeZone: string): string {
  const [from, to] = [startsAt.toZonedDateTimeISO(timeZone), endsAt.toZonedDateTimeISO(timeZone)]
  const isWhole = [from, to].every(at => at.equals(at.startOfDay()))
  if (!isWhole && from.toPlainDate().equals(to.toPlainDate())) return `“${reason}”, ${clockWords(from)} to ${momentWords(endsAt, timeZone)}`
  if (!isWhole) return `“${reason}”, ${momentWords(startsAt, timeZone)} to ${momentWords(endsAt, timeZone)}`
  const [first, last] = [from, to.subtract({ days: 1 })].map(at => dayWords(at)) as [string, string]
  return `“${reason}”, ${first === last ? first : `${first} to ${last}`}`
}

/** The closure that something falls into, if one does: they overlap by any moment. */
export function closedBy<Closed extends Time>(closures: readonly Closed[], time: Time): Closed | undefined {
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
