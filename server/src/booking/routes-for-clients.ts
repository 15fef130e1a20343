// Clients as staff see them: the list, and what one has, did and waits for.
import { Booking, BookingQuery, MyWait } from '@fitflow/contract/booking.ts'
import { Client, ClientAttendance, ClientHold, ClientProfile, ClientQuery, WalkIn, WalkInQuery } from '@fitflow/contract/clients.ts'
import { CreditTransaction, LedgerQuery, MyMemberships } from '@fitflow/contract/credits.ts'
import { Id, Page, PageQuery, Shape } from '@fitflow/contract/scalars.ts'
import Type from 'typebox'
import { listClients } from '../credits/clients.ts'
import { ledgerPage } from '../credits/ledger-page.ts'
import { memberLots } from '../credits/member-lots.ts'
import type { Edge } from '../platform/http.ts'
import type { UserId } from '../platform/ids.ts'
import { readOnly } from '../platform/tx.ts'
import type { AdmissionHouse } from './admission-house.ts'
import { readAttendance, readProfile } from './client-profile.ts'
import { listBookings } from './my-bookings.ts'
import { listClientHolds } from './my-holds.ts'
import { refuseUnseen, refuseUnseenBy, visibleTo } from './seen-clients.ts'
import { listWaits } from './waitlist-place.ts'
import { findWalkIns } from './walk-ins.ts'

const oneClient = Shape({ id: Id })

/** Registers the client list and what staff read of one client. */
export function clientRoutes(edge: Edge, { db, settings }: AdmissionHouse): void {
  edge.read(
    { method: 'GET', path: '/admin/clients', access: 'trainer', summary: 'Clients, by name', query: ClientQuery, answers: { 200: Page(Client) } },
    ({ query, context }) =>
      readOnly(db, context, async tx => {
        const visible = await visibleTo(tx)
        const warningDays = settings.current().firstExpiryWarningDays
        return listClients(tx, { ...query, warningDays }, visible && tx.sql`u.id = any(${visible}::uuid[])`)
      }),
  )
  edge.read(
    {
      ...{ method: 'GET', path: '/admin/clients/:id/memberships', access: 'trainer', summary: 'What a client may pay with' },
      ...{ params: oneClient, answers: { 200: MyMemberships } },
    } as const,
    ({ params, context }) =>
      readOnly(db, context, async tx => {
        await refuseUnseen(tx, params.id as UserId)
        return memberLots(tx, params.id as UserId)
      }),
  )
  edge.read(
    {
      ...{ method: 'GET', path: '/admin/clients/:id/transactions', access: 'trainer', summary: 'A client’s ledger, each line with its receipt' },
      ...{ params: oneClient, query: LedgerQuery, answers: { 200: Page(CreditTransaction) } },
    } as const,
    ({ params, query, context }) =>
      readOnly(db, context, async tx => {
        await refuseUnseen(tx, params.id as UserId)
        return ledgerPage(tx.sql, params.id as UserId, query)
      }),
  )
  edge.read(
    {
      ...{ method: 'GET', path: '/admin/walk-ins', access: 'trainer', summary: 'Whom staff may book in: their clients, and others by exact e-mail or three letters of the name' },
      ...{ query: WalkInQuery, answers: { 200: Type.Object({ items: Type.Array(WalkIn) }) } },
    } as const,
    ({ query, context }) => readOnly(db, context, async tx => ({ items: await findWalkIns(tx, query.search) })),
  )
  whatTheyDid(edge, db)
  whatTheyHold(edge, db)
  figures(edge, db)
}

function whatTheyDid(edge: Edge, db: AdmissionHouse['db']): void {
  edge.read(
    {
      ...{ method: 'GET', path: '/admin/clients/:id/bookings', access: 'trainer', summary: 'A client’s bookings' },
      ...{ params: oneClient, query: BookingQuery, answers: { 200: Page(Booking) } },
    } as const,
    async ({ params, query, context }) => {
      await refuseUnseenBy(db, context, params.id as UserId)
      return listBookings(db, query, { userId: params.id as UserId, context })
    },
  )
  edge.read(
    {
      ...{ method: 'GET', path: '/admin/clients/:id/waitlists', access: 'trainer', summary: 'Where a client waits' },
      ...{ params: oneClient, answers: { 200: Page(MyWait) } },
    } as const,
    async ({ params, context }) => {
      await refuseUnseenBy(db, context, params.id as UserId)
      return listWaits(db, { userId: params.id as UserId, context })
    },
  )
}

function whatTheyHold(edge: Edge, db: AdmissionHouse['db']): void {
  edge.read(
    {
      ...{ method: 'GET', path: '/admin/clients/:id/holds', access: 'trainer', summary: 'Spots that a client holds or is offered now' },
      ...{ params: oneClient, answers: { 200: Page(ClientHold) } },
    } as const,
    async ({ params, context }) => {
      await refuseUnseenBy(db, context, params.id as UserId)
      return listClientHolds(db, { userId: params.id as UserId, context })
    },
  )
}

/** For the client themselves, and for staff who may see them. */
function figures(edge: Edge, db: AdmissionHouse['db']): void {
  edge.read(
    {
      ...{ method: 'GET', path: '/clients/:id/profile', access: 'client', summary: 'Who a client is, what they have, how they come' },
      ...{ params: oneClient, answers: { 200: ClientProfile } },
    } as const,
    ({ params, context }) => readProfile(db, params.id as UserId, context),
  )
  edge.read(
    {
      ...{ method: 'GET', path: '/clients/:id/attendance', access: 'client', summary: 'How a client’s bookings ended' },
      ...{ params: oneClient, query: Shape(PageQuery), answers: { 200: ClientAttendance } },
    } as const,
    ({ params, query, context }) => readAttendance(db, params.id as UserId, { query, context }),
  )
}
