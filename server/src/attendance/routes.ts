// What staff do at the door: the roster, and who on it is present, absent, or neither after all.
import { AttendanceMarked, CheckedIn, CheckIn } from '@fitflow/contract/attendance.ts'
import { Roster } from '@fitflow/contract/booking.ts'
import { Id, Shape } from '@fitflow/contract/scalars.ts'
import type { Edge } from '../platform/http.ts'
import type { BookingId, SessionId } from '../platform/ids.ts'
import { readOnly } from '../platform/tx.ts'
import { staffSession } from '../schedule/staff-sessions.ts'
import { readRoster } from './attendance-roster.ts'
import { markAttendance, type AttendanceHouse } from './mark-attendance.ts'
import { penaltyRoutes } from './routes-for-penalties.ts'

const ById = Shape({ id: Id })
const refusals = ['booking-cancelled', 'checkin-window', 'overlapping-booking'] as const

/** Registers what trainers do in their own classes and admins in all. */
export function routes(edge: Edge, house: AttendanceHouse): void {
  penaltyRoutes(edge, house)
  edge.read(
    {
      ...{ method: 'GET', path: '/admin/sessions/:id/roster', access: 'trainer', summary: 'Who has a spot, who has come, and who waits' },
      ...{ params: ById, answers: { 200: Roster } },
    } as const,
    ({ params, context }) =>
      readOnly(house.db, context, async tx => readRoster(tx, await staffSession(tx, params.id as SessionId), house.settings.current())),
  )
  edge.command(
    {
      ...{ method: 'POST', path: '/bookings/:id/checkin', access: 'trainer', summary: 'They are here' },
      ...{ params: ById, body: CheckIn, answers: { 200: CheckedIn }, problems: [...refusals, 'already-checked-in'] },
    } as const,
    ({ params, keyed, context }) => markAttendance(house, params.id as BookingId, { keyed, context, mark: 'present' }),
  )
  edge.command(
    {
      ...{ method: 'POST', path: '/bookings/:id/absent', access: 'trainer', summary: 'They did not come' },
      ...{ params: ById, answers: { 200: AttendanceMarked }, problems: refusals },
    } as const,
    ({ params, keyed, context }) => markAttendance(house, params.id as BookingId, { keyed, context, mark: 'absent' }),
  )
  edge.command(
    {
      ...{ method: 'POST', path: '/bookings/:id/checkin/undo', access: 'trainer', summary: 'Neither present nor absent, after all' },
      ...{ params: ById, answers: { 200: AttendanceMarked }, problems: refusals },
    } as const,
    ({ params, keyed, context }) => markAttendance(house, params.id as BookingId, { keyed, context, mark: 'undo' }),
  )
}
