// Staff move credits from one member to another: out of one lot, into a new one of the same validity.
import type { Transfer, Transferred } from '@fitflow/contract/credits.ts'
import { toHundredths } from '../platform/credits.ts'
import type { Database } from '../platform/db.ts'
import type { Answer } from '../platform/idempotency.ts'
import { newId, type MembershipId, type ReceiptId, type TransactionId, type UserId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import { malformed } from '../platform/shape.ts'
import type { Tx } from '../platform/tx.ts'
import { announceCredits, toWireReceipt, writeDecisions, type LedgerLine, type ReceiptDraft } from './decisions.ts'
import { decideTransfer } from './lot-change.rule.ts'
import { transferSentences } from './lot-sentences.ts'
import { toWireMembership, unmarked, type Lot } from './lots.ts'
import { withLot, type LotCommand } from './with-lot.ts'

/**
 * Answers 200 with both lots and the giver's receipt. Throws `not-found`, `membership-ended`, `membership-unlimited`,
 * `membership-frozen`, `balance-too-low`, and `invalid-request` for a transfer to the same member.
 */
export function transferCredits(db: Database, id: MembershipId, wish: Transfer, command: LotCommand): Promise<Answer> {
  const toUserId = wish.toUserId as UserId
  const credits = toHundredths(wish.credits)
  return withLot(db, { id, others: [toUserId] }, command, async (tx, { lot, members }) => {
    if (toUserId === lot.userId) throw malformed([{ path: 'body/toUserId', message: 'must be somebody else' }])
    if (!members.includes(toUserId)) throw new Problem('not-found', 'There is no such member to receive them.')
    decideTransfer(lot, credits, tx.now)
    lot.creditsBalance -= credits
    const received = receivedLot(lot, { toUserId, credits, now: tx.now })
    const receipt = write(tx, { lot, received, credits, reason: wish.reason, timeZone: command.timeZone })
    const details = { fromUserId: lot.userId, toUserId, credits, receivedId: received.id }
    tx.audit({ entityType: 'membership', entityId: id, action: 'transferred', details })
    const body: Transferred = { membership: toWireMembership(lot), receipt: toWireReceipt(receipt, tx.now), received: toWireMembership(received) }
    return { status: 200, body }
  })
}

/** It ends as the one it came from does; what no booking has begun begins with the receiver's first. */
function receivedLot(lot: Lot, { toUserId, credits, now }: { toUserId: UserId; credits: number; now: Temporal.Instant }): Lot {
  return {
    ...lot,
    ...unmarked,
    ...{ id: newId<MembershipId>(), userId: toUserId, planType: 'transferred', originId: lot.id, createdAt: now },
    ...{ creditsGranted: credits, creditsBalance: credits },
    activationDays: lot.activatedAt === null ? lot.activationDays : null,
    validFrom: Temporal.Instant.compare(lot.validFrom, now) > 0 ? lot.validFrom : now,
  }
}

/** Two lines and two receipts: each side reads its own. Answers the giver's. */
function write(tx: Tx, of: { lot: Lot; received: Lot; credits: number; reason: string; timeZone: string }): ReceiptDraft {
  const { lot, received, credits, reason, timeZone } = of
  const sentences = transferSentences(credits, received.validUntil, { reason, timeZone })
  const facts = { fromUserId: lot.userId, toUserId: received.userId, fromLot: lot.id, toLot: received.id, credits, reason }
  const sides = [
    { on: lot, amount: -credits, sentence: sentences.given },
    { on: received, amount: credits, sentence: sentences.received },
  ].map(({ on, amount, sentence }) => {
    const receipt: ReceiptDraft = {
      ...{ id: newId<ReceiptId>(), userId: on.userId, bookingId: null, rule: 'transfer', version: 1, actorId: tx.actor.userId },
      ...{ sentence, facts, lines: [{ lot: on.id, credits: amount }] },
    }
    const line: LedgerLine = {
      ...{ id: newId<TransactionId>(), membershipId: on.id, userId: on.userId, type: 'transfer', amount },
      ...{ balanceAfter: on.creditsBalance, bookingId: null, receiptId: receipt.id },
    }
    return { receipt, line }
  })
  const lines = sides.map(side => side.line)
  writeDecisions(tx, { newLots: [received], receipts: sides.map(side => side.receipt), lines })
  announceCredits(tx, lines)
  return (sides[0] as (typeof sides)[number]).receipt
}
