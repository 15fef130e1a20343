// Changing a class template, taking it out of use, and taking it back. Sessions that stand keep their own numbers.
import type { TemplateChange } from '@fitflow/contract/sessions.ts'
import { toHundredths } from '../platform/credits.ts'
import type { SessionId, TemplateId, UserId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import type { Tx } from '../platform/tx.ts'
import { refuseCrowdedOneToOne, templateColumns, type ClassTemplate, type TemplateCard } from './class-templates.ts'
import { mayChange, refuseNaming } from './rights.ts'
import { withTrainers } from './session-cards.ts'
import { refuseWhoDoesNotTeach } from './trainer-clash.ts'

interface Wish {
  id: TemplateId
  change: TemplateChange
  /** Shown the version that is there; throws when the change was meant for another. */
  expect(version: number): void
}

/** Throws `not-found` for another's, `forbidden`, `invalid-request` for nobody who teaches and for a 1:1 of more than one, and what `expect` throws. Runs READ COMMITTED. */
export async function changeTemplate(tx: Tx, { id, change, expect }: Wish): Promise<TemplateCard> {
  const was = await lockTemplate(tx, id)
  expect(was.version)
  const is = changed(was, change, tx.now)
  refuseCrowdedOneToOne(is.kind, is.defaultCapacity)
  if (is.trainerId !== was.trainerId) {
    refuseNaming(tx.actor, is.trainerId)
    await refuseWhoDoesNotTeach(tx.sql, is.trainerId)
  }
  const [row] = await tx.sql<[ClassTemplate]>`
    update class_templates set name = ${is.name}, type = ${is.type}, description = ${is.description},
      duration_minutes = ${is.durationMinutes}, default_capacity = ${is.defaultCapacity}, trainer_id = ${is.trainerId},
      price_credits = ${is.priceCredits}, drop_in_cents = ${is.dropInCents}, waitlist_mode = ${is.waitlistMode},
      archived_at = ${is.archivedAt}, version = version + 1
    where id = ${id} returning ${templateColumns(tx.sql)}`
  tx.audit({ entityType: 'class_template', entityId: id, action: 'changed', details: differences(was, row) })
  const [template] = await withTrainers(tx.sql, [row])
  return template as TemplateCard
}

async function lockTemplate(tx: Tx, id: TemplateId): Promise<ClassTemplate> {
  const [template] = await tx.sql<ClassTemplate[]>`
    select ${templateColumns(tx.sql)} from class_templates where id = ${id} for no key update`
  if (template && mayChange(tx.actor, template.trainerId)) return template
  throw new Problem('not-found', 'There is no such class template.')
}

function changed(was: ClassTemplate, change: TemplateChange, now: Temporal.Instant): ClassTemplate {
  const { credits, dropIn, trainerId, archived, ...plain } = change
  return {
    ...was,
    ...plain,
    trainerId: (trainerId ?? was.trainerId) as UserId,
    priceCredits: credits === undefined ? was.priceCredits : toHundredths(credits),
    dropInCents: dropIn === undefined ? was.dropInCents : dropIn,
    archivedAt: archived === undefined ? was.archivedAt : archived ? (was.archivedAt ?? now) : null,
  }
}

function differences(was: ClassTemplate, is: ClassTemplate): Record<string, { was: unknown; is: unknown }> {
  const names = Object.keys(is) as (keyof ClassTemplate)[]
  const changes = names.filter(name => String(was[name]) !== String(is[name]))
  return Object.fromEntries(changes.map(name => [name, { was: was[name], is: is[name] }]))
}

// What shows classes forgets all it knows when it hears of any: a hint need not be complete.
const hintsMax = 100

/** Coming sessions of a template: what shows its name is to be read anew. */
export async function comingSessionsOf(tx: Tx, id: TemplateId): Promise<SessionId[]> {
  const rows = await tx.sql<{ id: SessionId }[]>`
    select id from class_sessions where template_id = ${id} and starts_at > ${tx.now}
    order by starts_at limit ${hintsMax}`
  return rows.map(row => row.id)
}
