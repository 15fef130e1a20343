// Series that tests stand among, with the sessions they have.
import type { NewSeries } from '@fitflow/contract/series.ts'
import type { Database } from '../src/platform/db.ts'
import type { SeriesId } from '../src/platform/ids.ts'
import { transact } from '../src/platform/tx.ts'
import { createSeries } from '../src/schedule/create-series.ts'
import { inForce, settingsRows, timelineOf } from '../src/schedule/settings.ts'
import { aTemplate, system, type Person, type TemplateWish } from './world.ts'
import { attendedBy } from '../src/booking/attended.ts'

/** Wednesdays at 07:00 from today on, of a template of its own unless told otherwise; made by the house unless somebody is named. */
export async function aSeries(db: Database, { by, template, ...wish }: Partial<NewSeries> & { by?: Person; template?: TemplateWish } = {}) {
  const templateId = wish.templateId ?? (await aTemplate(db, template)).id
  const today = String(db.clock.now()).slice(0, 10)
  return transact(db, by?.context ?? system, {}, async tx => {
    const settings = inForce(timelineOf(await settingsRows(tx.sql)), tx.now)
    return createSeries(tx, { rrule: 'FREQ=WEEKLY;BYDAY=WE', startsOn: today, wallTime: '07:00', ...wish, templateId }, settings, attendedBy)
  })
}

export interface SeriesSession {
  id: string
  on: string
  startsAt: string
  minutes: number
  status: string
  capacity: number
  trainerId: string
}

/** Its sessions by the days they were made for. */
export async function sessionsOf(db: Database, id: SeriesId): Promise<SeriesSession[]> {
  const rows = await db.sql<(Omit<SeriesSession, 'startsAt'> & { startsAt: Temporal.Instant })[]>`
    select id, occurrence_on::text as on, starts_at, (extract(epoch from ends_at - starts_at) / 60)::int as minutes, status, capacity, trainer_id
    from class_sessions where series_id = ${id} order by occurrence_on`
  return rows.map(row => ({ ...row, startsAt: String(row.startsAt) }))
}
