// Clients with what they may pay with, as staff look them up.
import type { Client, ClientQuery } from '@fitflow/contract/clients.ts'
import type { Page } from '@fitflow/contract/scalars.ts'
import { listUsers } from '../identity/users.ts'
import type { Fragment } from '../platform/sql.ts'
import type { UserId } from '../platform/ids.ts'
import type { Tx } from '../platform/tx.ts'
import { meansOf } from './means.ts'

/**
 * One page of the people whose name or address contains `search`, by name. `among` narrows them by a condition on `u.id`:
 * whom a trainer may see is decided by the module that knows bookings.
 */
export async function listClients(tx: Pick<Tx, 'sql' | 'now'>, query: ClientQuery, among?: Fragment | undefined): Promise<Page<Client>> {
  const { items, nextCursor } = await listUsers(tx.sql, query, among)
  const means = await meansOf(tx, items.map(user => user.id as UserId))
  return { items: items.map(({ id, name, email }) => ({ id, name, email, ...means(id as UserId) })), nextCursor }
}
