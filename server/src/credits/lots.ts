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
  /** The freeze under way, to come or over: it pays for nothing that starts inside (half-open); both or neither. */
  frozenFrom: Temporal.Instant | null
  frozenUntil: Temporal.Instant | null
  /** Null: its time runs from the beginning. Else so many days from its first use, at most until `validUntil`. */
  activationDays: number | null
  activatedAt: Temporal.Instant | null
  /** When the job ended it and took out what was left. */
  expiredAt: Temporal.Instant | null
  /** The lot whose credits this one carries: returned to the same member, or transferred by another. */
  originId: MembershipId | null
  createdAt: Temporal.Instant
}

export const lotColumns = (sql: Sql) => sql`
  id, user_id, plan_type, name, credits_granted, credits_balance, valid_from, valid_until, frozen_from, frozen_until,
  activation_days, activated_at, expired_at, origin_id, created_at`

/** What a new lot has none of yet. */
export const unmarked = { frozenFrom: null, frozenUntil: null, activationDays: null, activatedAt: null, expiredAt: null }

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

/** These lots, spent or not, unlocked: for a preview. */
export function lotsById(sql: Sql, ids: Iterable<MembershipId>) {
  return sql<Lot[]>`select ${lotColumns(sql)} from memberships where id = any(${[...new Set(ids)]}::uuid[])`
}

/** A lot by its id, unlocked; undefined when there is none. */
export async function findLot(sql: Sql, id: MembershipId): Promise<Lot | undefined> {
  const [lot] = await sql<Lot[]>`select ${lotColumns(sql)} from memberships where id = ${id}`
  return lot
}

/** What is told beside a lot: the last warning of its end, and what was decided about it without moving credits. */
export type BesideLot = Pick<Membership, 'warnedDays' | 'changes'>

/** A lot on the wire: credits as decimals, null when unlimited. */
export function toWireMembership(lot: Lot, beside: BesideLot = { warnedDays: null, changes: [] }): Membership {
  const unlimited = lot.creditsGranted === null
  return {
    ...beside,
    freeze: lot.frozenFrom && lot.frozenUntil ? { from: String(lot.frozenFrom), until: String(lot.frozenUntil) } : null,
    activation: lot.activationDays === null ? null : { days: lot.activationDays, activatedAt: lot.activatedAt === null ? null : String(lot.activatedAt) },
    expiredAt: lot.expiredAt === null ? null : String(lot.expiredAt),
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
