// Staff correct what a lot has: credits put in or taken out, with a reason that the member reads.
import type { Adjustment, Granted } from '@fitflow/contract/credits.ts'
import { toHundredths } from '../platform/credits.ts'
import type { Database } from '../platform/db.ts'
import type { Answer } from '../platform/idempotency.ts'
import type { MembershipId, ReceiptId, TransactionId } from '../platform/ids.ts'
import { newId } from '../platform/ids.ts'
import { announceCredits, toWireReceipt, writeDecisions, type LedgerLine, type ReceiptDraft } from './decisions.ts'
import { decideAdjustment } from './lot-change.rule.ts'
import { adjustedSentence } from './lot-sentences.ts'
import { toWireMembership } from './lots.ts'
import { withLot, type LotCommand } from './with-lot.ts'

/** Answers 200 with the lot and its receipt. Throws `not-found`, `membership-ended`, `membership-unlimited`, `balance-too-low`. */
export function adjustLot(db: Database, id: MembershipId, { credits, reason }: Adjustment, command: LotCommand): Promise<Answer> {
  const amount = toHundredths(credits)
  return withLot(db, { id }, command, async (tx, { lot }) => {
    decideAdjustment(lot, amount, tx.now)
    lot.creditsBalance += amount
    const { userId } = lot
    const receipt: ReceiptDraft = {
      ...{ id: newId<ReceiptId>(), userId, bookingId: null, rule: 'adjust', version: 1, actorId: tx.actor.userId },
      sentence: adjustedSentence(amount, { reason }),
      facts: { credits: amount, reason },
      lines: [{ lot: id, credits: amount }],
    }
    const line: LedgerLine = {
      ...{ id: newId<TransactionId>(), membershipId: id, userId, type: 'adjust', amount, balanceAfter: lot.creditsBalance },
      ...{ bookingId: null, receiptId: receipt.id },
    }
    writeDecisions(tx, { newLots: [], receipts: [receipt], lines: [line] })
    announceCredits(tx, [line])
    tx.audit({ entityType: 'membership', entityId: id, action: 'adjusted', details: { userId, credits: amount, transactionId: line.id } })
    const body: Granted = { membership: toWireMembership(lot), receipt: toWireReceipt(receipt, tx.now) }
    return { status: 200, body }
  })
}
