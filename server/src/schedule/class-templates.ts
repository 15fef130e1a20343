// Rows of class templates: what a class is called, how long it is, how many fit in, who teaches it and what it costs.
import type { ClassTemplate as WireTemplate, SessionKind, TemplateQuery, WaitlistMode } from '@fitflow/contract/sessions.ts'
import { Id, type Page } from '@fitflow/contract/scalars.ts'
import Type from 'typebox'
import type { Sql } from '../platform/sql.ts'
import type { TemplateId, UserId } from '../platform/ids.ts'
import { openKeyset, pageSize } from '../platform/keyset.ts'
import { malformed } from '../platform/shape.ts'
import type { Tx } from '../platform/tx.ts'
import type { Settings } from './settings.ts'
import { templateTraps } from './settings-lint.rule.ts'
import { wirePrice } from './price.rule.ts'
import { ownerSeen } from './rights.ts'
import { withTrainers } from './session-cards.ts'

export interface ClassTemplate {
  id: TemplateId
  kind: SessionKind
  name: string
  type: string
  description: string
  durationMinutes: number
  defaultCapacity: number
  trainerId: UserId
  priceCredits: number
  dropInCents: number | null
  waitlistMode: WaitlistMode
  archivedAt: Temporal.Instant | null
  version: number
}

export interface TemplateCard extends ClassTemplate {
  trainerName: string
}

export const templateColumns = (sql: Sql) => sql`
  id, kind, name, type, description, duration_minutes, default_capacity, trainer_id, price_credits, drop_in_cents, waitlist_mode,
  archived_at, version`

/** Who teaches a template tells who may use it. */
export async function readTemplate(sql: Sql, id: TemplateId): Promise<ClassTemplate | undefined> {
  const [template] = await sql<ClassTemplate[]>`select ${templateColumns(sql)} from class_templates where id = ${id}`
  return template
}

/** Throws `invalid-request` at `path` for a 1:1 of more than one person. */
export function refuseCrowdedOneToOne(kind: SessionKind | undefined, capacity: number, path = 'body/defaultCapacity'): void {
  if (kind !== 'one_to_one' || capacity === 1) return
  throw malformed([{ path, message: 'must be 1: a 1:1 is for one person' }])
}

const byName = openKeyset<[string, string]>(Type.Tuple([Type.String(), Id]))

/** The actor's templates by name: those in use, or those taken out of it. */
export async function listTemplates(tx: Tx, query: TemplateQuery): Promise<Page<TemplateCard>> {
  const { sql } = tx
  const limit = query.limit ?? pageSize
  const after = byName.read(query.cursor)
  const owner = ownerSeen(tx.actor)
  const rows = await sql<ClassTemplate[]>`
    select ${templateColumns(sql)} from class_templates
    where (archived_at is not null) = ${query.archived ?? false}
      ${owner ? sql`and trainer_id = ${owner}` : sql``}
      ${after ? sql`and (name collate "und-x-icu", id) > (${after[0]}, ${after[1]}::uuid)` : sql``}
    order by name collate "und-x-icu", id limit ${limit + 1}`
  return byName.page(await withTrainers(sql, rows), limit, template => [template.name, template.id])
}

/** A template as it crosses the wire, with the linter's words. */
export function toWireTemplate(template: TemplateCard, settings: Settings): WireTemplate {
  const { id, kind, name, type, description, durationMinutes, defaultCapacity, trainerId, trainerName, waitlistMode, version } = template
  return {
    id,
    kind,
    name,
    type,
    description,
    durationMinutes,
    defaultCapacity,
    trainer: { id: trainerId, name: trainerName },
    price: wirePrice(template, settings.currency),
    waitlistMode,
    archived: template.archivedAt !== null,
    warnings: templateTraps(template, settings),
    version,
  }
}
