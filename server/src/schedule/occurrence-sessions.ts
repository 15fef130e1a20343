// The sessions that a series made, as they stand: who is in them, and which of their fields are their own.
import type { OccurrenceSession } from '@fitflow/contract/series.ts'
import type { SessionStatus } from '@fitflow/contract/sessions.ts'
import type { SessionId, UserId } from '../platform/ids.ts'
import type { Sql } from '../platform/sql.ts'
import { withTrainers } from './session-cards.ts'

interface Row {
  id: SessionId
  status: SessionStatus
  trainerId: UserId
  capacity: number
  taken: number
  waitlistLength: number
  timeOverridden: boolean
  capacityOverridden: boolean
  trainerOverridden: boolean
}

/** By id; what no longer follows the series is named in `own`. */
export async function occurrenceSessions(sql: Sql, ids: readonly SessionId[]): Promise<Map<SessionId, OccurrenceSession>> {
  if (ids.length === 0) return new Map()
  const rows = await sql<Row[]>`
    select id, status, trainer_id, capacity, taken, waitlist_length, time_overridden, capacity_overridden, trainer_overridden
    from class_sessions where id = any(${[...ids]}::uuid[])`
  const named = await withTrainers(sql, rows)
  return new Map(
    named.map(({ id, status, trainerId, trainerName, capacity, taken, waitlistLength, ...of }) => {
      const own = [...(of.timeOverridden ? (['time'] as const) : []), ...(of.capacityOverridden ? (['capacity'] as const) : []), ...(of.trainerOverridden ? (['trainer'] as const) : [])]
      return [id, { status, trainer: { id: trainerId, name: trainerName }, capacity, taken, waitlistLength, own }]
    }),
  )
}
