// Standing reservations: a member's own, and those of clients in the series of staff.
import { Id, Shape } from '@fitflow/contract/scalars.ts'
import { NewStanding, Standing, StandingForStaff, StandingPreview, StandingSeries } from '@fitflow/contract/standing.ts'
import Type from 'typebox'
import type { Edge } from '../platform/http.ts'
import type { SeriesId, StandingId, UserId } from '../platform/ids.ts'
import { readOnly, type Tx } from '../platform/tx.ts'
import type { AdmissionHouse } from './admission-house.ts'
import { endStanding, reserveForClient, reserveStanding } from './keep-standing.ts'
import { previewStanding } from './preview-standing.ts'
import { toWireStandings } from './read-standings.ts'
import { refuseUnseen } from './seen-clients.ts'
import { standingsOf } from './standing-reservations.ts'
import { listStandingSeries, standingsOfSeries } from './standing-series.ts'

const ById = Shape({ id: Id })
const all = <T extends Type.TSchema>(item: T) => Type.Object({ items: Type.Array(item) })

/** Registers them. */
export function standingRoutes(edge: Edge, house: AdmissionHouse): void {
  ownRoutes(edge, house)
  lookRoutes(edge, house)
  staffRoutes(edge, house)
}

/** Every reservation of one member. */
async function allOf(tx: Tx, userId: UserId, { settings }: AdmissionHouse) {
  return { items: await toWireStandings(tx, await standingsOf(tx.sql, userId), settings.current()) }
}

function ownRoutes(edge: Edge, house: AdmissionHouse): void {
  edge.command(
    {
      ...{ method: 'POST', path: '/standing', access: 'client', summary: 'Reserve a place in every session of a series' },
      ...{ body: NewStanding, answers: { 201: Standing }, problems: ['already-reserved', 'own-class', 'membership-ended'] },
    } as const,
    ({ body, keyed, context }) => reserveStanding(house, body, { keyed, context }),
  )
  edge.read(
    {
      ...{ method: 'GET', path: '/standing/me', access: 'client', summary: 'Own standing reservations, and what became of each session' },
      ...{ answers: { 200: all(Standing) } },
    } as const,
    ({ context, principal }) => readOnly(house.db, context, tx => allOf(tx, principal.userId, house)),
  )
  edge.command(
    {
      ...{ method: 'DELETE', path: '/standing/:id', access: 'client', summary: 'End a standing reservation; what is booked stays booked' },
      ...{ params: ById, answers: { 204: null } },
    } as const,
    ({ params, keyed, context }) => endStanding(house, params.id as StandingId, { keyed, context }),
  )
}

function lookRoutes(edge: Edge, { db, settings }: AdmissionHouse): void {
  edge.read(
    {
      ...{ method: 'GET', path: '/standing/series', access: 'client', summary: 'Series that a place may be reserved in, by name' },
      ...{ answers: { 200: all(StandingSeries) } },
    } as const,
    ({ context, principal }) => readOnly(db, context, async tx => ({ items: await listStandingSeries(tx, principal.userId, settings.current()) })),
  )
  edge.read(
    {
      ...{ method: 'GET', path: '/standing/preview', access: 'client', summary: 'What a standing reservation would come to' },
      ...{ query: NewStanding, answers: { 200: StandingPreview }, problems: ['own-class', 'membership-ended'] },
    } as const,
    ({ query, context, principal }) => readOnly(db, context, tx => previewStanding(tx, query, { userId: principal.userId, settings: settings.current() })),
  )
}

function staffRoutes(edge: Edge, house: AdmissionHouse): void {
  edge.read(
    {
      ...{ method: 'GET', path: '/admin/series/:id/standing', access: 'trainer', summary: 'Who has a standing place in a series, in the order they are booked' },
      ...{ params: ById, answers: { 200: all(StandingForStaff) } },
    } as const,
    ({ params, context }) => readOnly(house.db, context, async tx => ({ items: await standingsOfSeries(tx, params.id as SeriesId, house.settings.current()) })),
  )
  edge.read(
    {
      ...{ method: 'GET', path: '/admin/clients/:id/standing', access: 'trainer', summary: 'A client’s standing reservations' },
      ...{ params: ById, answers: { 200: all(Standing) } },
    } as const,
    ({ params, context }) =>
      readOnly(house.db, context, async tx => {
        await refuseUnseen(tx, params.id as UserId)
        return allOf(tx, params.id as UserId, house)
      }),
  )
  edge.command(
    {
      ...{ method: 'POST', path: '/admin/clients/:id/standing', access: 'trainer', summary: 'Reserve a standing place for a client' },
      ...{ params: ById, body: NewStanding, answers: { 201: Standing }, problems: ['already-reserved', 'own-class', 'membership-ended'] },
    } as const,
    ({ params, body, keyed, context }) => reserveForClient(house, { userId: params.id as UserId, wish: body }, { keyed, context }),
  )
}
