// Penalties are given: a strike, perhaps with the block it brings about, and a fee that is owed. Each says why in its receipt.
import { newId, type BlockId, type BookingId, type PenaltyId, type ReceiptId, type UserId } from '../platform/ids.ts'
import type { Tx } from '../platform/tx.ts'
import type { Settings } from '../schedule/settings.ts'
import { insertBlock } from './blocks.ts'
import { writeDecisions, type ReceiptDraft } from './decisions.ts'
import { countingStrikes, insertPenalties, spendStrikes, type Penalty, type PenaltyCause } from './penalties.ts'
import { feeSentence, strikeSentence } from './penalty-sentences.ts'
import { blockOf, lapseOf } from './strikes.rule.ts'

export interface Offence {
  userId: UserId
  bookingId: BookingId
  cause: PenaltyCause
  /** As the sentence begins: "Did not come to Morning Strength". */
  deed: string
  /** What was in force at the hold. */
  policy: Settings
}

/** Gives a strike; the last one that is allowed blocks booking, and none of those that did counts again. The member is locked. Answers the receipt. */
export async function giveStrike(tx: Tx, offence: Offence): Promise<ReceiptDraft> {
  const { userId, policy } = offence
  const others = await countingStrikes(tx.sql, userId, tx.now)
  const blockEndsAt = blockOf(others.length, tx.now, policy)
  const blockId = blockEndsAt === null ? null : newId<BlockId>()
  const lapsesAt = lapseOf(tx.now, policy)
  const sentence = strikeSentence(offence, { nth: others.length + 1, blockEndsAt })
  const strike = { kind: 'strike', amountCents: null, currency: null, lapsesAt, blockId } as const
  const counted = others.map(one => one.id)
  const { penalty, receipt } = write(tx, offence, { ...strike, sentence, facts: { counted, lapsesAt: String(lapsesAt), blockEndsAt: blockEndsAt && String(blockEndsAt) } })
  if (blockId !== null && blockEndsAt !== null) {
    tx.send(insertBlock(tx.sql, { id: blockId, userId, startsAt: tx.now, endsAt: blockEndsAt, strikesMax: policy.strikesMax }))
    tx.send(spendStrikes(tx.sql, counted, blockId))
    tx.emit('block.began', { blockId, userId, endsAt: String(blockEndsAt) })
    tx.audit({ entityType: 'block', entityId: blockId, action: 'began', details: { userId, strikes: [...counted, penalty.id] } })
  }
  tx.send(insertPenalties(tx.sql, [penalty]))
  return receipt
}

/** Writes down that a fee is owed; 0 is none. */
export function giveFee(tx: Tx, offence: Offence, feeCents: number): void {
  if (feeCents === 0) return
  const { currency } = offence.policy
  const sentence = feeSentence(offence, feeCents, currency)
  const fee = { kind: 'fee', amountCents: feeCents, currency, lapsesAt: null, blockId: null } as const
  tx.send(insertPenalties(tx.sql, [write(tx, offence, { ...fee, sentence, facts: { feeCents, currency } }).penalty]))
}

type Kind = Pick<Penalty, 'kind' | 'amountCents' | 'currency' | 'lapsesAt' | 'blockId'> & { sentence: string; facts: object }

/** The receipt is on its way before the penalty that refers to it. */
function write(tx: Tx, { userId, bookingId, cause, policy }: Offence, { sentence, facts, ...kind }: Kind): { penalty: Penalty; receipt: ReceiptDraft } {
  const id = newId<PenaltyId>()
  const receiptId = newId<ReceiptId>()
  const receipt: ReceiptDraft = {
    ...{ id: receiptId, userId, bookingId, rule: kind.kind, version: policy.version, actorId: null, lines: [] },
    ...{ sentence, facts: { cause, givenAt: String(tx.now), ...facts } },
  }
  writeDecisions(tx, { receipts: [receipt], lines: [], newLots: [] })
  tx.emit('penalty.given', { penaltyId: id, userId, bookingId })
  tx.audit({ entityType: 'penalty', entityId: id, action: 'given', details: { userId, bookingId, kind: kind.kind, cause } })
  return { penalty: { id, userId, bookingId, cause, ...kind, receiptId, createdAt: tx.now, waivedAt: null }, receipt }
}
