// A member's ledger, latest first, each line with the receipt that says why.
import type { CreditTransaction, CreditType, LedgerQuery } from '@fitflow/contract/credits.ts'
import { Id, Instant, type Page } from '@fitflow/contract/scalars.ts'
import Type from 'typebox'
import { toWireCredits } from '../platform/credits.ts'
import type { Sql } from '../platform/sql.ts'
import type { BookingId, MembershipId, TransactionId, UserId } from '../platform/ids.ts'
import { openKeyset, pageSize } from '../platform/keyset.ts'
import { toWireReceipt, type ReceiptLine } from './decisions.ts'

interface LedgerRow {
  id: TransactionId
  membershipId: MembershipId
  membershipName: string
  type: CreditType
  amount: number
  balanceAfter: number
  bookingId: BookingId | null
  createdAt: Temporal.Instant
  rule: string
  version: number
  sentence: string
  lines: ReceiptLine[]
  decidedAt: Temporal.Instant
}

const latestFirst = openKeyset<[string, string]>(Type.Tuple([Instant, Id]))

/** One page of the member's ledger, or of one of their lots. Served by `credit_transactions_user_id`. */
export async function ledgerPage(sql: Sql, userId: UserId, query: LedgerQuery): Promise<Page<CreditTransaction>> {
  const limit = query.limit ?? pageSize
  const after = latestFirst.read(query.cursor)
  const rows = await sql<LedgerRow[]>`
    select t.id, t.membership_id, m.name as membership_name, t.type, t.amount, t.balance_after, t.booking_id, t.created_at,
      r.rule, r.rule_version as version, r.sentence, r.lines, r.decided_at
    from credit_transactions t
    join memberships m on m.id = t.membership_id
    join decision_receipts r on r.id = t.receipt_id
    where t.user_id = ${userId}
      ${query.membership_id === undefined ? sql`` : sql`and t.membership_id = ${query.membership_id}`}
      ${after ? sql`and (t.created_at, t.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
    order by t.created_at desc, t.id desc limit ${limit + 1}`
  const { items, nextCursor } = latestFirst.page(rows, limit, row => [String(row.createdAt), row.id])
  return { items: items.map(toWireLine), nextCursor }
}

function toWireLine(row: LedgerRow): CreditTransaction {
  return {
    id: row.id,
    membershipId: row.membershipId,
    membershipName: row.membershipName,
    type: row.type,
    amount: toWireCredits(row.amount),
    balanceAfter: toWireCredits(row.balanceAfter),
    bookingId: row.bookingId,
    createdAt: String(row.createdAt),
    receipt: toWireReceipt(row, row.decidedAt),
  }
}
