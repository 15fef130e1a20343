// A member's lots as they see them: what has not ended yet, in the order it will be spent.
import type { MyMemberships } from '@fitflow/contract/credits.ts'
import { toWireCredits } from '../platform/credits.ts'
import type { UserId } from '../platform/ids.ts'
import type { Tx } from '../platform/tx.ts'
import { paysFor, soonestFirst } from './allocation.rule.ts'
import { lotColumns, toWireMembership, type Lot } from './lots.ts'

/** The lots of a member that have not ended, spent ones included; sums are over those that pay today. */
export async function memberLots({ sql, now }: Pick<Tx, 'sql' | 'now'>, userId: UserId): Promise<MyMemberships> {
  const rows = await sql<Lot[]>`
    select ${lotColumns(sql)} from memberships where user_id = ${userId} and valid_until > ${now}`
  const today = rows.filter(lot => paysFor(lot, { startsAt: now, now }))
  return {
    creditsBalance: toWireCredits(today.reduce((sum, lot) => sum + lot.creditsBalance, 0)),
    unlimited: today.some(lot => lot.creditsGranted === null),
    items: rows.toSorted(soonestFirst).map(toWireMembership),
  }
}
