// A planned return as it goes to the books: lots that begin, lines of the ledger, lines of the receipt.
import { newId, type BookingId, type MembershipId, type ReceiptId, type TransactionId } from '../platform/ids.ts'
import type { LedgerLine, ReceiptLine } from './decisions.ts'
import { unmarked, type Lot } from './lots.ts'
import type { LotReturn, ReturnPlan } from './returns.rule.ts'

export interface ReturnedCredits {
  newLots: Lot[]
  lines: LedgerLine[]
  receiptLines: ReceiptLine[]
}

/**
 * Turns a plan into rows: `return` on the lot each share lands in, and `forfeit` (amount 0) on each lot that does not get
 * everything back. Counts the balances of the plan's lots on, so that a later decision of the same transaction sees them.
 */
export function returnCredits(
  plan: ReturnPlan,
  of: { bookingId: BookingId; receiptId: ReceiptId },
  now: Temporal.Instant,
): ReturnedCredits {
  const rows: ReturnedCredits = { newLots: [], lines: [], receiptLines: [] }
  const post = (lot: Lot, type: 'return' | 'forfeit', amount: number) => {
    lot.creditsBalance += amount
    const { id: membershipId, userId, creditsBalance: balanceAfter } = lot
    rows.lines.push({ id: newId<TransactionId>(), membershipId, userId, type, amount, balanceAfter, ...of })
    rows.receiptLines.push({ lot: membershipId, credits: amount })
  }
  for (const share of plan.returns) {
    const lot = share.childUntil === null ? share.from : childLot(share, share.childUntil, now)
    if (lot !== share.from) rows.newLots.push(lot)
    post(lot, 'return', share.credits)
  }
  for (const { lot } of plan.kept) post(lot, 'forfeit', 0)
  return rows
}

/** A lot of its own for credits whose lot is about to end, named after it. */
function childLot({ from, credits }: LotReturn, validUntil: Temporal.Instant, now: Temporal.Instant): Lot {
  return {
    id: newId<MembershipId>(),
    userId: from.userId,
    planType: 'returned',
    name: from.planType === 'returned' ? from.name : `Returned: ${from.name}`,
    creditsGranted: credits,
    creditsBalance: 0,
    validFrom: now,
    validUntil,
    originId: from.id,
    ...unmarked,
    createdAt: now,
  }
}
