// When people teach: nobody takes part in one class while they stand in front of another, or in their own.
import { sessionMinutesMax } from '@fitflow/contract/scalars.ts'
import { someTeach } from '../identity/trainers.ts'
import type { SessionId, UserId } from '../platform/ids.ts'
import type { Fragment, Sql } from '../platform/sql.ts'

export interface Teaching {
  userId: UserId
  sessionId: SessionId
  startsAt: Temporal.Instant
  endsAt: Temporal.Instant
}

/**
 * The live classes of these people that are not over; under their locks they stay so. None that is not over began longer ago
 * than the longest lasts: what somebody taught in the years before is not looked through. Where none of them teaches, and that is
 * nearly always, nothing is read at all.
 */
export function teachingOf(sql: Sql, userIds: readonly UserId[], now: Fragment) {
  return sql<Teaching[]>`
    select trainer_id as user_id, id as session_id, starts_at, ends_at from class_sessions
    where ${someTeach(sql, userIds)} and trainer_id = any(${[...userIds]}::uuid[]) and status in ('published', 'in_progress')
      and starts_at > ${now} - make_interval(mins => ${sessionMinutesMax}) and ends_at > ${now}`
}

/** The same of members just locked: few of them teach, and of the others nothing needs to be asked. */
export async function teachingAmong(sql: Sql, members: readonly { id: UserId; teaches: boolean }[], now: Fragment): Promise<Teaching[]> {
  const ids = members.flatMap(({ id, teaches }) => (teaches ? [id] : []))
  return ids.length === 0 ? [] : teachingOf(sql, ids, now)
}
