// A freeze is lifted early, or before it began: the membership pays again, and its end comes back by what was not used.
import type { Granted } from '@fitflow/contract/credits.ts'
import type { Database } from '../platform/db.ts'
import type { Answer } from '../platform/idempotency.ts'
import { newId, type MembershipId, type ReceiptId } from '../platform/ids.ts'
import { toWireReceipt, writeDecisions, type ReceiptDraft } from './decisions.ts'
import { decideLift } from './freeze.rule.ts'
import { liftedSentence } from './lot-sentences.ts'
import { toWireMembership, type Lot } from './lots.ts'
import { withLot, type LotCommand } from './with-lot.ts'

/** Answers 200 with the lot and its receipt. Throws `not-found`, `membership-not-frozen`. */
export function unfreezeLot(db: Database, id: MembershipId, command: LotCommand): Promise<Answer> {
  const { timeZone } = command
  return withLot(db, { id }, command, async (tx, { lot }) => {
    const { validUntil } = decideLift(lot, { now: tx.now, timeZone })
    const { userId } = lot
    const thawed: Lot = { ...lot, validUntil, frozenFrom: null, frozenUntil: null }
    const receipt: ReceiptDraft = {
      ...{ id: newId<ReceiptId>(), userId, bookingId: null, membershipId: id, rule: 'unfreeze', version: 1, actorId: tx.actor.userId },
      sentence: liftedSentence(thawed, tx.now, timeZone),
      facts: { from: String(lot.frozenFrom), until: String(lot.frozenUntil), was: String(lot.validUntil), validUntil: String(validUntil) },
      lines: [{ lot: id, credits: 0 }],
    }
    writeDecisions(tx, { newLots: [], receipts: [receipt], lines: [] })
    tx.send(tx.sql`
      update membership_freezes set ends_at = greatest(starts_at, ${tx.now}), lifted_at = ${tx.now}
      where membership_id = ${id} and lifted_at is null and ends_at > ${tx.now}`)
    tx.send(tx.sql`update memberships set frozen_from = null, frozen_until = null, valid_until = ${validUntil} where id = ${id}`)
    tx.emit('membership.unfrozen', { membershipId: id, userId })
    tx.audit({ entityType: 'membership', entityId: id, action: 'unfrozen', details: { userId, validUntil: String(validUntil) } })
    const wire = toWireReceipt(receipt, tx.now)
    const body: Granted = { membership: toWireMembership(thawed, { warnedDays: null, changes: [wire] }), receipt: wire }
    return { status: 200, body }
  })
}
