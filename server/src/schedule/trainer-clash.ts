// A trainer is in one place at a time: asked under the trainer's lock before a session goes live, with the exclusion constraint as the last wall.
import type { InTheWay } from '@fitflow/contract/series.ts'
import { lockMembers } from '../identity/lock-members.ts'
import { teaches } from '../identity/trainers.ts'
import type { Sql } from '../platform/sql.ts'
import type { SessionId, UserId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import type { Tx } from '../platform/tx.ts'
import type { ClassSession } from './class-sessions.ts'

type Placed = Pick<ClassSession, 'id' | 'trainerId' | 'startsAt' | 'endsAt'>

type By = Pick<Tx, 'sql' | 'actor'>

/** What keeps a trainer from a class, said to them or of them. */
export function busyWords(isActor: boolean) {
  return isActor ? { teaches: 'You already teach', takesPart: 'You have a spot in' } : { teaches: 'The trainer already teaches', takesPart: 'The trainer has a spot in' }
}

/** Whether the exclusion constraint looks at a session in this state. */
export function isLive({ status }: Pick<ClassSession, 'status'>): boolean {
  return status === 'published' || status === 'in_progress'
}

/**
 * Throws `trainer-busy`, naming the other live session of this trainer that overlaps. Takes the trainer's lock first: without it
 * writers that meet at the constraint wait for each other in a circle, until the database ends one of them.
 */
export async function refuseBusyTrainer(tx: By, session: Placed): Promise<void> {
  await lockMembers(tx.sql, [session.trainerId])
  await refuseClash(tx, session)
}

/** The question itself: good for naming who is in the way, never for being sure that nobody is. */
export async function refuseClash({ sql, actor }: By, session: Placed): Promise<void> {
  const [other] = await othersThen(sql, session)
  if (!other) return
  throw new Problem('trainer-busy', `${busyWords(session.trainerId === actor.userId).teaches} “${other.name}” at that time.`, {
    otherSessionId: other.id,
    otherStartsAt: String(other.startsAt),
    otherEndsAt: String(other.endsAt),
  })
}

/** Whether there is one, for who may not know which. */
export async function isBusy(sql: Sql, session: Placed): Promise<boolean> {
  return (await othersThen(sql, session)).length > 0
}

function othersThen(sql: Sql, session: Placed) {
  return sql<{ id: SessionId; startsAt: Temporal.Instant; endsAt: Temporal.Instant; name: string }[]>`
    select s.id, s.starts_at, s.ends_at, t.name
    from class_sessions s join class_templates t on t.id = s.template_id
    where s.trainer_id = ${session.trainerId} and s.status in ('published', 'in_progress') and s.id <> ${session.id}
      and tstzrange(s.starts_at, s.ends_at) && tstzrange(${session.startsAt}, ${session.endsAt})
    order by s.starts_at limit 1`
}

interface Times {
  startsAt: Temporal.Instant
  endsAt: Temporal.Instant
}

/** Which of these times a trainer is busy at, by their place in the list, and with what: the first of each. */
export async function clashesAt(sql: Sql, trainerId: UserId, times: readonly Times[]): Promise<Map<number, InTheWay>> {
  const rows = await sql<{ at: number; id: SessionId; name: string; startsAt: Temporal.Instant; endsAt: Temporal.Instant }[]>`
    select (w.at - 1)::int as at, s.id, t.name, s.starts_at, s.ends_at
    from unnest(${times.map(time => time.startsAt.toString())}::timestamptz[], ${times.map(time => time.endsAt.toString())}::timestamptz[])
      with ordinality as w (starts_at, ends_at, at)
    cross join lateral (
      select id, template_id, starts_at, ends_at from class_sessions
      where trainer_id = ${trainerId} and status in ('published', 'in_progress')
        and tstzrange(starts_at, ends_at) && tstzrange(w.starts_at, w.ends_at)
      order by starts_at limit 1) s
    join class_templates t on t.id = s.template_id`
  return new Map(rows.map(({ at, id, name, startsAt, endsAt }) => [at, { sessionId: id, name, startsAt: String(startsAt), endsAt: String(endsAt) }]))
}

/** Throws `invalid-request` at `path` when this person does not teach (any more). */
export async function refuseWhoDoesNotTeach(sql: Sql, trainerId: UserId, path = 'body/trainerId'): Promise<void> {
  if (await teaches(sql, trainerId)) return
  const message = 'must be somebody who teaches: a person with a trainer profile that is not retired'
  throw new Problem('invalid-request', `The trainer ${message}.`, { errors: [{ path, message }] })
}
