// New lots with the line and the receipt that put credits into them, however many at once.
import type { Receipt } from '@fitflow/contract/booking.ts'
import { newId, type MembershipId, type ReceiptId, type TransactionId, type UserId } from '../platform/ids.ts'
import type { Tx } from '../platform/tx.ts'
import { toWireReceipt, writeDecisions, type LedgerLine, type ReceiptDraft } from './decisions.ts'
import { unmarked, type Lot, type PlanType } from './lots.ts'
import { grantedSentence } from './sentences.ts'

export interface Opening {
  userId: UserId
  /** Hundredths; null for unlimited access. */
  credits: number | null
  name: string
  planType: Exclude<PlanType, 'returned' | 'transferred'>
  /** Now, unless it is told afterwards. */
  openedAt?: Temporal.Instant
  /** From the opening on, unless told otherwise. */
  validFrom?: Temporal.Instant
  /** With `activationDays`: the latest end it can have. */
  validUntil: Temporal.Instant
  /** Its time runs so many days from its first use; from the beginning unless told. */
  activationDays?: number
  /** Why they get it, for their receipt. */
  reason: string
}

export interface Opened {
  /** With the balance the ledger gives it. */
  lot: Lot
  receipt: Receipt
  /** None for unlimited access: there is nothing to count. */
  line: LedgerLine | null
}

/** Opens every lot with one receipt and, for credits, one `grant` on the ledger; one statement a table, sent with the COMMIT. */
export function openLots(tx: Tx, openings: readonly Opening[], timeZone: string): Opened[] {
  const made = openings.map(opening => draft(tx, opening, timeZone))
  writeDecisions(tx, {
    newLots: made.map(one => one.lot),
    receipts: made.map(one => one.receipt),
    lines: made.flatMap(one => one.line ?? []),
  })
  return made.map(({ lot, receipt, line }) => ({ lot, line, receipt: toWireReceipt(receipt, lot.createdAt) }))
}

function draft(tx: Tx, opening: Opening, timeZone: string) {
  const lot = lotOf(opening, opening.openedAt ?? tx.now)
  const { credits, reason, validUntil, userId, activationDays } = opening
  const receipt: ReceiptDraft = {
    ...{ id: newId<ReceiptId>(), userId, bookingId: null, rule: 'grant', version: 1, actorId: tx.actor.userId },
    sentence: grantedSentence({ credits, validUntil, reason, activationDays, timeZone }),
    facts: { credits, reason, validFrom: String(lot.validFrom), validUntil: String(validUntil), ...(activationDays === undefined ? {} : { activationDays }) },
    lines: [{ lot: lot.id, credits: credits ?? 0 }],
    decidedAt: lot.createdAt,
  }
  return { lot, receipt, line: credits === null ? null : grantLine(lot, credits, receipt.id) }
}

function lotOf({ userId, planType, name, credits, validFrom, validUntil, activationDays }: Opening, openedAt: Temporal.Instant): Lot {
  return {
    ...{ id: newId<MembershipId>(), userId, planType, name, originId: null, createdAt: openedAt },
    ...{ creditsGranted: credits, creditsBalance: credits ?? 0, validFrom: validFrom ?? openedAt, validUntil },
    ...unmarked,
    activationDays: activationDays ?? null,
  }
}

function grantLine(lot: Lot, credits: number, receiptId: ReceiptId): LedgerLine {
  return {
    ...{ id: newId<TransactionId>(), membershipId: lot.id, userId: lot.userId, type: 'grant', bookingId: null, receiptId },
    ...{ amount: credits, balanceAfter: credits, createdAt: lot.createdAt },
  }
}
