// Rows of dated class sessions: how they are locked, and the one way their counts change.
import type { SessionStatus } from '@fitflow/contract/sessions.ts'
import { rowLock } from '../platform/guards.ts'
import type { Fragment, Sql } from '../platform/sql.ts'
import type { AvailabilityId, SeriesId, SessionId, TemplateId, UserId } from '../platform/ids.ts'
import type { Tx } from '../platform/tx.ts'

export interface ClassSession {
  id: SessionId
  templateId: TemplateId
  trainerId: UserId
  startsAt: Temporal.Instant
  endsAt: Temporal.Instant
  capacity: number
  taken: number
  waiting: number
  waitlistLength: number
  status: SessionStatus
  priceCredits: number
  dropInCents: number | null
  kind: 'class' | 'one_to_one'
  seriesId: SeriesId | null
  /** The studio day that its series made it for. */
  occurrenceOn: Temporal.PlainDate | null
  /** The availability that it is a slot of: it lives as long as somebody is in it. */
  availabilityId: AvailabilityId | null
  /** Staff have paused its waitlist: no joins, no offers. */
  waitlistPaused: boolean
  /** Null for a draft, also for one that was cancelled: nobody but staff ever saw it. */
  publishedAt: Temporal.Instant | null
  version: number
}

/** What happened to one session's spots in a transaction: differences, not totals. */
export interface CountChange {
  sessionId: SessionId
  taken: number
  waiting: number
  waitlistLength: number
}

/** A session to be made: nothing is taken in it yet. A class of no series, unless it says so. */
export interface UnbornSession
  extends Omit<ClassSession, 'taken' | 'waiting' | 'waitlistLength' | 'waitlistPaused' | 'publishedAt' | 'version' | 'kind' | 'seriesId' | 'occurrenceOn' | 'availabilityId'> {
  capacityOverridden: boolean
  trainerOverridden: boolean
  kind?: ClassSession['kind']
  series?: { id: SeriesId; occurrenceOn: Temporal.PlainDate }
  availabilityId?: AvailabilityId
}

export const sessionColumns = (sql: Sql) => sql`
  id, template_id, trainer_id, starts_at, ends_at, capacity, taken, waiting, waitlist_length, status,
  price_credits, drop_in_cents, kind, series_id, occurrence_on, availability_id, waitlist_paused, published_at, version`

/** Locks the rows in ascending order: everything decided about a session's spots is decided under this lock. Who only refers to a session, as messages do, need not wait for it. */
export function lockSessions(sql: Sql, ids: readonly SessionId[]) {
  return sql<ClassSession[]>`
    select ${sessionColumns(sql)} from class_sessions where id = any(${[...ids]}::uuid[]) order by id ${rowLock(sql, 'for no key update')}`
}

/** The same rows, unlocked: good enough to refuse, never to admit. */
export function readSessions(sql: Sql, ids: readonly SessionId[]) {
  return sql<ClassSession[]>`
    select ${sessionColumns(sql)} from class_sessions where id = any(${[...ids]}::uuid[])`
}

/** Sessions that began by then and still have a queue, the earliest first. Served by `class_sessions_waited_for`. */
export async function waitedForSince(sql: Sql, startedAt: Temporal.Instant, limit: number): Promise<SessionId[]> {
  const rows = await sql<{ id: SessionId }[]>`
    select id from class_sessions where waitlist_length > 0 and starts_at <= ${startedAt} order by starts_at limit ${limit}`
  return rows.map(row => row.id)
}

/** The only statement that changes the counts; each changed session's version goes up by one. */
export function changeCounts(sql: Sql, changes: readonly CountChange[]) {
  return sql`
    update class_sessions s set taken = s.taken + c.taken, waiting = s.waiting + c.waiting,
      waitlist_length = s.waitlist_length + c.waitlist_length, version = s.version + 1
    from unnest(${changes.map(change => change.sessionId)}::uuid[], ${changes.map(change => change.taken)}::int[],
      ${changes.map(change => change.waiting)}::int[], ${changes.map(change => change.waitlistLength)}::int[])
      as c (id, taken, waiting, waitlist_length)
    where s.id = c.id`
}

/** Makes the session, unless its trainer teaches another live one then: undefined. */
export async function insertSession(tx: Pick<Tx, 'sql' | 'now'>, session: UnbornSession): Promise<ClassSession | undefined> {
  const { id, templateId, trainerId, startsAt, endsAt, capacity, status, priceCredits, dropInCents } = session
  const publishedAt = status === 'draft' ? null : tx.now
  const [row] = await tx.sql<ClassSession[]>`
    insert into class_sessions (id, template_id, trainer_id, starts_at, ends_at, capacity, status, price_credits, drop_in_cents,
      capacity_overridden, trainer_overridden, kind, series_id, occurrence_on, availability_id, published_at, created_at)
    values (${id}, ${templateId}, ${trainerId}, ${startsAt}, ${endsAt}, ${capacity}, ${status}, ${priceCredits}, ${dropInCents},
      ${session.capacityOverridden}, ${session.trainerOverridden}, ${session.kind ?? 'class'}, ${session.series?.id ?? null},
      ${session.series?.occurrenceOn.toString() ?? null}::date, ${session.availabilityId ?? null}, ${publishedAt}, ${tx.now})
    on conflict do nothing
    returning ${sessionColumns(tx.sql)}`
  return row
}

/** Published sessions that start within so many hours after an instant. Served by `class_sessions_moving`. */
export function sessionsStarting(sql: Sql, { after, hours }: { after: Fragment; hours: number }) {
  return sql<Pick<ClassSession, 'id'>[]>`
    select id from class_sessions
    where status = 'published' and starts_at > ${after} and starts_at <= ${after} + ${hours} * interval '1 hour'`
}
