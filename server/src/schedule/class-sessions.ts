// Rows of dated class sessions: how they are locked, and the one way their counts change.
import type { SessionStatus } from '@fitflow/contract/sessions.ts'
import { rowLock } from '../platform/guards.ts'
import type { Sql } from '../platform/sql.ts'
import type { SessionId, TemplateId, UserId } from '../platform/ids.ts'
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
  version: number
}

/** What happened to one session's spots in a transaction: differences, not totals. */
export interface CountChange {
  sessionId: SessionId
  taken: number
  waiting: number
  waitlistLength: number
}

/** A session to be made: nothing is taken in it yet. */
export interface UnbornSession extends Omit<ClassSession, 'taken' | 'waiting' | 'waitlistLength' | 'version'> {
  capacityOverridden: boolean
  trainerOverridden: boolean
}

export const sessionColumns = (sql: Sql) => sql`
  id, template_id, trainer_id, starts_at, ends_at, capacity, taken, waiting, waitlist_length, status,
  price_credits, drop_in_cents, version`

/** Locks the rows in ascending order: everything decided about a session's spots is decided under this lock. */
export function lockSessions(sql: Sql, ids: readonly SessionId[]) {
  return sql<ClassSession[]>`
    select ${sessionColumns(sql)} from class_sessions where id = any(${[...ids]}::uuid[]) order by id ${rowLock(sql, 'for update')}`
}

/** The same rows, unlocked: good enough to refuse, never to admit. */
export function readSessions(sql: Sql, ids: readonly SessionId[]) {
  return sql<ClassSession[]>`
    select ${sessionColumns(sql)} from class_sessions where id = any(${[...ids]}::uuid[])`
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
      capacity_overridden, trainer_overridden, published_at, created_at)
    values (${id}, ${templateId}, ${trainerId}, ${startsAt}, ${endsAt}, ${capacity}, ${status}, ${priceCredits}, ${dropInCents},
      ${session.capacityOverridden}, ${session.trainerOverridden}, ${publishedAt}, ${tx.now})
    on conflict do nothing
    returning ${sessionColumns(tx.sql)}`
  return row
}
