// Penalties are taken back: exactly what was taken is returned, a block among it when too few of its strikes are left.
import { lockMembers } from '../identity/lock-members.ts'
import { inLockOrder, newId, type BlockId, type BookingId, type PenaltyId, type ReceiptId } from '../platform/ids.ts'
import type { Tx } from '../platform/tx.ts'
import { liftBlocks } from './blocks.ts'
import { writeDecisions, type ReceiptDraft } from './decisions.ts'
import { freeStrikes, standingPenalties, strikesOfBlocks, waive, type Penalty } from './penalties.ts'
import { takenBackSentence } from './penalty-sentences.ts'

export interface UndoReason {
  /** The rule that the receipts name. */
  rule: 'waive' | 'correction' | 'studio-cancel'
  /** Said to the member: "the class was cancelled". */
  reason: string
  timeZone: string
}

/**
 * Takes back every strike and fee of these bookings that still stands, or `only` one of them: a few statements, however many. Locks their members;
 * call it under the session's lock, before any lot is locked. Answers what was taken back.
 */
export async function undoPenalties(tx: Tx, bookingIds: readonly BookingId[], why: UndoReason, only?: PenaltyId): Promise<Penalty[]> {
  const known = await standing(tx, bookingIds, only)
  if (known.length === 0) return []
  await lockMembers(tx.sql, inLockOrder(known.map(penalty => penalty.userId)))
  // Looked at again under the lock: somebody else may have taken one back meanwhile.
  const penalties = await standing(tx, bookingIds, only)
  await takeBack(tx, penalties, why)
  return penalties
}

/** Those of these bookings, or only one of them. */
async function standing(tx: Tx, bookingIds: readonly BookingId[], only: PenaltyId | undefined): Promise<Penalty[]> {
  const penalties = await standingPenalties(tx.sql, bookingIds)
  return only === undefined ? penalties : penalties.filter(penalty => penalty.id === only)
}

/** The same for these penalties, whose members are locked. */
async function takeBack(tx: Tx, penalties: readonly Penalty[], why: UndoReason): Promise<void> {
  if (penalties.length === 0) return
  const receipts = penalties.map(penalty => receiptOf(tx, penalty, why))
  writeDecisions(tx, { receipts, lines: [], newLots: [] })
  const waived = penalties.map((penalty, at) => ({ id: penalty.id, receiptId: (receipts[at] as ReceiptDraft).id }))
  await waive(tx.sql, waived, { actorId: tx.actor.userId, now: tx.now })
  for (const { id: penaltyId, userId, bookingId, kind } of penalties) {
    tx.emit('penalty.waived', { penaltyId, userId, bookingId })
    tx.audit({ entityType: 'penalty', entityId: penaltyId, action: 'waived', details: { userId, bookingId, kind, rule: why.rule } })
  }
  await liftUnfounded(tx, new Set(penalties.flatMap(penalty => penalty.blockId ?? [])), why.reason)
}

/** A block stands on its strikes: with fewer left than it took it is lifted, and the rest of them count again. */
async function liftUnfounded(tx: Tx, blockIds: ReadonlySet<BlockId>, reason: string): Promise<void> {
  if (blockIds.size === 0) return
  const blocks = await strikesOfBlocks(tx.sql, [...blockIds])
  const unfounded = blocks.filter(block => block.standing < block.strikesMax)
  if (unfounded.length === 0) return
  const ids = unfounded.map(block => block.blockId)
  await liftBlocks(tx.sql, ids, { actorId: tx.actor.userId, reason, now: tx.now })
  await freeStrikes(tx.sql, ids)
  for (const { blockId, userId } of unfounded) {
    tx.emit('block.ended', { blockId, userId })
    tx.audit({ entityType: 'block', entityId: blockId, action: 'lifted', details: { userId, why: 'too few strikes are left' } })
  }
}

function receiptOf(tx: Tx, penalty: Penalty, { rule, reason, timeZone }: UndoReason): ReceiptDraft {
  const { userId, bookingId, kind, cause, amountCents, currency, createdAt } = penalty
  return {
    ...{ id: newId<ReceiptId>(), userId, bookingId, rule: `undo-${kind}`, version: 1, actorId: tx.actor.userId, lines: [] },
    sentence: takenBackSentence(penalty, { reason, timeZone }),
    facts: { by: rule, cause, amountCents, currency, reason, penalisedAt: String(createdAt), takenBackAt: String(tx.now) },
  }
}
