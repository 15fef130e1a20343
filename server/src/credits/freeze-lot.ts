// A membership rests: it pays for nothing meanwhile, and ends later by as long.
import { newId, type MembershipId, type ReceiptId } from '../platform/ids.ts'
import type { Tx } from '../platform/tx.ts'
import { writeDecisions, type ReceiptDraft } from './decisions.ts'
import type { Freeze } from './freeze.rule.ts'
import { frozenSentence, type Told } from './lot-sentences.ts'
import type { Lot } from './lots.ts'

/** Writes a freeze that was decided about under the lot's lock; answers its receipt and the lot as it then is. */
export function freezeLot(tx: Tx, lot: Lot, freeze: Freeze, told: Told): { lot: Lot; receipt: ReceiptDraft } {
  const { from, to: until, validUntil } = freeze
  const { id, userId } = lot
  const receipt: ReceiptDraft = {
    ...{ id: newId<ReceiptId>(), userId, bookingId: null, membershipId: id, rule: 'freeze', version: 1, actorId: tx.actor.userId },
    sentence: frozenSentence(lot, { from, until, validUntil }, told),
    facts: { from: String(from), until: String(until), was: String(lot.validUntil), validUntil: String(validUntil), reason: told.reason },
    lines: [{ lot: id, credits: 0 }],
  }
  writeDecisions(tx, { newLots: [], receipts: [receipt], lines: [] })
  tx.send(tx.sql`
    insert into membership_freezes (id, membership_id, starts_at, ends_at, reason, created_by, created_at)
    values (${newId<MembershipId>()}, ${id}, ${from}, ${until}, ${told.reason}, ${tx.actor.userId}, ${tx.now})`)
  tx.send(tx.sql`update memberships set frozen_from = ${from}, frozen_until = ${until}, valid_until = ${validUntil} where id = ${id}`)
  tx.emit('membership.frozen', { membershipId: id, userId })
  const details = { userId, from: String(from), until: String(until), validUntil: String(validUntil) }
  tx.audit({ entityType: 'membership', entityId: id, action: 'frozen', details })
  return { lot: { ...lot, frozenFrom: from, frozenUntil: until, validUntil }, receipt }
}
