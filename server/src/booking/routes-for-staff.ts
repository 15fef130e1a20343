// What staff ask of booking: sessions with how many are in them, and changes to them.
import { ChangePreview, ChangePreviewQuery } from '@fitflow/contract/session-changes.ts'
import { Id, Page, Shape } from '@fitflow/contract/scalars.ts'
import { SessionChange, StaffSession, StaffSessionQuery } from '@fitflow/contract/sessions.ts'
import { expectVersion } from '../platform/etag.ts'
import type { Edge } from '../platform/http.ts'
import type { SessionId } from '../platform/ids.ts'
import { readOnly } from '../platform/tx.ts'
import { emptyRoom, staffSession, staffSessions, toWireStaffSession } from '../schedule/staff-sessions.ts'
import type { AdmissionHouse } from './admission-house.ts'
import { previewChange } from './change-preview.ts'
import { editSession } from './edit-session.ts'
import { takenBy } from './roster.ts'

const ById = Shape({ id: Id })

/** Registers what trainers do in their own classes and admins in all. */
export function staffRoutes(edge: Edge, house: AdmissionHouse): void {
  const { db, settings } = house
  previewRoute(edge, house)
  edge.read(
    {
      ...{ method: 'GET', path: '/admin/sessions', access: 'trainer', summary: 'Sessions as staff see them' },
      ...{ query: StaffSessionQuery, answers: { 200: Page(StaffSession) } },
    } as const,
    ({ query, context }) =>
      readOnly(db, context, async tx => {
        const { currency } = settings.current()
        const page = await staffSessions(tx, query, settings.current())
        const counts = await takenBy(tx.sql, page.items.map(card => card.id))
        return { ...page, items: page.items.map(card => toWireStaffSession(card, counts.get(card.id) ?? emptyRoom, currency)) }
      }),
  )
  edge.read(
    {
      ...{ method: 'GET', path: '/admin/sessions/:id', access: 'trainer', summary: 'One session as staff see it' },
      ...{ params: ById, answers: { 200: StaffSession } },
    } as const,
    ({ params, context, reply }) =>
      readOnly(db, context, async tx => {
        const card = await staffSession(tx, params.id as SessionId)
        const counts = await takenBy(tx.sql, [card.id])
        reply.version(card.version)
        return toWireStaffSession(card, counts.get(card.id) ?? emptyRoom, settings.current().currency)
      }),
  )
  edge.command(
    {
      ...{ method: 'PATCH', path: '/admin/sessions/:id', access: 'trainer', summary: 'Change a session' },
      ...{ params: ById, body: SessionChange, answers: { 200: StaffSession } },
      problems: ['precondition-failed', 'session-state', 'capacity-below-taken', 'studio-closed', 'trainer-busy'],
    } as const,
    ({ params, body, keyed, context, request }) => {
      const refuseStale = (version: number) => expectVersion(request.headers, version)
      return editSession(house, params.id as SessionId, { keyed, context, change: body, refuseStale })
    },
  )
}

function previewRoute(edge: Edge, house: AdmissionHouse): void {
  edge.read(
    {
      ...{ method: 'GET', path: '/admin/sessions/:id/change-preview', access: 'trainer', summary: 'Who a change would affect, and what stands in its way' },
      ...{ params: ById, query: ChangePreviewQuery, answers: { 200: ChangePreview } },
    } as const,
    ({ params, query, context }) =>
      readOnly(house.db, context, async tx => previewChange(tx, house, { session: await staffSession(tx, params.id as SessionId), change: query })),
  )
}
