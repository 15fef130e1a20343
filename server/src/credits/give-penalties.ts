// Penalties are given: a strike, perhaps with the block it brings about, and a fee that is owed. Each says why in its receipt.
import { newId, type BlockId, type BookingId, type PenaltyId, type ReceiptId, type UserId } from '../platform/ids.ts'
import type { Tx } from '../platform/tx.ts'
import type { Settings } from '../schedule/settings.ts'
import { insertBlock, type Block } from './blocks.ts'
import { writeDecisions, type ReceiptDraft } from './decisions.ts'
import { countingStrikes, insertPenalties, spendStrikes, type Penalty, type PenaltyCause } from './penalties.ts'
import { feeSentence, strikeSentence } from './penalty-sentences.ts'
import { blockOf, lapseOf, strikesTogether } from './strikes.rule.ts'

export interface Offence {
  userId: UserId
  bookingId: BookingId
  cause: PenaltyCause
  /** When it was committed: as the class began, or as the booking was cancelled. A penalty counts from then, whenever it is written. */
  at: Temporal.Instant
  /** As the sentence begins: "Did not come to Morning Strength". */
  deed: string
  /** What was in force at the hold. */
  policy: Settings
}

/** Gives a strike; the last one that is allowed blocks booking, and none of those that did counts again. The member is locked. Answers the receipt. */
export async function giveStrike(tx: Tx, offence: Offence): Promise<ReceiptDraft> {
  const { userId, policy, at } = offence
  const lapsesAt = lapseOf(at, policy)
  const { counted, lastAt } = strikesTogether({ at, lapsesAt }, await countingStrikes(tx.sql, userId, at))
  const endsAt = blockOf(counted.length, lastAt, policy)
  const block = endsAt && { id: newId<BlockId>(), userId, startsAt: lastAt, endsAt, strikesMax: policy.strikesMax }
  const sentence = strikeSentence(offence, { nth: counted.length + 1, blockEndsAt: endsAt })
  const strike = { kind: 'strike', amountCents: null, currency: null, lapsesAt, blockId: block && block.id } as const
  const ids = counted.map(one => one.id)
  const { penalty, receipt } = write(tx, offence, { ...strike, sentence, facts: { counted: ids, lapsesAt: String(lapsesAt), blockEndsAt: endsAt && String(endsAt) } })
  if (block) begin(tx, block, [...ids, penalty.id])
  tx.send(insertPenalties(tx.sql, [penalty]))
  return receipt
}

/** A block may be over when it is written: its strikes are spent all the same, and nobody is told that it begins. */
function begin(tx: Tx, block: Block, strikes: readonly PenaltyId[]): void {
  const { id: blockId, userId, endsAt } = block
  tx.send(insertBlock(tx.sql, block))
  tx.send(spendStrikes(tx.sql, strikes, blockId))
  if (Temporal.Instant.compare(tx.now, endsAt) < 0) tx.emit('block.began', { blockId, userId, endsAt: String(endsAt) })
  tx.audit({ entityType: 'block', entityId: blockId, action: 'began', details: { userId, strikes } })
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
function write(tx: Tx, { userId, bookingId, cause, at, policy }: Offence, { sentence, facts, ...kind }: Kind): { penalty: Penalty; receipt: ReceiptDraft } {
  const id = newId<PenaltyId>()
  const receiptId = newId<ReceiptId>()
  const receipt: ReceiptDraft = {
    ...{ id: receiptId, userId, bookingId, rule: kind.kind, version: policy.version, actorId: null, lines: [] },
    ...{ sentence, facts: { cause, committedAt: String(at), givenAt: String(tx.now), ...facts } },
  }
  writeDecisions(tx, { receipts: [receipt], lines: [], newLots: [] })
  tx.emit('penalty.given', { penaltyId: id, userId, bookingId })
  tx.audit({ entityType: 'penalty', entityId: id, action: 'given', details: { userId, bookingId, kind: kind.kind, cause } })
  return { penalty: { id, userId, bookingId, cause, ...kind, receiptId, createdAt: at, waivedAt: null }, receipt }
}
