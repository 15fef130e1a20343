// What staff ask of a waitlist: its order, who is on it, and whether it moves.
import type { IncomingHttpHeaders } from 'node:http'
import { AddToWaitlist, Reorder, WaitlistChange, WaitlistForStaff } from '@fitflow/contract/booking.ts'
import { Id, Shape } from '@fitflow/contract/scalars.ts'
import { expectVersion } from '../platform/etag.ts'
import type { Edge } from '../platform/http.ts'
import type { Keyed } from '../platform/idempotency.ts'
import type { Context } from '../platform/context.ts'
import type { EntryId, SessionId, UserId } from '../platform/ids.ts'
import type { AdmissionHouse } from './admission-house.ts'
import { addToWaitlist } from './join-waitlist.ts'
import { pauseWaitlist, removeFromWaitlist, reorderWaitlist } from './manage-waitlist.ts'

const BySession = Shape({ session_id: Id })
const ByEntry = Shape({ session_id: Id, id: Id })

/** Who asks, and on what reading of the list. */
function asRead({ keyed, context }: { keyed: Keyed; context: Context }, { headers }: { headers: IncomingHttpHeaders }) {
  return { keyed, context, refuseStale: (version: number) => expectVersion(headers, version) }
}

/** Registers what trainers do to the queues of their own classes, and admins to all. */
export function waitlistRoutes(edge: Edge, house: AdmissionHouse): void {
  const { db } = house
  edge.command(
    {
      ...{ method: 'PATCH', path: '/admin/waitlist/:session_id', access: 'trainer', summary: 'Pause a waitlist, or open it again' },
      ...{ params: BySession, body: WaitlistChange, answers: { 200: WaitlistForStaff }, problems: ['precondition-failed'] },
    } as const,
    ({ params, body, request, ...by }) => pauseWaitlist(db, params.session_id as SessionId, { ...asRead(by, request), ...body }),
  )
  edge.command(
    {
      ...{ method: 'POST', path: '/admin/waitlist/:session_id/reorder', access: 'trainer', summary: 'Put somebody elsewhere in the queue' },
      ...{ params: BySession, body: Reorder, answers: { 200: WaitlistForStaff }, problems: ['precondition-failed'] },
    } as const,
    ({ params, body, request, ...by }) => reorderWaitlist(db, params.session_id as SessionId, { ...asRead(by, request), wish: body }),
  )
  edge.command(
    {
      ...{ method: 'POST', path: '/admin/waitlist/:session_id/entries', access: 'trainer', summary: 'Put a client on the waitlist' },
      ...{ params: BySession, body: AddToWaitlist, answers: { 201: WaitlistForStaff } },
      problems: ['already-held', 'already-booked', 'already-waiting', 'session-not-bookable', 'booking-not-open', 'waitlist-closed', 'waitlist-full', 'session-not-full', 'member-blocked', 'own-class', 'teaching-then', 'precondition-failed'],
    } as const,
    ({ params, body, request, ...by }) =>
      addToWaitlist(house, { sessionId: params.session_id as SessionId, userId: body.userId as UserId }, asRead(by, request)),
  )
  edge.command(
    {
      ...{ method: 'DELETE', path: '/admin/waitlist/:session_id/entries/:id', access: 'trainer', summary: 'Take somebody off the waitlist' },
      ...{ params: ByEntry, answers: { 204: null }, problems: ['hold-confirming', 'precondition-failed'] },
    } as const,
    ({ params, request, ...by }) =>
      removeFromWaitlist(db, { sessionId: params.session_id as SessionId, entryId: params.id as EntryId }, asRead(by, request)),
  )
}
