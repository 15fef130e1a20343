// Decisions about credits as they are written: lots that begin, the receipt that says why, and the ledger's lines.
import type { Receipt } from '@fitflow/contract/booking.ts'
import type { CreditType } from '@fitflow/contract/credits.ts'
import { toWireCredits } from '../platform/credits.ts'
import type { Sql } from '../platform/sql.ts'
import type { BookingId, MembershipId, ReceiptId, TransactionId, UserId } from '../platform/ids.ts'
import type { Tx } from '../platform/tx.ts'
import type { Lot } from './lots.ts'

/** What a decision did to one lot, in hundredths and signed as on the ledger; 0 where nothing moved. */
export interface ReceiptLine {
  lot?: string
  credits?: number
}

/** Why a decision came out as it did. `facts` are data: what was compared, with which bounds. */
export interface ReceiptDraft {
  id: ReceiptId
  userId: UserId
  bookingId: BookingId | null
  /** The lot it is about, when it moves no credits. */
  membershipId?: MembershipId
  rule: string
  version: number
  sentence: string
  facts: object
  lines: ReceiptLine[]
  /** Who decided; null when a rule did by itself. */
  actorId: UserId | null
  /** Now, unless it is told afterwards. */
  decidedAt?: Temporal.Instant
}

/** One line of the ledger, in hundredths; the balance is the lot's after it. */
export interface LedgerLine {
  id: TransactionId
  membershipId: MembershipId
  userId: UserId
  type: CreditType
  amount: number
  balanceAfter: number
  bookingId: BookingId | null
  receiptId: ReceiptId
  /** Now, unless it is told afterwards. */
  createdAt?: Temporal.Instant
}

export interface Decisions {
  /** Their balance starts at 0: what is in them comes by a line. */
  newLots: readonly Lot[]
  receipts: readonly ReceiptDraft[]
  lines: readonly LedgerLine[]
  /** Lots whose time a booking began: their end as it now is. */
  activated?: readonly Lot[]
}

/** Sends everything with the COMMIT, one statement a table; the database adds the lines to the balances of their lots. */
export function writeDecisions(tx: Tx, { newLots, receipts, lines, activated = [] }: Decisions): void {
  if (newLots.length > 0) tx.send(insertLots(tx.sql, newLots))
  if (receipts.length > 0) tx.send(insertReceipts(tx.sql, receipts, tx.now))
  if (lines.length > 0) tx.send(insertLines(tx.sql, lines, tx.now))
  if (activated.length > 0) tx.send(beginLots(tx.sql, activated))
}

function beginLots(sql: Sql, lots: readonly Lot[]) {
  return sql`
    update memberships m set activated_at = a.activated_at, valid_until = a.valid_until
    from unnest(${lots.map(lot => lot.id)}::uuid[], ${lots.map(lot => String(lot.activatedAt))}::timestamptz[],
      ${lots.map(lot => String(lot.validUntil))}::timestamptz[]) as a (id, activated_at, valid_until)
    where m.id = a.id`
}

function insertLots(sql: Sql, lots: readonly Lot[]) {
  return sql`
    insert into memberships (id, user_id, plan_type, name, credits_granted, valid_from, valid_until, activation_days, origin_id, created_at)
    select * from unnest(${lots.map(lot => lot.id)}::uuid[], ${lots.map(lot => lot.userId)}::uuid[],
      ${lots.map(lot => lot.planType)}::text[], ${lots.map(lot => lot.name)}::text[],
      ${lots.map(lot => lot.creditsGranted)}::int[], ${lots.map(lot => String(lot.validFrom))}::timestamptz[],
      ${lots.map(lot => String(lot.validUntil))}::timestamptz[], ${lots.map(lot => lot.activationDays)}::int[], ${lots.map(lot => lot.originId)}::uuid[],
      ${lots.map(lot => String(lot.createdAt))}::timestamptz[])`
}

function insertReceipts(sql: Sql, receipts: readonly ReceiptDraft[], now: Temporal.Instant) {
  return sql`
    insert into decision_receipts
      (id, user_id, booking_id, membership_id, rule, rule_version, sentence, facts, lines, actor_id, decided_at)
    select id, user_id, booking_id, membership_id, rule, rule_version, sentence, facts::jsonb, lines::jsonb, actor_id, decided_at
    from unnest(${receipts.map(one => one.id)}::uuid[], ${receipts.map(one => one.userId)}::uuid[],
      ${receipts.map(one => one.bookingId)}::uuid[], ${receipts.map(one => one.membershipId ?? null)}::uuid[], ${receipts.map(one => one.rule)}::text[],
      ${receipts.map(one => one.version)}::int[], ${receipts.map(one => one.sentence)}::text[],
      ${receipts.map(one => JSON.stringify(one.facts))}::text[], ${receipts.map(one => JSON.stringify(one.lines))}::text[],
      ${receipts.map(one => one.actorId)}::uuid[], ${receipts.map(one => String(one.decidedAt ?? now))}::timestamptz[])
      as r (id, user_id, booking_id, membership_id, rule, rule_version, sentence, facts, lines, actor_id, decided_at)`
}

function insertLines(sql: Sql, lines: readonly LedgerLine[], now: Temporal.Instant) {
  return sql`
    insert into credit_transactions
      (id, user_id, membership_id, type, amount, balance_after, booking_id, receipt_id, created_at)
    select id, user_id, membership_id, type, amount, balance_after, booking_id, receipt_id, created_at
    from unnest(${lines.map(line => line.id)}::uuid[], ${lines.map(line => line.userId)}::uuid[],
      ${lines.map(line => line.membershipId)}::uuid[], ${lines.map(line => line.type)}::text[],
      ${lines.map(line => line.amount)}::int[], ${lines.map(line => line.balanceAfter)}::int[],
      ${lines.map(line => line.bookingId)}::uuid[], ${lines.map(line => line.receiptId)}::uuid[],
      ${lines.map(line => String(line.createdAt ?? now))}::timestamptz[])
      as l (id, user_id, membership_id, type, amount, balance_after, booking_id, receipt_id, created_at)`
}

/** A receipt on the wire: credits as decimals. */
export function toWireReceipt(
  receipt: Pick<ReceiptDraft, 'rule' | 'version' | 'sentence' | 'lines'>,
  decidedAt: Temporal.Instant,
): Receipt {
  const { rule, version, sentence } = receipt
  const lines = receipt.lines.map(({ lot, credits }) => ({
    ...(lot === undefined ? {} : { lot }),
    ...(credits === undefined ? {} : { credits: toWireCredits(credits) }),
  }))
  return { rule, version, sentence, lines, decidedAt: String(decidedAt) }
}

const topicOf = {
  debit: 'credit.used',
  return: 'credit.returned',
  grant: 'credit.granted',
  expire: 'credit.expired',
  adjust: 'credit.adjusted',
  transfer: 'credit.transferred',
} as const

/** Emits one event for each booking (or member, without one) and kind of movement, naming its lines. */
export function announceCredits(tx: Tx, lines: readonly LedgerLine[]): void {
  const moved = lines.filter(line => line.type in topicOf)
  for (const group of Map.groupBy(moved, line => `${line.type} ${line.bookingId ?? line.userId}`).values()) {
    const [{ type, userId, bookingId }] = group as [LedgerLine]
    tx.emit(topicOf[type as keyof typeof topicOf], { transactionIds: group.map(line => line.id), userId, bookingId })
  }
}
