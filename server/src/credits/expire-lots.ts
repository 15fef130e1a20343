// Lots whose time is over: what is left in them is taken out, with a receipt, and they are marked as ended.
import { lockMembers } from '../identity/lock-members.ts'
import type { Context } from '../platform/context.ts'
import type { Database } from '../platform/db.ts'
import { newId, type MembershipId, type ReceiptId, type TransactionId, type UserId } from '../platform/ids.ts'
import type { Sql } from '../platform/sql.ts'
import { newTraceId } from '../platform/trace.ts'
import { transact, type Tx } from '../platform/tx.ts'
import { announceCredits, writeDecisions, type LedgerLine, type ReceiptDraft } from './decisions.ts'
import { isOver } from './expiry.rule.ts'
import { expiredSentence } from './lot-sentences.ts'
import { lockLotsById, type Lot } from './lots.ts'

// Few enough members to lock that a booking of one of them waits for one commit at most.
const lotsMax = 100

/**
 * Ends up to 100 lots and answers how many: while that is not 0 there may be more. Any number of workers may run it, beside
 * bookings and returns: each lot is looked at again under its lock.
 */
export async function expireLots(db: Database, timeZone: string, traceId = newTraceId()): Promise<number> {
  const seen = await db.sql<{ id: MembershipId; userId: UserId }[]>`
    select id, user_id from memberships
    where expired_at is null and valid_until <= ${db.clock.expression(db.sql)} order by valid_until limit ${lotsMax}`
  if (seen.length === 0) return 0
  const context: Context = { actor: { userId: null, role: 'system', via: 'job' }, traceId }
  const lock = (sql: Sql) => ({
    members: lockMembers(sql, seen.map(row => row.userId)),
    lots: lockLotsById(sql, seen.map(row => row.id)),
  })
  return transact(db, context, { lock }, async (tx, { lots }) => {
    const over = lots.filter(lot => isOver(lot, tx.now))
    takeOut(tx, over.filter(lot => lot.creditsBalance > 0), timeZone)
    if (over.length > 0) tx.send(tx.sql`update memberships set expired_at = ${tx.now} where id = any(${over.map(lot => lot.id)}::uuid[])`)
    return over.length
  })
}

function takeOut(tx: Tx, lots: readonly Lot[], timeZone: string): void {
  const made = lots.map(lot => expiryOf(lot, tx.now, timeZone))
  const lines = made.map(one => one.line)
  writeDecisions(tx, { newLots: [], receipts: made.map(one => one.receipt), lines })
  announceCredits(tx, lines)
}

function expiryOf(lot: Lot, now: Temporal.Instant, timeZone: string): { receipt: ReceiptDraft; line: LedgerLine } {
  const { id: membershipId, userId, creditsBalance, validUntil } = lot
  const receipt: ReceiptDraft = {
    ...{ id: newId<ReceiptId>(), userId, bookingId: null, rule: 'expiry', version: 1, actorId: null },
    sentence: expiredSentence(lot, timeZone),
    facts: { validUntil: String(validUntil), expiredAt: String(now), credits: creditsBalance },
    lines: [{ lot: membershipId, credits: -creditsBalance }],
  }
  const line: LedgerLine = {
    ...{ id: newId<TransactionId>(), membershipId, userId, type: 'expire', amount: -creditsBalance, balanceAfter: 0 },
    ...{ bookingId: null, receiptId: receipt.id },
  }
  return { receipt, line }
}
