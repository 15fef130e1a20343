// Clients with what they may pay with, as staff look them up.
import type { Client, ClientQuery } from '@fitflow/contract/clients.ts'
import type { Page } from '@fitflow/contract/scalars.ts'
import { listUsers } from '../identity/users.ts'
import type { Fragment } from '../platform/sql.ts'
import type { UserId } from '../platform/ids.ts'
import type { Tx } from '../platform/tx.ts'
import { liveBlocks } from './blocks.ts'
import { meansOf } from './means.ts'

type At = Pick<Tx, 'sql' | 'now'>

/** `warningDays`: how near an end is that counts as expiring. */
export type ClientSearch = ClientQuery & { warningDays?: number }

/**
 * One page of the people whose name or address contains `search`, by name. `among` narrows them by a condition on `u.id`:
 * whom a trainer may see is decided by the module that knows bookings.
 */
export async function listClients(tx: At, query: ClientSearch, among?: Fragment | undefined): Promise<Page<Client>> {
  const { items, nextCursor } = await listUsers(tx.sql, query, narrowed(tx, query, among))
  const ids = items.map(user => user.id as UserId)
  const [means, blocked] = await Promise.all([meansOf(tx, ids), blockedUntil(tx, ids)])
  const toWire = ({ id, name, email }: (typeof items)[number]): Client => {
    return { id, name, email, ...means(id as UserId), blockedUntil: blocked(id as UserId) }
  }
  return { items: items.map(toWire), nextCursor }
}

function narrowed({ sql, now }: At, { has, blocked, warningDays = 14 }: ClientSearch, among: Fragment | undefined): Fragment | undefined {
  // `offset 0` keeps each question a look into one person's lots: turned into a join, it would read everybody's.
  const today = sql`m.user_id = u.id and m.valid_from <= ${now} and m.valid_until > ${now}`
  const something = sql`(m.credits_balance > 0 or m.credits_granted is null)`
  const lots = {
    credits: sql`exists (select from memberships m where ${today} and m.credits_balance > 0 offset 0)`,
    unlimited: sql`exists (select from memberships m where ${today} and m.credits_granted is null offset 0)`,
    nothing: sql`not exists (select from memberships m where ${today} and ${something} offset 0)`,
    expiring: sql`exists (select from memberships m where ${today} and ${something} and m.valid_until <= ${now.add({ hours: warningDays * 24 })} offset 0)`,
  }
  const conditions = [
    ...(among ? [among] : []),
    ...(has ? [lots[has]] : []),
    ...(blocked ? [sql`exists (select from booking_blocks b where b.user_id = u.id and b.lifted_at is null and b.starts_at <= ${now} and b.ends_at > ${now})`] : []),
  ]
  return conditions.reduce<Fragment | undefined>((all, one) => (all ? sql`${all} and ${one}` : one), undefined)
}

/** Until when each of these members may not book for themselves, in ISO 8601; null when they may. */
export async function blockedUntil({ sql, now }: At, userIds: readonly UserId[]): Promise<(userId: UserId) => string | null> {
  const rows = await liveBlocks(sql, userIds, sql`${now}::timestamptz`)
  const ends = new Map(rows.map(row => [row.userId, String(row.endsAt)]))
  return userId => ends.get(userId) ?? null
}
