// What members ask of booking: the schedule, holds, bookings and waitlists.
import { BookingDetail, BookingQuery, Booking, Cancel, CancellationPreview, Cancelled, Confirm, Confirmed, Hold, MyWait, WaitlistForStaff, WaitlistPlace } from '@fitflow/contract/booking.ts'
import { Id, Page, Shape } from '@fitflow/contract/scalars.ts'
import { Session, SessionDetail, SessionQuery } from '@fitflow/contract/sessions.ts'
import Type from 'typebox'
import { ReadyJson, type Edge } from '../platform/http.ts'
import type { BookingId, HoldId, SessionId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import { readOnly } from '../platform/tx.ts'
import { staffSession } from '../schedule/staff-sessions.ts'
import { openAdmissionDesk } from './admission-desk.ts'
import type { AdmissionHouse } from './admission-house.ts'
import { openBrowse } from './browse.ts'
import { cancelBooking, previewCancellation } from './cancel-booking.ts'
import { deskRoutes } from './routes-for-desk.ts'
import { clientRoutes } from './routes-for-clients.ts'
import { endingRoutes } from './routes-for-endings.ts'
import { liveRoutes } from './routes-for-live.ts'
import { lotRoutes } from './routes-for-lots.ts'
import { seriesEditRoutes } from './routes-for-series.ts'
import { slotRoutes } from './routes-for-slots.ts'
import { standingRoutes } from './routes-for-standing.ts'
import { staffRoutes } from './routes-for-staff.ts'
import { waitlistRoutes } from './routes-for-waitlist.ts'
import { joinWaitlist } from './join-waitlist.ts'
import { leaveWaitlist } from './leave-waitlist.ts'
import { listBookings, readBooking, readQrToken } from './my-bookings.ts'
import { listHolds, readHold } from './my-holds.ts'
import { printWidth, qrPng, qrSvg } from './qr-image.ts'
import { releaseHold } from './release-hold.ts'
import { readSessionPage } from './session-page.ts'
import { listWaits, readPlace, readWaitlist } from './waitlist-place.ts'

const ById = Shape({ id: Id })
const BySession = Shape({ session_id: Id })

/** Registers the member's routes; resolves `idle` when nothing of the hot path is in flight. */
export function routes(edge: Edge, house: AdmissionHouse): { idle(): Promise<void> } {
  const desk = openAdmissionDesk(house)
  browsing(edge, house)
  edge.command(
    {
      ...{ method: 'POST', path: '/sessions/:id/hold', access: 'client', summary: 'Hold a spot' },
      ...{ params: ById, answers: { 201: Hold, 200: Hold } },
      problems: ['already-booked', 'session-not-bookable', 'booking-not-open', 'booking-closed', 'session-held', 'session-full', 'member-blocked', 'too-many-holds', 'own-class', 'teaching-then', 'overlapping-booking', 'insufficient-credits', 'overloaded'],
    } as const,
    ({ params, keyed, context }) => desk.hold({ sessionId: params.id as SessionId, keyed, context }),
  )
  edge.command(
    {
      ...{ method: 'POST', path: '/holds/:id/confirm', access: 'client', summary: 'Turn a hold into a booking' },
      ...{ params: ById, body: Confirm, answers: { 201: Confirmed } },
      problems: ['hold-not-active', 'hold-confirming', 'hold-expired', 'session-not-bookable', 'booking-closed', 'insufficient-credits', 'overloaded'],
    } as const,
    ({ params, body, keyed, context }) => desk.confirm({ holdId: params.id as HoldId, choice: body, keyed, context }),
  )
  holding(edge, house)
  booked(edge, house)
  waiting(edge, house)
  staffRoutes(edge, house)
  deskRoutes(edge, house)
  waitlistRoutes(edge, house)
  slotRoutes(edge, house)
  endingRoutes(edge, house)
  standingRoutes(edge, house)
  clientRoutes(edge, house)
  lotRoutes(edge, house)
  liveRoutes(edge, house)
  seriesEditRoutes(edge, house)
  return { idle: () => desk.idle() }
}

function browsing(edge: Edge, house: AdmissionHouse): void {
  const browse = openBrowse(house)
  edge.read(
    { method: 'GET', path: '/sessions', access: 'anyone', summary: 'Browse the schedule', query: SessionQuery, answers: { 200: Page(Session) } },
    async ({ query, principal, request, reply }) => {
      const page = await browse.page(query, principal?.userId ?? null)
      reply.header('vary', 'accept-encoding, authorization, cookie')
      if (!/\bgzip\b/.test(String(request.headers['accept-encoding']))) return new ReadyJson(page.json, page.etag)
      reply.header('content-encoding', 'gzip')
      return new ReadyJson(page.gzip, page.etag)
    },
  )
  edge.read(
    { method: 'GET', path: '/sessions/:id', access: 'anyone', summary: 'One class', params: ById, answers: { 200: SessionDetail } },
    ({ params, principal, context }) =>
      readSessionPage(house, params.id as SessionId, { userId: principal?.userId ?? null, context }),
  )
}

function holding(edge: Edge, { db }: AdmissionHouse): void {
  edge.read(
    { method: 'GET', path: '/holds/me', access: 'client', summary: 'My live holds and offers', answers: { 200: Page(Hold) } },
    ({ principal, context }) => listHolds(db, { userId: principal.userId, context }),
  )
  edge.read(
    { method: 'GET', path: '/holds/:id', access: 'client', summary: 'One of my holds', params: ById, answers: { 200: Hold } },
    ({ params, principal, context }) => readHold(db, params.id as HoldId, { userId: principal.userId, context }),
  )
  edge.command(
    {
      ...{ method: 'DELETE', path: '/holds/:id', access: 'client', summary: 'Give a hold back, or decline an offer' },
      ...{ params: ById, answers: { 204: null }, problems: ['hold-confirming', 'hold-expired', 'hold-not-active'] },
    } as const,
    ({ params, keyed, context }) => releaseHold(db, params.id as HoldId, { keyed, context }),
  )
}

function booked(edge: Edge, house: AdmissionHouse): void {
  const { db } = house
  edge.read(
    { method: 'GET', path: '/bookings/me', access: 'client', summary: 'My bookings', query: BookingQuery, answers: { 200: Page(Booking) } },
    ({ query, principal, context }) => listBookings(db, query, { userId: principal.userId, context }),
  )
  edge.read(
    { method: 'GET', path: '/bookings/:id', access: 'client', summary: 'One of my bookings', params: ById, answers: { 200: BookingDetail } },
    ({ params, principal, context }) => readBooking(house, params.id as BookingId, { userId: principal.userId, context }),
  )
  const token = (id: string, by: Parameters<typeof readQrToken>[2]) => readQrToken(house, id as BookingId, by)
  edge.file(
    { method: 'GET', path: '/bookings/:id/qr.svg', access: 'client', summary: 'My QR code as SVG', params: ById, contentType: 'image/svg+xml' },
    async ({ params, principal, context }) => qrSvg(await token(params.id, { userId: principal.userId, context })),
  )
  edge.file(
    { method: 'GET', path: '/bookings/:id/qr.png', access: 'client', summary: 'My QR code as PNG', params: ById, contentType: 'image/png' },
    async ({ params, principal, context }) => qrPng(await token(params.id, { userId: principal.userId, context }), printWidth),
  )
  edge.read(
    {
      ...{ method: 'GET', path: '/bookings/:id/cancellation-preview', access: 'client', summary: 'What cancelling now would mean' },
      ...{ params: ById, answers: { 200: CancellationPreview }, problems: ['booking-not-cancellable'] },
    } as const,
    ({ params, principal, context }) => previewCancellation(house, params.id as BookingId, { userId: principal.userId, context }),
  )
  edge.command(
    {
      ...{ method: 'POST', path: '/bookings/:id/cancel', access: 'client', summary: 'Cancel my booking' },
      ...{ params: ById, body: Cancel, answers: { 200: Cancelled } },
      problems: ['booking-not-cancellable', 'consequence-changed'],
    } as const,
    ({ params, body, keyed, context }) => cancelBooking(house, params.id as BookingId, { keyed, context, choice: body }),
  )
}

function waiting(edge: Edge, house: AdmissionHouse): void {
  const { db } = house
  edge.read(
    { method: 'GET', path: '/waitlist/me', access: 'client', summary: 'My waitlists and offers', answers: { 200: Page(MyWait) } },
    ({ principal, context }) => listWaits(db, { userId: principal.userId, context }),
  )
  edge.read(
    {
      ...{ method: 'GET', path: '/waitlist/:session_id', access: 'client', summary: 'My place; for staff the whole list' },
      ...{ params: BySession, answers: { 200: Type.Union([WaitlistPlace, WaitlistForStaff]) } },
    } as const,
    ({ params, principal, context, reply }) => {
      const id = params.session_id as SessionId
      const mine = () => readPlace(db, id, { userId: principal.userId, context })
      if (principal.role === 'client') return mine()
      const whole = readOnly(db, context, async tx => {
        reply.version((await staffSession(tx, id)).version)
        return readWaitlist(tx, id)
      })
      // A trainer is a member like any other in somebody else's class.
      return whole.catch((error: unknown) => (error instanceof Problem && error.code === 'not-found' ? mine() : Promise.reject(error)))
    },
  )
  edge.command(
    {
      ...{ method: 'POST', path: '/waitlist/:session_id/join', access: 'client', summary: 'Join the waitlist' },
      ...{ params: BySession, answers: { 201: WaitlistPlace } },
      problems: ['already-held', 'already-booked', 'already-waiting', 'session-not-bookable', 'booking-not-open', 'waitlist-closed', 'waitlist-full', 'session-not-full', 'member-blocked', 'own-class', 'teaching-then'],
    } as const,
    ({ params, keyed, context }) => joinWaitlist(house, params.session_id as SessionId, { keyed, context }),
  )
  edge.command(
    {
      ...{ method: 'DELETE', path: '/waitlist/:session_id', access: 'client', summary: 'Leave the waitlist' },
      ...{ params: BySession, answers: { 204: null }, problems: ['hold-confirming'] },
    } as const,
    ({ params, keyed, context }) => leaveWaitlist(db, params.session_id as SessionId, { keyed, context }),
  )
}
