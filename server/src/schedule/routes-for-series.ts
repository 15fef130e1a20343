// How people make series and look at them; what changes them touches bookings, and lives there.
import { Id, Page, Shape } from '@fitflow/contract/scalars.ts'
import { NewSeries, Occurrences, Series, SeriesDetail, SeriesPreviewQuery, SeriesQuery } from '@fitflow/contract/series.ts'
import type { Series as WireSeries } from '@fitflow/contract/series.ts'
import type { Database } from '../platform/db.ts'
import type { Edge } from '../platform/http.ts'
import { answerOnce } from '../platform/idempotency.ts'
import type { SeriesId } from '../platform/ids.ts'
import { readOnly, type Tx } from '../platform/tx.ts'
import type { AttendedBy } from './attending.ts'
import { hourOf, listSeries, ownSeries, readSeries, toWireSeries } from './class-series.ts'
import { createSeries, previewSeries } from './create-series.ts'
import { horizonDays, patternOf } from './fill-series.ts'
import { planOccurrences, toWireOccurrences } from './plan-occurrences.ts'
import { newestSettings, type SettingsStore } from './settings.ts'

interface House {
  db: Database
  settings: SettingsStore
  attendedBy: AttendedBy
}

/** Registers a trainer's own series and an admin's all: list, one with its days, a preview, and making one. */
export function seriesRoutes(edge: Edge, house: House): void {
  const { db, settings, attendedBy } = house
  edge.read(
    {
      ...{ method: 'GET', path: '/admin/series', access: 'trainer', summary: 'Series: a trainer’s own, an admin’s all' },
      ...{ query: SeriesQuery, answers: { 200: Page(Series) } },
    } as const,
    ({ context, query }) =>
      readOnly(db, context, async tx => {
        const { items, nextCursor } = await listSeries(tx, query, settings.current().timeZone)
        return { items: await toWireSeries(tx, items), nextCursor }
      }),
  )
  edge.read(
    {
      ...{ method: 'GET', path: '/admin/series/:id', access: 'trainer', summary: 'One series, and what becomes of its coming days' },
      ...{ params: Shape({ id: Id }), answers: { 200: SeriesDetail } },
    } as const,
    ({ context, params, reply }) =>
      readOnly(db, context, async tx => {
        const detail = await seriesDetail(tx, params.id as SeriesId, settings.current().seriesHorizonWeeks, attendedBy)
        reply.version(detail.version)
        return detail
      }),
  )
  makingRoutes(edge, house)
}

function makingRoutes(edge: Edge, { db, settings, attendedBy }: House): void {
  edge.read(
    {
      ...{ method: 'GET', path: '/admin/series-preview', access: 'trainer', summary: 'What a series would make, and what is in its way' },
      ...{ query: SeriesPreviewQuery, answers: { 200: Occurrences } },
    } as const,
    ({ context, query }) =>
      readOnly(db, context, async tx => {
        const { occurrences, hour, until } = await previewSeries(tx, query, settings.current(), attendedBy)
        return { occurrences: await toWireOccurrences(tx.sql, occurrences, hour), until: String(until) }
      }),
  )
  edge.command(
    {
      ...{ method: 'POST', path: '/admin/series', access: 'trainer', summary: 'Make a series, and its sessions up to the horizon' },
      ...{ body: NewSeries, answers: { 201: SeriesDetail } },
      problems: ['not-found', 'forbidden', 'template-archived', 'trainer-busy'],
    } as const,
    call =>
      answerOnce(db, call, { lock: sql => ({ newest: newestSettings(sql) }) }, async (tx, { newest }) => {
        const { series, occurrences, until } = await createSeries(tx, call.body, await settings.at(newest[0].newest, tx.now), attendedBy)
        const [wire] = (await toWireSeries(tx, [series])) as [WireSeries]
        const days = await toWireOccurrences(tx.sql, occurrences, hourOf(series))
        return { status: 201, body: { ...wire, occurrences: days, until: String(until) } }
      }),
  )
}

/** A series with its coming days as they are now. Throws `not-found`, also for another trainer's. */
async function seriesDetail(tx: Tx, id: SeriesId, weeks: number, attendedBy: AttendedBy): Promise<SeriesDetail> {
  const series = ownSeries(tx.actor, await readSeries(tx.sql, id))
  const within = horizonDays(series, tx.now, weeks)
  const planned = await planOccurrences(tx.sql, patternOf(series), { within, now: tx.now, attendedBy })
  const [wire] = (await toWireSeries(tx, [series])) as [WireSeries]
  return { ...wire, occurrences: await toWireOccurrences(tx.sql, planned, hourOf(series)), until: String(within.until) }
}
