// Making a class template.
import type { NewTemplate } from '@fitflow/contract/sessions.ts'
import { toHundredths } from '../platform/credits.ts'
import { newId, type TemplateId, type UserId } from '../platform/ids.ts'
import { malformed } from '../platform/shape.ts'
import type { Tx } from '../platform/tx.ts'
import { refuseCrowdedOneToOne, templateColumns, type ClassTemplate, type TemplateCard } from './class-templates.ts'
import { refuseNaming } from './rights.ts'
import { withTrainers } from './session-cards.ts'
import { refuseWhoDoesNotTeach } from './trainer-clash.ts'

const usualCredits = 1

/**
 * Makes a template taught by the actor unless another trainer is named. Throws `forbidden`, or `invalid-request` for nobody who
 * teaches and for a 1:1 of more than one.
 */
export async function createTemplate(tx: Tx, wish: NewTemplate): Promise<TemplateCard> {
  const trainerId = (wish.trainerId ?? tx.actor.userId) as UserId | null
  if (trainerId === null) throw malformed([{ path: 'body/trainerId', message: 'is missing' }])
  refuseCrowdedOneToOne(wish.kind, wish.defaultCapacity)
  refuseNaming(tx.actor, trainerId)
  await refuseWhoDoesNotTeach(tx.sql, trainerId)
  const id = newId<TemplateId>()
  const [row] = await tx.sql<[ClassTemplate]>`
    insert into class_templates
      (id, name, type, description, duration_minutes, default_capacity, trainer_id, price_credits, drop_in_cents,
      kind, waitlist_mode, created_at)
    values (${id}, ${wish.name}, ${wish.type}, ${wish.description ?? ''}, ${wish.durationMinutes}, ${wish.defaultCapacity},
      ${trainerId}, ${toHundredths(wish.credits ?? usualCredits)}, ${wish.dropIn ?? null},
      ${wish.kind ?? 'class'}, ${wish.waitlistMode ?? 'offer'}, ${tx.now})
    returning ${templateColumns(tx.sql)}`
  tx.audit({ entityType: 'class_template', entityId: id, action: 'created', details: { ...row, archivedAt: null } })
  const [template] = await withTrainers(tx.sql, [row])
  return template as TemplateCard
}
