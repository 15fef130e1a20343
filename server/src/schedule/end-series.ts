// A series makes no more classes from a day on; what becomes of those it made is decided by `booking`, under their locks.
import type { StopSeries } from '@fitflow/contract/closures.ts'
import type { SeriesId, SessionId } from '../platform/ids.ts'
import type { Fragment, Sql } from '../platform/sql.ts'
import type { Tx } from '../platform/tx.ts'
import type { SeriesCard } from './class-series.ts'
import { endsEarlier } from './series-notes.rule.ts'

/** Its sessions of these days on that are still ahead, drafts among them, in the order of their locks. */
export async function comingOfSeries(sql: Sql, id: SeriesId, { from, now }: { from: Temporal.PlainDate; now: Fragment }): Promise<SessionId[]> {
  const rows = await sql<{ id: SessionId }[]>`
    select id from class_sessions
    where series_id = ${id} and occurrence_on >= ${from} and starts_at > ${now} and status in ('draft', 'published') order by id`
  return rows.map(row => row.id)
}

/** Those of these sessions that somebody holds, has booked or waits for. */
export async function wantedOf(sql: Sql, ids: readonly SessionId[]): Promise<Set<SessionId>> {
  const rows = await sql<{ id: SessionId }[]>`
    select id from class_sessions where id = any(${[...ids]}::uuid[]) and (taken > 0 or waitlist_length > 0)`
  return new Set(rows.map(row => row.id))
}

interface End {
  endsBefore: Temporal.PlainDate
  booked: StopSeries['booked']
  /** How many of its sessions go with it. */
  cancelled: number
}

/** Under the lock of its row. An end that is already earlier stays. */
export async function endSeries(tx: Tx, series: SeriesCard, { endsBefore, booked, cancelled }: End): Promise<void> {
  const was = series.endsBefore
  const is = was !== null && !endsEarlier({ endsBefore, was }) ? was : endsBefore
  await tx.sql`update class_series set ends_before = ${is}, version = version + 1 where id = ${series.id}`
  const details = { endsBefore: { was: was && String(was), is: String(is) }, booked, cancelled }
  tx.audit({ entityType: 'class_series', entityId: series.id, action: 'stopped', details })
}
