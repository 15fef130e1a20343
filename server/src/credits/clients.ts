// Clients with what they may pay with, as staff look them up.
import type { Client, ClientQuery } from '@fitflow/contract/clients.ts'
import { Id, type Page } from '@fitflow/contract/scalars.ts'
import Type from 'typebox'
import { toWireCredits } from '../platform/credits.ts'
import type { Sql } from '../platform/db.ts'
import type { UserId } from '../platform/ids.ts'
import { openKeyset, pageSize } from '../platform/keyset.ts'
import type { Tx } from '../platform/tx.ts'

interface ClientRow {
  id: UserId
  name: string
  email: string
  creditsBalance: number
  unlimitedUntil: Temporal.Instant | null
}

/** By name: served by the index users_display_name, a search by users_search. */
const byName = openKeyset<[string, string]>(Type.Tuple([Type.String(), Id]))

/**
 * One page of the people whose name or address contains `search`, by name. `among` narrows them by a condition on `u.id`:
 * what a trainer may see is decided by a module that knows bookings. Balances are of the lots that pay today.
 */
export async function listClients(
  { sql, now }: Pick<Tx, 'sql' | 'now'>,
  { search, limit = pageSize, cursor }: ClientQuery,
  among?: ReturnType<Sql>,
): Promise<Page<Client>> {
  const after = byName.read(cursor)
  const rows = await sql<ClientRow[]>`
    select u.id, u.display_name as name, u.email, coalesce(l.credits, 0)::int as credits_balance, l.unlimited_until
    from (
      select id, display_name, email from users u
      where true
        ${search === undefined ? sql`` : sql`and (display_name || ' ' || email) ilike ${containing(search)}`}
        ${among ? sql`and ${among}` : sql``}
        ${after ? sql`and (display_name collate "und-x-icu", id) > (${after[0]}, ${after[1]}::uuid)` : sql``}
      order by display_name collate "und-x-icu", id limit ${limit + 1}) u
    left join lateral (
      select sum(credits_balance) as credits, max(valid_until) filter (where credits_granted is null) as unlimited_until
      from memberships m
      where m.user_id = u.id and (credits_balance > 0 or credits_granted is null)
        and valid_from <= ${now} and valid_until > ${now}) l on true
    order by u.display_name collate "und-x-icu", u.id`
  const { items, nextCursor } = byName.page(rows, limit, row => [row.name, row.id])
  return { items: items.map(toWireClient), nextCursor }
}

function containing(search: string): string {
  return `%${search.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
}

function toWireClient({ creditsBalance, unlimitedUntil, ...client }: ClientRow): Client {
  return {
    ...client,
    creditsBalance: toWireCredits(creditsBalance),
    unlimitedUntil: unlimitedUntil === null ? null : String(unlimitedUntil),
  }
}
