// What a class of a series has that its series does not say (any more): told anew when a cancelled class is published again.
import type { Sql } from '../platform/sql.ts'
import type { Tx } from '../platform/tx.ts'
import { hourOf, readSeries, trainerOf } from './class-series.ts'
import type { ClassSession } from './class-sessions.ts'
import { occurrenceOn } from './occurrences.ts'

type Placed = Pick<ClassSession, 'id' | 'seriesId' | 'occurrenceOn' | 'startsAt' | 'endsAt' | 'capacity' | 'trainerId'>

/** The fields in which a class is not as its series says; of no series there are none. */
export async function ownFields(sql: Sql, session: Placed): Promise<('time' | 'capacity' | 'trainer')[]> {
  const series = session.seriesId === null ? undefined : await readSeries(sql, session.seriesId)
  if (!series || session.occurrenceOn === null) return []
  const place = occurrenceOn(session.occurrenceOn, hourOf(series))
  const isThere = place.startsAt.equals(session.startsAt) && place.endsAt.equals(session.endsAt)
  return [
    ...(isThere ? [] : (['time'] as const)),
    ...(session.capacity === (series.capacity ?? series.template.defaultCapacity) ? [] : (['capacity'] as const)),
    ...(session.trainerId === trainerOf(series) ? [] : (['trainer'] as const)),
  ]
}

/** While it was cancelled no edit of its series reached it: what is different by now is its own. Under the session's lock. */
export async function keepOwnFields({ sql }: Pick<Tx, 'sql'>, session: Placed): Promise<void> {
  if (session.seriesId === null) return
  const own = await ownFields(sql, session)
  await sql`
    update class_sessions set time_overridden = ${own.includes('time')}, capacity_overridden = ${own.includes('capacity')},
      trainer_overridden = ${own.includes('trainer')} where id = ${session.id}`
}
