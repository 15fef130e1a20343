// What staff do for one client at the desk: book them into a class, cancel for them, release a hold that is in the way.
import { CancellationPreview, Cancelled } from '@fitflow/contract/booking.ts'
import { Id, Shape } from '@fitflow/contract/scalars.ts'
import { BookedForClient, BookForClient, StaffCancel, StaffCancelQuery } from '@fitflow/contract/session-changes.ts'
import type { Edge } from '../platform/http.ts'
import type { BookingId, HoldId, SessionId } from '../platform/ids.ts'
import type { AdmissionHouse } from './admission-house.ts'
import { bookForClient } from './book-for-client.ts'
import { cancelForClient, previewForClient, releaseForClient } from './cancel-for-client.ts'

const ById = Shape({ id: Id })
const refusals = ['session-not-bookable', 'already-booked', 'already-held', 'own-class', 'teaching-then', 'overlapping-booking', 'session-full', 'insufficient-credits'] as const

/** Registers what trainers do in their own classes and admins in all. */
export function deskRoutes(edge: Edge, house: AdmissionHouse): void {
  edge.command(
    {
      ...{ method: 'POST', path: '/admin/sessions/:id/bookings', access: 'trainer', summary: 'Book a client into a free spot' },
      ...{ params: ById, body: BookForClient, answers: { 201: BookedForClient }, problems: refusals },
    } as const,
    ({ params, body, keyed, context }) => bookForClient(house, params.id as SessionId, { keyed, context, wish: body, squeeze: false }),
  )
  edge.command(
    {
      ...{ method: 'POST', path: '/admin/sessions/:id/squeeze-in', access: 'trainer', summary: 'Book a client, with one spot more if the class is full' },
      ...{ params: ById, body: BookForClient, answers: { 201: BookedForClient }, problems: [...refusals, 'session-state'] },
    } as const,
    ({ params, body, keyed, context }) => bookForClient(house, params.id as SessionId, { keyed, context, wish: body, squeeze: true }),
  )
  edge.read(
    {
      ...{ method: 'GET', path: '/admin/bookings/:id/cancellation-preview', access: 'trainer', summary: 'What cancelling for a client would mean' },
      ...{ params: ById, query: StaffCancelQuery, answers: { 200: CancellationPreview }, problems: ['booking-not-cancellable'] },
    } as const,
    ({ params, query, context }) => previewForClient(house, params.id as BookingId, { as: query.as ?? 'member', context }),
  )
  edge.command(
    {
      ...{ method: 'POST', path: '/admin/bookings/:id/cancel', access: 'trainer', summary: 'Cancel for a client, by their policy or as the studio' },
      ...{ params: ById, body: StaffCancel, answers: { 200: Cancelled }, problems: ['booking-not-cancellable', 'consequence-changed'] },
    } as const,
    ({ params, body, keyed, context }) => cancelForClient(house, params.id as BookingId, { keyed, context, choice: body }),
  )
  edge.command(
    {
      ...{ method: 'DELETE', path: '/admin/holds/:id', access: 'trainer', summary: 'Release a hold for a client' },
      ...{ params: ById, answers: { 204: null }, problems: ['hold-confirming', 'hold-expired', 'hold-not-active'] },
    } as const,
    ({ params, keyed, context }) => releaseForClient(house.db, params.id as HoldId, { keyed, context }),
  )
}
