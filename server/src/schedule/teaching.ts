// When people teach: nobody takes part in one class while they stand in front of another, or in their own.
import type { Fragment, Sql } from '../platform/sql.ts'
import type { SessionId, UserId } from '../platform/ids.ts'

export interface Teaching {
  userId: UserId
  sessionId: SessionId
  startsAt: Temporal.Instant
  endsAt: Temporal.Instant
}

/** The live classes of these people that are not over; under their locks they stay so. */
export function teachingOf(sql: Sql, userIds: readonly UserId[], now: Fragment) {
  return sql<Teaching[]>`
    select trainer_id as user_id, id as session_id, starts_at, ends_at from class_sessions
    where trainer_id = any(${[...userIds]}::uuid[]) and status in ('published', 'in_progress') and ends_at > ${now}`
}
