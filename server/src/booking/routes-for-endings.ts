// What ends many classes at once: a series that stops, and a time when the studio is shut. Each shows first whom it affects.
import { Closure, ClosurePreviewQuery, ClosureQuery, EndingPreview, NewClosure, StopPreview, StopPreviewQuery, StopSeries } from '@fitflow/contract/closures.ts'
import { Id, Page, Shape } from '@fitflow/contract/scalars.ts'
import { Series } from '@fitflow/contract/series.ts'
import { expectNoVersion, expectVersion } from '../platform/etag.ts'
import type { Edge } from '../platform/http.ts'
import { answerOnce } from '../platform/idempotency.ts'
import type { ClosureId, SeriesId } from '../platform/ids.ts'
import { readOnly } from '../platform/tx.ts'
import { liftClosure, listClosures, toWireClosure } from '../schedule/closures.ts'
import type { AdmissionHouse } from './admission-house.ts'
import { closeStudio, previewClosure } from './close-studio.ts'
import { previewStop, stopSeries } from './stop-series.ts'

const ById = Shape({ id: Id })

/** Registers a trainer's own series, an admin's all, and the studio's closures, which an admin makes and lifts. */
export function endingRoutes(edge: Edge, house: AdmissionHouse): void {
  edge.read(
    {
      ...{ method: 'GET', path: '/admin/series/:id/stop-preview', access: 'trainer', summary: 'Whom stopping a series would affect' },
      ...{ params: ById, query: StopPreviewQuery, answers: { 200: StopPreview } },
    } as const,
    ({ params, query, context }) => readOnly(house.db, context, tx => previewStop(tx, house, params.id as SeriesId, query)),
  )
  edge.command(
    {
      ...{ method: 'POST', path: '/admin/series/:id/stop', access: 'trainer', summary: 'Stop a series from a day on, with or without what is booked' },
      ...{ params: ById, body: StopSeries, answers: { 200: Series }, problems: ['precondition-failed', 'session-state'] },
    } as const,
    ({ params, body, keyed, context, request }) => {
      const refuseStale = (version: number) => expectVersion(request.headers, version)
      return stopSeries(house, params.id as SeriesId, { wish: body, keyed, context, refuseStale })
    },
  )
  closureRoutes(edge, house)
}

function closureRoutes(edge: Edge, house: AdmissionHouse): void {
  edge.read(
    {
      ...{ method: 'GET', path: '/admin/closures', access: 'trainer', summary: 'When the studio is shut' },
      ...{ query: ClosureQuery, answers: { 200: Page(Closure) } },
    } as const,
    ({ query, context }) => readOnly(house.db, context, tx => listClosures(tx, query)),
  )
  edge.read(
    {
      ...{ method: 'GET', path: '/admin/closures-preview', access: 'admin', summary: 'Whom shutting the studio would affect' },
      ...{ query: ClosurePreviewQuery, answers: { 200: EndingPreview }, problems: ['studio-closed'] },
    } as const,
    ({ query, context }) => readOnly(house.db, context, tx => previewClosure(tx, house, query)),
  )
  edge.command(
    {
      ...{ method: 'POST', path: '/admin/closures', access: 'admin', summary: 'Shut the studio: what lies inside is cancelled' },
      ...{ body: NewClosure, answers: { 201: Closure }, problems: ['session-state', 'studio-closed'] },
    } as const,
    ({ body, keyed, context }) => closeStudio(house, body, { keyed, context }),
  )
  edge.command(
    {
      ...{ method: 'DELETE', path: '/admin/closures/:id', access: 'admin', summary: 'Lift a closure' },
      ...{ params: ById, answers: { 200: Closure }, problems: ['precondition-failed'] },
    } as const,
    ({ params, keyed, context, request }) =>
      answerOnce(house.db, { keyed, context }, { isolation: 'read committed' }, async tx => {
        expectNoVersion(request.headers)
        return { status: 200, body: toWireClosure(await liftClosure(tx, params.id as ClosureId)) }
      }),
  )
}
