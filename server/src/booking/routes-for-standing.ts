// A member's standing reservations: made, looked at with what became of each occurrence, ended.
import { Id, Shape } from '@fitflow/contract/scalars.ts'
import { NewStanding, Standing } from '@fitflow/contract/standing.ts'
import Type from 'typebox'
import type { Edge } from '../platform/http.ts'
import type { StandingId } from '../platform/ids.ts'
import { readOnly } from '../platform/tx.ts'
import type { AdmissionHouse } from './admission-house.ts'
import { endStanding, reserveStanding } from './keep-standing.ts'
import { toWireStandings } from './read-standings.ts'
import { standingsOf } from './standing-reservations.ts'

/** Registers them. */
export function standingRoutes(edge: Edge, house: AdmissionHouse): void {
  edge.command(
    {
      ...{ method: 'POST', path: '/standing', access: 'client', summary: 'Reserve a place in every session of a series' },
      ...{ body: NewStanding, answers: { 201: Standing }, problems: ['already-reserved'] },
    } as const,
    ({ body, keyed, context }) => reserveStanding(house, body, { keyed, context }),
  )
  edge.read(
    {
      ...{ method: 'GET', path: '/standing/me', access: 'client', summary: 'Own standing reservations, and what became of each occurrence' },
      ...{ answers: { 200: Type.Object({ items: Type.Array(Standing) }) } },
    } as const,
    ({ context, principal }) => readOnly(house.db, context, async tx => ({ items: await toWireStandings(tx, await standingsOf(tx.sql, principal.userId), house.settings.current()) })),
  )
  edge.command(
    {
      ...{ method: 'DELETE', path: '/standing/:id', access: 'client', summary: 'End a standing reservation; what is booked stays booked' },
      ...{ params: Shape({ id: Id }), answers: { 204: null } },
    } as const,
    ({ params, keyed, context }) => endStanding(house, params.id as StandingId, { keyed, context }),
  )
}
