// How staff change series, and what comes of a template, whose classes have people in them: first who is affected, then the deed.
import { Id, Shape } from '@fitflow/contract/scalars.ts'
import { Series } from '@fitflow/contract/series.ts'
import { AppliedTemplate, ApplyTemplate, ApplyTemplatePreview, SeriesEdit, SeriesEditPreview, SeriesEditQuery } from '@fitflow/contract/series-edits.ts'
import { expectVersion } from '../platform/etag.ts'
import type { Edge } from '../platform/http.ts'
import type { SeriesId, TemplateId } from '../platform/ids.ts'
import { readOnly } from '../platform/tx.ts'
import type { AdmissionHouse } from './admission-house.ts'
import { applyTemplate, previewApply } from './apply-template.ts'
import { editSeries } from './edit-series.ts'
import { previewSeriesEdit } from './edit-series-preview.ts'

const ById = Shape({ id: Id })

/** Registers a trainer's changes of their own series, an admin's of all. */
export function seriesEditRoutes(edge: Edge, house: AdmissionHouse): void {
  edge.read(
    {
      ...{ method: 'GET', path: '/admin/series/:id/change-preview', access: 'trainer', summary: 'Who a change of a series would affect, and what stands in its way' },
      ...{ params: ById, query: SeriesEditQuery, answers: { 200: SeriesEditPreview } },
    } as const,
    ({ params, query, context }) => readOnly(house.db, context, tx => previewSeriesEdit(tx, house, { id: params.id as SeriesId, edit: query })),
  )
  edge.command(
    {
      ...{ method: 'PATCH', path: '/admin/series/:id', access: 'trainer', summary: 'Change a series as a whole, or from a day on' },
      ...{ params: ById, body: SeriesEdit, answers: { 200: Series } },
      problems: ['precondition-failed', 'session-state', 'capacity-below-taken', 'trainer-busy', 'forbidden'],
    } as const,
    ({ params, body, keyed, context, request }) => {
      const refuseStale = (version: number) => expectVersion(request.headers, version)
      return editSeries(house, params.id as SeriesId, { keyed, context, edit: body, refuseStale })
    },
  )
  templateRoutes(edge, house)
}

function templateRoutes(edge: Edge, house: AdmissionHouse): void {
  edge.read(
    {
      ...{ method: 'GET', path: '/admin/templates/:id/apply-preview', access: 'trainer', summary: 'Who would be affected if a template’s coming classes took over what it says now' },
      ...{ params: ById, query: ApplyTemplate, answers: { 200: ApplyTemplatePreview } },
    } as const,
    ({ params, query, context, reply }) =>
      readOnly(house.db, context, tx => previewApply(tx, house, { id: params.id as TemplateId, wish: query, seen: version => reply.version(version) })),
  )
  edge.command(
    {
      ...{ method: 'POST', path: '/admin/templates/:id/apply', access: 'trainer', summary: 'Give what a template says now to its coming classes' },
      ...{ params: ById, body: ApplyTemplate, answers: { 200: AppliedTemplate } },
      problems: ['session-state', 'capacity-below-taken', 'trainer-busy', 'forbidden', 'precondition-failed'],
    } as const,
    ({ params, body, keyed, context, request }) => {
      const refuseStale = (version: number) => expectVersion(request.headers, version)
      return applyTemplate(house, params.id as TemplateId, { wish: body, keyed, context, refuseStale })
    },
  )
}
