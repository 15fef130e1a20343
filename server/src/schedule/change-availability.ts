// A trainer says when they take 1:1s, changes it, and stops. What is booked already stays as it is.
import type { AvailabilityChange, Block, NewAvailability } from '@fitflow/contract/availability.ts'
import { newId, type AvailabilityId, type TemplateId } from '../platform/ids.ts'
import { malformed } from '../platform/shape.ts'
import type { Tx } from '../platform/tx.ts'
import { ownAvailability, readAvailability, writeBlocks, type AvailabilityCard } from './availabilities.ts'
import { usableTemplate } from './create-session.ts'
import { refuseWhoDoesNotTeach } from './trainer-clash.ts'

const usual = { bufferMinutes: 0, noticeMinutes: 120, horizonDays: 28 }

/** Makes an availability of a 1:1 template. Throws `not-found`, `template-archived`, `invalid-request`. Runs READ COMMITTED. */
export async function createAvailability(tx: Tx, wish: NewAvailability): Promise<AvailabilityCard> {
  const template = await usableTemplate(tx, wish.templateId as TemplateId)
  if (template.kind !== 'one_to_one') throw malformed([{ path: 'body/templateId', message: 'must be the template of a 1:1' }])
  await refuseWhoDoesNotTeach(tx.sql, template.trainerId, 'body/templateId')
  refuseSenselessBlocks(wish.blocks)
  const id = newId<AvailabilityId>()
  const { bufferMinutes, noticeMinutes, horizonDays, slotMinutes } = { ...usual, slotMinutes: template.durationMinutes, ...wish }
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

/** Throws `not-found` for another's, `invalid-request` for blocks that make no sense, and what `expect` throws. Runs READ COMMITTED. */
export async function changeAvailability(tx: Tx, { id, change, expect }: Change): Promise<AvailabilityCard> {
  const was = ownAvailability(tx.actor, await readAvailability(tx.sql, id, 'to change'))
  expect(was.version)
  const { blocks, archived, ...terms } = change
  if (blocks) refuseSenselessBlocks(blocks)
  const is = { ...was, ...terms }
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

/** Throws `invalid-request`, naming each block that ends before it begins or has the wrong kind of day. */
function refuseSenselessBlocks(blocks: readonly Block[]): void {
  const errors = blocks.flatMap((block, at) => {
    const path = `body/blocks/${at}`
    const isWeekly = block.kind === 'weekly'
    if (isWeekly && block.weekday === undefined) return [{ path: `${path}/weekday`, message: 'is missing: a weekly block needs its weekday' }]
    if (isWeekly && block.on !== undefined) return [{ path: `${path}/on`, message: 'does not belong to a weekly block' }]
    if (!isWeekly && block.on === undefined) return [{ path: `${path}/on`, message: 'is missing: this block is of one day' }]
    if (!isWeekly && block.weekday !== undefined) return [{ path: `${path}/weekday`, message: 'belongs to weekly blocks only' }]
    if (block.to <= block.from) return [{ path: `${path}/to`, message: 'must be later than from' }]
    const { validFrom, validUntil } = block
    if (validFrom && validUntil && validUntil < validFrom) return [{ path: `${path}/validUntil`, message: 'must not be before validFrom' }]
    return []
  })
  if (errors.length > 0) throw malformed(errors)
}
