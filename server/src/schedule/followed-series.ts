// Series as whoever has a standing place in them sees them: those that continue each other are one line, known by its first.
import type { SessionStatus } from '@fitflow/contract/sessions.ts'
import { peopleById } from '../identity/display-names.ts'
import type { SeriesId, SessionId, UserId } from '../platform/ids.ts'
import type { Sql } from '../platform/sql.ts'
import { hourOf, readSeriesList, trainerOf, type SeriesCard } from './class-series.ts'
import { daysOf, occurrenceOn } from './occurrences.ts'
import { readRecurrence } from './recurrence.rule.ts'

export interface FollowedSession {
  id: SessionId
  startsAt: Temporal.Instant
  endsAt: Temporal.Instant
  status: SessionStatus
  /** The studio day it was made for. */
  on: Temporal.PlainDate
  /** The first series of its line. */
  lineId: SeriesId
}

interface Wanted {
  /** The first series of each line. */
  lines: readonly SeriesId[]
  /** They start after this. */
  after: Temporal.Instant
  by: Temporal.Instant
  statuses: readonly SessionStatus[]
}

/** Sessions of these lines in these states, in order of their start. */
export async function sessionsOfLines(sql: Sql, { lines, after, by, statuses }: Wanted): Promise<FollowedSession[]> {
  const parts = await sql<{ id: SeriesId; lineId: SeriesId }[]>`
    with recursive line as (
      select id, id as line_id from class_series where id = any(${[...lines]}::uuid[])
      union all
      select s.id, l.line_id from class_series s join line l on s.continues_id = l.id)
    select id, line_id from line`
  if (parts.length === 0) return []
  // Asked for by the ids themselves: how many a recursion gives is not known, and whoever expects thousands reads every session.
  const sessions = await sql<(Omit<FollowedSession, 'lineId'> & { seriesId: SeriesId })[]>`
    select id, starts_at, ends_at, status, occurrence_on as on, series_id from class_sessions
    where series_id = any(${parts.map(part => part.id)}::uuid[]) and status = any(${[...statuses]}::text[])
      and starts_at > ${after} and starts_at <= ${by}
    order by starts_at, id`
  const lineIds = new Map(parts.map(part => [part.id, part.lineId]))
  return sessions.map(({ seriesId, ...session }) => ({ ...session, lineId: lineIds.get(seriesId) as SeriesId }))
}

/** The first series of the line that this one is of; undefined when there is no such series. */
export async function lineOf(sql: Sql, id: SeriesId): Promise<SeriesId | undefined> {
  const [first] = await sql<{ id: SeriesId }[]>`
    with recursive back as (
      select id, continues_id from class_series where id = ${id}
      union all
      select c.id, c.continues_id from class_series c join back b on c.id = b.continues_id)
    select id from back where continues_id is null`
  return first?.id
}

/** Of each line the part that a day is in, else the next, else the last: by the line's first series. */
export async function partsOn(sql: Sql, lines: readonly SeriesId[], day: Temporal.PlainDate): Promise<Map<SeriesId, SeriesCard>> {
  const rows = await sql<{ id: SeriesId; lineId: SeriesId }[]>`
    with recursive line as (
      select id, id as line_id, starts_on, ends_before from class_series where id = any(${[...lines]}::uuid[])
      union all
      select s.id, l.line_id, s.starts_on, s.ends_before from class_series s join line l on s.continues_id = l.id),
    told as (select *, ends_before is null or ends_before > ${day} as goes_on from line)
    select distinct on (line_id) line_id, id from told
    order by line_id, goes_on desc, case when goes_on then starts_on end, starts_on desc`
  const cards = new Map((await readSeriesList(sql, rows.map(row => row.id))).map(card => [card.id, card]))
  return new Map(rows.flatMap(({ lineId, id }) => (cards.has(id) ? [[lineId, cards.get(id) as SeriesCard]] : [])))
}

/** The lines that still make sessions for everybody, by the name of what they are of. */
export async function openLines(sql: Sql, day: Temporal.PlainDate): Promise<SeriesId[]> {
  const rows = await sql<{ id: SeriesId }[]>`
    with recursive line as (
      select id, id as line_id, template_id, publishes, ends_before from class_series where continues_id is null
      union all
      select s.id, l.line_id, s.template_id, s.publishes, s.ends_before from class_series s join line l on s.continues_id = l.id)
    select l.line_id as id from line l join class_templates t on t.id = l.template_id
    where l.publishes and t.archived_at is null and (l.ends_before is null or l.ends_before > ${day})
    group by l.line_id, t.name order by t.name, l.line_id limit ${linesMax}`
  return rows.map(row => row.id)
}

// A week of a large studio many times over.
const linesMax = 500

/** Whether it makes no more sessions from a day on. */
export function isOver({ endsBefore, template }: SeriesCard, day: Temporal.PlainDate): boolean {
  return template.archivedAt !== null || (endsBefore !== null && Temporal.PlainDate.compare(endsBefore, day) <= 0)
}

// Two classes a week for a year reach less far than this; a rarer rule ends its count here.
const yearsAhead = 5

/** The day of the last of so many sessions from a day on that are still to start; the rule's last day when it has fewer. */
export function dayOfLast(series: SeriesCard, { from, count, now }: { from: Temporal.PlainDate; count: number; now: Temporal.Instant }): Temporal.PlainDate | undefined {
  const rule = readRecurrence(series.rrule, series.startsOn)
  const hour = hourOf(series)
  return daysOf(rule, series.startsOn, { from, until: from.add({ years: yearsAhead }) })
    .filter(day => Temporal.Instant.compare(occurrenceOn(day, hour).startsAt, now) > 0)
    .slice(0, count)
    .at(-1)
}

/** Who teaches each of these series, with a name. */
export async function trainersOf(sql: Sql, series: Iterable<SeriesCard>): Promise<Map<UserId, string>> {
  const people = await peopleById(sql, [...series].map(trainerOf))
  return new Map([...people].map(([id, { name }]) => [id, name]))
}
