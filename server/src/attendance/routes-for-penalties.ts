// Strikes, blocks and fees: what somebody has, and what staff give back.
import { Penalties, PenaltyQuery, Waived, Waiver } from '@fitflow/contract/penalties.ts'
import { Id, Shape } from '@fitflow/contract/scalars.ts'
import { refuseUnseen } from '../booking/seen-clients.ts'
import type { Edge } from '../platform/http.ts'
import type { BookingId, PenaltyId, UserId } from '../platform/ids.ts'
import { readOnly } from '../platform/tx.ts'
import type { AttendanceHouse } from './mark-attendance.ts'
import { readPenalties } from './read-penalties.ts'
import { waiveBooking, waivePenalty } from './waive.ts'

const ById = Shape({ id: Id })

/** Registers what members read of themselves, and what staff read and waive of their clients. */
export function penaltyRoutes(edge: Edge, house: AttendanceHouse): void {
  const { db, settings } = house
  edge.read(
    { method: 'GET', path: '/penalties/me', access: 'client', summary: 'My strikes, blocks and fees', query: PenaltyQuery, answers: { 200: Penalties } },
    ({ query, principal, context }) => readOnly(db, context, tx => readPenalties(tx, principal.userId, { query, settings: settings.current() })),
  )
  edge.read(
    {
      ...{ method: 'GET', path: '/admin/clients/:id/penalties', access: 'trainer', summary: 'A client’s strikes, blocks and fees' },
      ...{ params: ById, query: PenaltyQuery, answers: { 200: Penalties } },
    } as const,
    ({ params, query, context }) =>
      readOnly(db, context, async tx => {
        await refuseUnseen(tx, params.id as UserId)
        return readPenalties(tx, params.id as UserId, { query, settings: settings.current() })
      }),
  )
  edge.command(
    {
      ...{ method: 'POST', path: '/admin/penalties/:id/waive', access: 'trainer', summary: 'Take one strike or fee back' },
      ...{ params: ById, body: Waiver, answers: { 200: Waived }, problems: ['nothing-to-waive'] },
    } as const,
    ({ params, body, keyed, context }) => waivePenalty(house, params.id as PenaltyId, { keyed, context, reason: body.reason }),
  )
  edge.command(
    {
      ...{ method: 'POST', path: '/admin/bookings/:id/waive', access: 'trainer', summary: 'Give back all that a late cancellation or a no-show cost' },
      ...{ params: ById, body: Waiver, answers: { 200: Waived }, problems: ['nothing-to-waive'] },
    } as const,
    ({ params, body, keyed, context }) => waiveBooking(house, params.id as BookingId, { keyed, context, reason: body.reason }),
  )
}
