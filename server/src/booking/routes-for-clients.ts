// Clients as staff see them: an admin everybody, a trainer those who ever booked or now wait in a class of theirs.
import { Client, ClientQuery } from '@fitflow/contract/clients.ts'
import { MyMemberships } from '@fitflow/contract/credits.ts'
import { Id, Page, Shape } from '@fitflow/contract/scalars.ts'
import { listClients } from '../credits/clients.ts'
import { memberLots } from '../credits/member-lots.ts'
import type { Edge } from '../platform/http.ts'
import type { UserId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import { readOnly, type Tx } from '../platform/tx.ts'
import { ownerSeen } from '../schedule/rights.ts'
import { sessionsTaughtBy } from '../schedule/staff-sessions.ts'
import type { AdmissionHouse } from './admission-house.ts'

const oneClient = Shape({ id: Id })

/** Registers the client list and a client's lots. */
export function clientRoutes(edge: Edge, { db }: AdmissionHouse): void {
  edge.read(
    { method: 'GET', path: '/admin/clients', access: 'trainer', summary: 'Clients, by name', query: ClientQuery, answers: { 200: Page(Client) } },
    ({ query, context }) =>
      readOnly(db, context, async tx => {
        const visible = await visibleTo(tx)
        return listClients(tx, query, visible && tx.sql`u.id = any(${visible}::uuid[])`)
      }),
  )
  edge.read(
    {
      ...{ method: 'GET', path: '/admin/clients/:id/memberships', access: 'trainer', summary: 'What a client may pay with' },
      ...{ params: oneClient, answers: { 200: MyMemberships } },
    } as const,
    ({ params, context }) =>
      readOnly(db, context, async tx => {
        const visible = await visibleTo(tx)
        if (visible && !visible.includes(params.id as UserId)) throw new Problem('not-found', 'There is no such client.')
        return memberLots(tx, params.id as UserId)
      }),
  )
}

/** Whom the actor may see; undefined for everybody. A trainer's clients are few hundreds (prd.md). */
async function visibleTo(tx: Tx): Promise<UserId[] | undefined> {
  const owner = ownerSeen(tx.actor)
  if (owner === null) return undefined
  const sessions = await sessionsTaughtBy(tx.sql, owner)
  const rows = await tx.sql<{ userId: UserId }[]>`
    select user_id from bookings where session_id = any(${sessions}::uuid[])
    union
    select user_id from waitlist_entries where session_id = any(${sessions}::uuid[]) and state in ('waiting', 'offered')`
  return rows.map(row => row.userId)
}
