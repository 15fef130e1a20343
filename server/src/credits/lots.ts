// Rows of memberships: a lot of credits, or one period of unlimited access. What somebody may pay with.
import type { Membership } from '@fitflow/contract/credits.ts'
import { toWireCredits } from '../platform/credits.ts'
import { rowLock } from '../platform/guards.ts'
import type { Sql } from '../platform/sql.ts'
import { inLockOrder, type MembershipId, type UserId } from '../platform/ids.ts'

export type PlanType = Membership['planType']

/** Credits in hundredths; `creditsGranted` is null when access is unlimited, and the balance then stays 0. */
export interface Lot {
  id: MembershipId
  userId: UserId
  planType: PlanType
  name: string
  creditsGranted: number | null
  creditsBalance: number
  validFrom: Temporal.Instant
  /** The first instant at which it no longer pays. */
  validUntil: Temporal.Instant
  /** The lot whose returned credits this one carries. */
  originId: MembershipId | null
  createdAt: Temporal.Instant
}

export const lotColumns = (sql: Sql) => sql`
  id, user_id, plan_type, name, credits_granted, credits_balance, valid_from, valid_until, origin_id, created_at`

const spendable = (sql: Sql, userIds: Iterable<UserId>) => sql`
  user_id = any(${[...new Set(userIds)]}::uuid[]) and (credits_balance > 0 or credits_granted is null)`

/** What these members may pay with, unlocked: good enough for a quote, never for a debit. Served by `memberships_user_id`. */
export function spendableLots(sql: Sql, userIds: Iterable<UserId>) {
  return sql<Lot[]>`select ${lotColumns(sql)} from memberships where ${spendable(sql, userIds)}`
}

/** The same rows, locked in ascending order: a credit is spent once, whoever asks at the same time. */
export function lockLots(sql: Sql, userIds: Iterable<UserId>) {
  return sql<Lot[]>`select ${lotColumns(sql)} from memberships where ${spendable(sql, userIds)} order by id ${rowLock(sql, 'for update')}`
}

/** These lots, spent or not, locked in ascending order. */
export function lockLotsById(sql: Sql, ids: Iterable<MembershipId>) {
  return sql<Lot[]>`
    select ${lotColumns(sql)} from memberships where id = any(${inLockOrder(ids)}::uuid[]) order by id ${rowLock(sql, 'for update')}`
}

/** A lot on the wire: credits as decimals, null when unlimited. */
export function toWireMembership(lot: Lot): Membership {
  const unlimited = lot.creditsGranted === null
  return {
    id: lot.id,
    planType: lot.planType,
    name: lot.name,
    creditsGranted: lot.creditsGranted === null ? null : toWireCredits(lot.creditsGranted),
    creditsBalance: unlimited ? null : toWireCredits(lot.creditsBalance),
    validFrom: String(lot.validFrom),
    validUntil: String(lot.validUntil),
    originId: lot.originId,
    createdAt: String(lot.createdAt),
  }
}
