// A member's lots as they see them: what has not ended, in the order it will be spent, and what ended last.
import type { MyMemberships } from '@fitflow/contract/credits.ts'
import { toWireCredits } from '../platform/credits.ts'
import type { MembershipId, UserId } from '../platform/ids.ts'
import type { Sql } from '../platform/sql.ts'
import type { Tx } from '../platform/tx.ts'
import { paysFor, spendingOrder } from './allocation.rule.ts'
import { toWireReceipt, type ReceiptLine } from './decisions.ts'
import { lotColumns, toWireMembership, type BesideLot, type Lot } from './lots.ts'

const endedMax = 20

/** The lots of a member that have not ended, spent ones included, and the last that did; sums are over those that pay today. */
export async function memberLots({ sql, now }: Pick<Tx, 'sql' | 'now'>, userId: UserId): Promise<MyMemberships> {
  const [rows, ended] = await Promise.all([
    sql<Lot[]>`select ${lotColumns(sql)} from memberships where user_id = ${userId} and valid_until > ${now}`,
    sql<Lot[]>`
      select ${lotColumns(sql)} from memberships where user_id = ${userId} and valid_until <= ${now}
      order by valid_until desc, id limit ${endedMax}`,
  ])
  const beside = await besides(sql, [...rows, ...ended].map(lot => lot.id))
  const today = rows.filter(lot => paysFor(lot, { startsAt: now, now }))
  const toWire = (lot: Lot) => toWireMembership(lot, beside(lot))
  return {
    creditsBalance: toWireCredits(today.reduce((sum, lot) => sum + lot.creditsBalance, 0)),
    unlimited: today.some(lot => lot.creditsGranted === null),
    items: rows.toSorted(spendingOrder(now)).map(toWire),
    ended: ended.map(toWire),
  }
}

interface ChangeRow {
  membershipId: MembershipId
  rule: string
  version: number
  sentence: string
  lines: ReceiptLine[]
  decidedAt: Temporal.Instant
}

/** Warnings of the ends they have, and what was decided about them without moving credits. */
async function besides(sql: Sql, ids: readonly MembershipId[]): Promise<(lot: Lot) => BesideLot> {
  const [warnings, changes] = await Promise.all([
    sql<{ membershipId: MembershipId; validUntil: Temporal.Instant; days: number }[]>`
      select membership_id, valid_until, min(days_before) as days from expiry_warnings
      where membership_id = any(${[...ids]}::uuid[]) group by membership_id, valid_until`,
    sql<ChangeRow[]>`
      select membership_id, rule, rule_version as version, sentence, lines, decided_at from decision_receipts
      where membership_id = any(${[...ids]}::uuid[]) order by decided_at desc, id desc`,
  ])
  return ({ id, validUntil }) => ({
    warnedDays: warnings.find(one => one.membershipId === id && one.validUntil.equals(validUntil))?.days ?? null,
    changes: changes.filter(one => one.membershipId === id).map(one => toWireReceipt(one, one.decidedAt)),
  })
}
