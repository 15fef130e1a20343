// Rows of availabilities and their blocks, and as they cross the wire.
import type { Availability as WireAvailability, AvailabilityQuery, Block } from '@fitflow/contract/availability.ts'
import type { AvailabilityId, TemplateId, UserId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import type { Actor } from '../platform/context.ts'
import type { Sql } from '../platform/sql.ts'
import type { Tx } from '../platform/tx.ts'
import { mayChange, ownerSeen } from './rights.ts'
import { withTrainers } from './session-cards.ts'
import type { AvailabilityBlock, SlotTerms } from './slots.rule.ts'

interface Availability extends SlotTerms {
  id: AvailabilityId
  trainerId: UserId
  templateId: TemplateId
  archivedAt: Temporal.Instant | null
  version: number
}

/** An availability with what its template lends it. */
export interface AvailabilityCard extends Availability {
  name: string
  type: string
  description: string
  priceCredits: number
  dropInCents: number | null
  templateArchivedAt: Temporal.Instant | null
  blocks: AvailabilityBlock[]
}

type Row = Omit<AvailabilityCard, 'blocks'>
type BlockRow = AvailabilityBlock & { availabilityId: AvailabilityId }

const columns = (sql: Sql) => sql`
  a.id, a.trainer_id, a.template_id, a.slot_minutes, a.buffer_minutes, a.notice_minutes, a.horizon_days, a.archived_at, a.version,
  t.name, t.type, t.description, t.price_credits, t.drop_in_cents, t.archived_at as template_archived_at`

/** One availability, its row locked when `lock` says so: whoever changes it, or takes a slot of it, holds that lock. */
export async function readAvailability(sql: Sql, id: AvailabilityId, lock?: 'to change' | 'to use'): Promise<AvailabilityCard | undefined> {
  const locking = lock === undefined ? sql`` : lock === 'to change' ? sql`for update of a` : sql`for share of a`
  const rows = await sql<Row[]>`
    select ${columns(sql)} from availabilities a join class_templates t on t.id = a.template_id where a.id = ${id} ${locking}`
  const [found] = await withBlocks(sql, rows)
  return found
}

/** The availability when the actor may see and change it. Throws `not-found` otherwise, and when there is none. */
export function ownAvailability(actor: Actor, found: AvailabilityCard | undefined): AvailabilityCard {
  if (found && mayChange(actor, found.trainerId)) return found
  throw new Problem('not-found', 'There is no such availability.')
}

/** The actor's availabilities by name: those in use, or those taken out of it. */
export async function listAvailabilities({ sql, actor }: Pick<Tx, 'sql' | 'actor'>, query: AvailabilityQuery): Promise<AvailabilityCard[]> {
  const owner = ownerSeen(actor)
  const rows = await sql<Row[]>`
    select ${columns(sql)} from availabilities a join class_templates t on t.id = a.template_id
    where (a.archived_at is not null) = ${query.archived ?? false}
      ${owner ? sql`and a.trainer_id = ${owner}` : sql``} ${query.trainer_id ? sql`and a.trainer_id = ${query.trainer_id}` : sql``}
    order by t.name collate "und-x-icu", a.id`
  return withBlocks(sql, rows)
}

/** What members may book: in use, of a template in use, of somebody who still teaches (asked by the caller). */
export async function bookableAvailabilities(sql: Sql, trainerId: UserId | undefined): Promise<AvailabilityCard[]> {
  const rows = await sql<Row[]>`
    select ${columns(sql)} from availabilities a join class_templates t on t.id = a.template_id
    where a.archived_at is null and t.archived_at is null ${trainerId ? sql`and a.trainer_id = ${trainerId}` : sql``}
    order by t.name collate "und-x-icu", a.id`
  return withBlocks(sql, rows)
}

async function withBlocks(sql: Sql, rows: readonly Row[]): Promise<AvailabilityCard[]> {
  if (rows.length === 0) return []
  const blocks = await sql<BlockRow[]>`
    select availability_id, kind, weekday, on_date, to_char(from_time, 'HH24:MI') as "from", to_char(to_time, 'HH24:MI') as "to",
      valid_from, valid_until
    from availability_blocks where availability_id = any(${rows.map(row => row.id)}::uuid[])
    order by on_date nulls first, weekday, from_time, id`
  const of = Map.groupBy(blocks, block => block.availabilityId)
  return rows.map(row => ({ ...row, blocks: of.get(row.id) ?? [] }))
}

/** Gives an availability these blocks and no others. */
export async function writeBlocks({ sql, now }: Pick<Tx, 'sql' | 'now'>, id: AvailabilityId, blocks: readonly Block[]): Promise<void> {
  const each = <T>(pick: (block: Block) => T) => blocks.map(pick)
  await sql`delete from availability_blocks where availability_id = ${id}`
  await sql`
    insert into availability_blocks (availability_id, kind, weekday, on_date, from_time, to_time, valid_from, valid_until, created_at)
    select ${id}, kind, weekday, on_date, from_time, to_time, valid_from, valid_until, ${now}
    from unnest(${each(block => block.kind)}::text[], ${each(block => block.weekday ?? null)}::int[],
      ${each(block => block.on ?? null)}::date[], ${each(block => block.from)}::time[], ${each(block => block.to)}::time[],
      ${each(block => block.validFrom ?? null)}::date[], ${each(block => block.validUntil ?? null)}::date[])
      as b (kind, weekday, on_date, from_time, to_time, valid_from, valid_until)`
}

/** Availabilities as they cross the wire, in the order given. */
export async function toWireAvailabilities(sql: Sql, cards: readonly AvailabilityCard[]): Promise<WireAvailability[]> {
  return (await withTrainers(sql, cards)).map(card => {
    const { id, templateId, name, trainerId, trainerName, slotMinutes, bufferMinutes, noticeMinutes, horizonDays, blocks, version } = card
    return {
      ...{ id, template: { id: templateId, name }, trainer: { id: trainerId, name: trainerName } },
      ...{ slotMinutes, bufferMinutes, noticeMinutes, horizonDays },
      blocks: blocks.map(toWireBlock),
      ...{ archived: card.archivedAt !== null, version },
    }
  })
}

/** A block as it crosses the wire. */
export function toWireBlock({ kind, weekday, onDate, from, to, validFrom, validUntil }: AvailabilityBlock): Block {
  return {
    ...{ kind, from, to },
    ...(weekday === null ? {} : { weekday }),
    ...(onDate === null ? {} : { on: String(onDate) }),
    ...(validFrom === null ? {} : { validFrom: String(validFrom) }),
    ...(validUntil === null ? {} : { validUntil: String(validUntil) }),
  }
}
