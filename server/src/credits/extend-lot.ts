// Staff give a lot more time, with a reason that the member reads.
import type { Extension, Granted } from '@fitflow/contract/credits.ts'
import type { Database } from '../platform/db.ts'
import type { Answer } from '../platform/idempotency.ts'
import { newId, type MembershipId, type ReceiptId } from '../platform/ids.ts'
import { toWireReceipt, writeDecisions, type ReceiptDraft } from './decisions.ts'
import { decideExtension } from './lot-change.rule.ts'
import { extendedSentence } from './lot-sentences.ts'
import { toWireMembership } from './lots.ts'
import { withLot, type LotCommand } from './with-lot.ts'

/** Answers 200 with the lot and its receipt. Throws `not-found`, `membership-ended`, `invalid-request` for an end that is not later. */
export function extendLot(db: Database, id: MembershipId, { validUntil, reason }: Extension, command: LotCommand): Promise<Answer> {
  const is = Temporal.Instant.from(validUntil)
  return withLot(db, { id }, command, async (tx, { lot }) => {
    decideExtension(lot, is, tx.now)
    const { userId, validUntil: was } = lot
    const extended = { ...lot, validUntil: is }
    const receipt: ReceiptDraft = {
      ...{ id: newId<ReceiptId>(), userId, bookingId: null, membershipId: id, rule: 'extend', version: 1, actorId: tx.actor.userId },
      sentence: extendedSentence(lot, { was, is }, { reason, timeZone: command.timeZone }),
      facts: { was: String(was), validUntil: String(is), reason },
      lines: [{ lot: id, credits: 0 }],
    }
    writeDecisions(tx, { newLots: [], receipts: [receipt], lines: [] })
    tx.send(tx.sql`update memberships set valid_until = ${is} where id = ${id}`)
    tx.emit('membership.extended', { membershipId: id, userId })
    tx.audit({ entityType: 'membership', entityId: id, action: 'extended', details: { userId, was: String(was), validUntil: String(is) } })
    const wire = toWireReceipt(receipt, tx.now)
    const body: Granted = { membership: toWireMembership(extended, { warnedDays: null, changes: [wire] }), receipt: wire }
    return { status: 200, body }
  })
}
