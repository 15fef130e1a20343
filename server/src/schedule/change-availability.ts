// A trainer says when they take 1:1s, changes it, and stops. What is booked already stays as it is.
import type { AvailabilityChange, Block, NewAvailability } from '@fitflow/contract/availability.ts'
import { newId, type AvailabilityId, type TemplateId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import { malformed } from '../platform/shape.ts'
import type { Tx } from '../platform/tx.ts'
import { ownAvailability, readAvailability, toWireBlock, writeBlocks, type AvailabilityCard } from './availabilities.ts'
import { faultsOf } from './availability-sense.rule.ts'
import { usableTemplate } from './create-session.ts'
import { settingsNow } from './settings.ts'
import type { SlotTerms } from './slots.rule.ts'
import { refuseWhoDoesNotTeach } from './trainer-clash.ts'

const usual = { bufferMinutes: 0, noticeMinutes: 120, horizonDays: 28 }

/** Makes an availability of a 1:1 template. Throws `not-found`, `template-archived`, `invalid-request`. Runs READ COMMITTED. */
export async function createAvailability(tx: Tx, wish: NewAvailability): Promise<AvailabilityCard> {
  const template = await usableTemplate(tx, wish.templateId as TemplateId)
  if (template.kind !== 'one_to_one') throw malformed([{ path: 'body/templateId', message: 'must be the template of a 1:1' }])
  await refuseWhoDoesNotTeach(tx.sql, template.trainerId, 'body/templateId')
  const { blocks, templateId: _template, ...said } = wish
  const terms = { ...usual, slotMinutes: template.durationMinutes, ...said }
  await refuseSenseless(tx, blocks, { terms, kept: [] })
  const id = newId<AvailabilityId>()
  const { bufferMinutes, noticeMinutes, horizonDays, slotMinutes } = terms
  await tx.sql`
    insert into availabilities (id, trainer_id, template_id, slot_minutes, buffer_minutes, notice_minutes, horizon_days, created_at)
    values (${id}, ${template.trainerId}, ${template.id}, ${slotMinutes}, ${bufferMinutes}, ${noticeMinutes}, ${horizonDays}, ${tx.now})`
  await writeBlocks(tx, id, wish.blocks)
  const details = { templateId: template.id, slotMinutes, bufferMinutes, noticeMinutes, horizonDays, blocks: wish.blocks }
  tx.audit({ entityType: 'availability', entityId: id, action: 'created', details })
  return (await readAvailability(tx.sql, id)) as AvailabilityCard
}

interface Change {
  id: AvailabilityId
  change: AvailabilityChange
  /** Shown the version that is there; throws when the change was meant for another. */
  expect(version: number): void
}

/** Throws `not-found` for another's, `invalid-request` for hours that make no sense or give no slot, and what `expect` throws. Runs READ COMMITTED. */
export async function changeAvailability(tx: Tx, { id, change, expect }: Change): Promise<AvailabilityCard> {
  const was = ownAvailability(tx.actor, await readAvailability(tx.sql, id, 'to change'))
  expect(was.version)
  const { blocks, archived, ...terms } = change
  const is = { ...was, ...terms }
  const kept = was.blocks.map(toWireBlock)
  // Put aside it is as it was; taken into use again it must have something to offer.
  const isBack = archived === false && was.archivedAt !== null
  if (isBack || blocks || Object.keys(terms).length > 0) await refuseSenseless(tx, blocks ?? kept, { terms: is, kept, isBack: isBack && !blocks })
  const archivedAt = archived === undefined ? was.archivedAt : archived ? (was.archivedAt ?? tx.now) : null
  await tx.sql`
    update availabilities set slot_minutes = ${is.slotMinutes}, buffer_minutes = ${is.bufferMinutes},
      notice_minutes = ${is.noticeMinutes}, horizon_days = ${is.horizonDays}, archived_at = ${archivedAt}, version = version + 1
    where id = ${id}`
  if (blocks) await writeBlocks(tx, id, blocks)
  const before = Object.fromEntries(Object.keys(terms).map(name => [name, was[name as keyof typeof terms]]))
  tx.audit({ entityType: 'availability', entityId: id, action: 'changed', details: { was: before, is: change } })
  return (await readAvailability(tx.sql, id)) as AvailabilityCard
}

/** Throws `invalid-request`, naming each fault, for hours out of which no slot can come or that say something odd. */
async function refuseSenseless(tx: Tx, blocks: readonly Block[], { isBack = false, ...of }: { terms: SlotTerms; kept: readonly Block[]; isBack?: boolean }): Promise<void> {
  const { timeZone, bookingClosesMinutes: closesMinutes } = await settingsNow(tx)
  const faults = faultsOf(blocks, { ...of, timeZone, closesMinutes, now: tx.now })
  if (faults.length === 0) return
  throw isBack ? new Problem('invalid-request', 'None of its times can be booked any more: change its hours, then bring it back.', { errors: faults }) : malformed(faults)
}
