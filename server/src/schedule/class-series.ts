// Rows of series, with what their template lends them, and as they cross the wire.
import type { Page } from '@fitflow/contract/scalars.ts'
import { Id } from '@fitflow/contract/scalars.ts'
import type { Series, SeriesQuery } from '@fitflow/contract/series.ts'
import Type from 'typebox'
import { peopleById } from '../identity/display-names.ts'
import { rowLock } from '../platform/guards.ts'
import { openKeyset, pageSize } from '../platform/keyset.ts'
import type { SeriesId, TemplateId, UserId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import type { Actor } from '../platform/context.ts'
import type { Sql } from '../platform/sql.ts'
import type { Tx } from '../platform/tx.ts'
import type { ClassTemplate } from './class-templates.ts'
import { mayChange, ownerSeen } from './rights.ts'
import type { LaterPart } from './series-notes.rule.ts'
import { studioDay } from './studio-days.rule.ts'

export interface ClassSeries {
  id: SeriesId
  templateId: TemplateId
  rrule: string
  startsOn: Temporal.PlainDate
  /** `HH:MM` in its zone. */
  wallTime: string
  timeZone: string
  /** Null: the template's. So are capacity and trainer. */
  durationMinutes: number | null
  capacity: number | null
  trainerId: UserId | null
  publishes: boolean
  endsBefore: Temporal.PlainDate | null
  generatedUntil: Temporal.PlainDate
  continuesId: SeriesId | null
  version: number
}

/** A series with the words and numbers of its template. */
export interface SeriesCard extends ClassSeries {
  template: Pick<ClassTemplate, 'name' | 'durationMinutes' | 'defaultCapacity' | 'trainerId' | 'priceCredits' | 'dropInCents' | 'archivedAt'>
}

type Row = ClassSeries & {
  name: string
  templateMinutes: number
  defaultCapacity: number
  templateTrainer: UserId
  priceCredits: number
  dropInCents: number | null
  archivedAt: Temporal.Instant | null
}

const cardColumns = (sql: Sql) => sql`
  r.id, r.template_id, r.rrule, r.starts_on, to_char(r.wall_time, 'HH24:MI') as wall_time, r.time_zone, r.duration_minutes,
  r.capacity, r.trainer_id, r.publishes, r.ends_before, r.generated_until, r.continues_id, r.version,
  t.name, t.duration_minutes as template_minutes, t.default_capacity, t.trainer_id as template_trainer,
  t.price_credits, t.drop_in_cents, t.archived_at`

/** The series, its row locked when `lock` says so: whoever makes or moves its sessions holds that lock. */
export async function readSeries(sql: Sql, id: SeriesId, { lock = false } = {}): Promise<SeriesCard | undefined> {
  const [row] = await sql<Row[]>`
    select ${cardColumns(sql)} from class_series r join class_templates t on t.id = r.template_id
    where r.id = ${id} ${lock ? rowLock(sql, 'for update of r') : sql``}`
  return row && toCard(row)
}

/** These series, in no order; ids that are not there are left out. */
export async function readSeriesList(sql: Sql, ids: readonly SeriesId[]): Promise<SeriesCard[]> {
  const rows = await sql<Row[]>`
    select ${cardColumns(sql)} from class_series r join class_templates t on t.id = r.template_id where r.id = any(${[...ids]}::uuid[])`
  return rows.map(toCard)
}

/** The series when the actor may see and change it. Throws `not-found` otherwise, and when there is none. */
export function ownSeries(actor: Actor, series: SeriesCard | undefined): SeriesCard {
  if (series && mayChange(actor, trainerOf(series))) return series
  throw new Problem('not-found', 'There is no such series.')
}

/** Who teaches its sessions, unless one says otherwise. */
export function trainerOf({ trainerId, template }: Pick<SeriesCard, 'trainerId' | 'template'>): UserId {
  return trainerId ?? template.trainerId
}

/** Its hour, as occurrences are worked out from it. */
export function hourOf({ wallTime, timeZone, durationMinutes, template }: SeriesCard) {
  return { wallTime, timeZone, durationMinutes: durationMinutes ?? template.durationMinutes }
}

const byId = openKeyset<[string]>(Type.Tuple([Id]))

/** One page of the actor's series: those that still make sessions, or those that no longer do; the newest first. */
export async function listSeries(tx: Tx, query: SeriesQuery, timeZone: string): Promise<Page<SeriesCard>> {
  const { sql } = tx
  const limit = query.limit ?? pageSize
  const after = byId.read(query.cursor)
  const owner = ownerSeen(tx.actor)
  const today = studioDay(tx.now, timeZone)
  const rows = await sql<Row[]>`
    select ${cardColumns(sql)} from class_series r join class_templates t on t.id = r.template_id
    where coalesce(r.ends_before <= ${today}, false) = ${query.ended ?? false}
      ${query.templateId ? sql`and r.template_id = ${query.templateId}` : sql``}
      ${owner ? sql`and coalesce(r.trainer_id, t.trainer_id) = ${owner}` : sql``}
      ${after ? sql`and r.id < ${after[0]}::uuid` : sql``}
    order by r.id desc limit ${limit + 1}`
  return byId.page(rows.map(toCard), limit, series => [series.id])
}

/** Series that may have sessions to make on or after a day: neither ended nor of a template out of use. */
export async function growingSeries(sql: Sql, today: Temporal.PlainDate): Promise<SeriesId[]> {
  const rows = await sql<{ id: SeriesId }[]>`
    select r.id from class_series r join class_templates t on t.id = r.template_id
    where (r.ends_before is null or r.ends_before > ${today}) and t.archived_at is null order by r.id`
  return rows.map(row => row.id)
}

/** The next of those that continue this one and still have days ahead, told by the studio day. */
export async function laterPart(sql: Sql, id: SeriesId, today: Temporal.PlainDate): Promise<LaterPart | undefined> {
  const [later] = await sql<LaterPart[]>`
    with recursive line as (
      select id, starts_on, wall_time, ends_before from class_series where continues_id = ${id}
      union all
      select s.id, s.starts_on, s.wall_time, s.ends_before from class_series s join line l on s.continues_id = l.id)
    select starts_on, to_char(wall_time, 'HH24:MI') as wall_time from line
    where ends_before is null or ends_before > greatest(starts_on, ${today}::date) order by starts_on limit 1`
  return later
}

/** Series as they cross the wire, in the order given. */
export async function toWireSeries({ sql, now }: Pick<Tx, 'sql' | 'now'>, list: readonly SeriesCard[]): Promise<Series[]> {
  const ids = list.map(series => series.id)
  const [people, around] = await Promise.all([peopleById(sql, list.flatMap(series => [trainerOf(series), series.template.trainerId])), aroundSeries(sql, ids, now)])
  const person = (id: UserId) => ({ id, name: people.get(id)?.name ?? '' })
  return list.map(series => {
    const { continuedById = null, nextAt = null } = around.get(series.id) ?? {}
    const { id, templateId, rrule, startsOn, wallTime, timeZone, template, publishes, endsBefore, continuesId, version } = series
    const { durationMinutes, capacity, trainerId } = series
    return {
      ...{ id, templateId, name: template.name, rrule, startsOn: String(startsOn), wallTime, timeZone },
      durationMinutes: durationMinutes ?? template.durationMinutes,
      capacity: capacity ?? template.defaultCapacity,
      trainer: person(trainerOf(series)),
      own: { durationMinutes, capacity, trainerId },
      ofTemplate: { durationMinutes: template.durationMinutes, capacity: template.defaultCapacity, trainer: person(template.trainerId) },
      ...{ publishes, endsBefore: endsBefore === null ? null : String(endsBefore), continuesId, continuedById },
      ...{ nextAt: nextAt === null ? null : String(nextAt), version },
    }
  })
}

/** What comes next of each: the first class ahead that stands, and the series that goes on where it ends. */
async function aroundSeries(sql: Sql, ids: readonly SeriesId[], now: Temporal.Instant) {
  const rows = await sql<{ id: SeriesId; nextAt: Temporal.Instant | null; continuedById: SeriesId | null }[]>`
    select r.id, s.starts_at as next_at, c.id as continued_by_id
    from class_series r
    left join lateral (
      select starts_at from class_sessions
      where series_id = r.id and starts_at > ${now} and status in ('draft', 'published') order by starts_at limit 1) s on true
    left join lateral (select id from class_series where continues_id = r.id order by starts_on limit 1) c on true
    where r.id = any(${[...ids]}::uuid[])`
  return new Map(rows.map(row => [row.id, row]))
}

function toCard({ name, templateMinutes, defaultCapacity, templateTrainer, priceCredits, dropInCents, archivedAt, ...series }: Row): SeriesCard {
  const template = { name, durationMinutes: templateMinutes, defaultCapacity, trainerId: templateTrainer, priceCredits, dropInCents, archivedAt }
  return { ...series, template }
}
