// A series as a whole, or from a day on, gets other numbers; `booking` changes its sessions, because it knows who is in them.
import type { SeriesEdit } from '@fitflow/contract/series-edits.ts'
import { newId, type SeriesId, type UserId } from '../platform/ids.ts'
import { dayWords } from '../platform/moment-words.ts'
import { Problem } from '../platform/problem.ts'
import { malformed } from '../platform/shape.ts'
import type { Fragment, Sql } from '../platform/sql.ts'
import type { Tx } from '../platform/tx.ts'
import { hourOf, readSeries, trainerOf, type SeriesCard } from './class-series.ts'
import { sessionColumns, type ClassSession } from './class-sessions.ts'
import { closedBy, closuresAround, type Closure } from './closures.ts'
import type { Move } from './move-sessions.ts'
import { countBefore, daysOf, occurrenceOn, rarestYears } from './occurrences.ts'
import { readRecurrence, recurrenceText } from './recurrence.rule.ts'
import { studioDay } from './studio-days.rule.ts'

/** A session of a series, and which of its fields are its own. */
export type SeriesSession = ClassSession & { timeOverridden: boolean; capacityOverridden: boolean; trainerOverridden: boolean }

/** Its sessions that an edit may be about, in the order of their locks: from a day on in whatever state, or all that are ahead. */
export function sessionsToEdit(sql: Sql, id: SeriesId, { from, now, lock }: { from: string | undefined; now: Fragment; lock: boolean }) {
  return sql<SeriesSession[]>`
    select ${sessionColumns(sql)}, time_overridden, capacity_overridden, trainer_overridden from class_sessions
    where series_id = ${id} and ${from === undefined ? sql`starts_at > ${now}` : sql`occurrence_on >= ${from}::date`}
    order by id ${lock ? sql`for update` : sql``}`
}

/** The series as it would be. */
export function changedSeries(was: SeriesCard, { wallTime, durationMinutes, capacity, trainerId }: SeriesEdit): SeriesCard {
  return {
    ...was,
    wallTime: wallTime ?? was.wallTime,
    durationMinutes: durationMinutes === undefined ? was.durationMinutes : durationMinutes,
    capacity: capacity === undefined ? was.capacity : capacity,
    trainerId: trainerId === undefined ? was.trainerId : (trainerId as UserId | null),
  }
}

/** The fields in which the one differs from the other; without any there is nothing to do. */
export function differing(was: SeriesCard, is: SeriesCard) {
  return (['wallTime', 'durationMinutes', 'capacity', 'trainerId'] as const).filter(name => was[name] !== is[name])
}

/** What changes of which sessions, each judged for itself. */
export interface EditPlan {
  moves: Move[]
  /** Those that only get another trainer. */
  substituted: { session: ClassSession; trainerId: UserId }[]
  resized: { session: ClassSession; capacity: number }[]
  /** Those that would move into a closure, once it is asked (`withClosures`): they are cancelled as it would have cancelled them. */
  closed: (Move & { closure: Closure })[]
}

/** The plan without what it would bring into a closure. Of it and a closure made at the same instant one begins anew: SERIALIZABLE. */
export async function withClosures<Plan extends EditPlan>(sql: Sql, plan: Plan): Promise<Plan> {
  const closures = await closuresAround(sql, plan.moves)
  const closed = plan.moves.flatMap(move => {
    const closure = closedBy(closures, move)
    return closure ? [{ ...move, closure }] : []
  })
  const shutOut = new Set(closed.map(({ session }) => session.id))
  const stays = ({ session }: { session: ClassSession }) => !shutOut.has(session.id)
  return { ...plan, moves: plan.moves.filter(stays), resized: plan.resized.filter(stays), closed }
}

/** What becomes of its coming sessions: each takes the fields that changed and that are not its own. Past and running ones never change. */
export function planEdit(was: SeriesCard, is: SeriesCard, of: { sessions: readonly SeriesSession[]; now: Temporal.Instant }): EditPlan {
  const coming = of.sessions.filter(
    ({ status, startsAt }) => (status === 'draft' || status === 'published') && Temporal.Instant.compare(startsAt, of.now) > 0,
  )
  const hour = hourOf(is)
  const isMoved = was.wallTime !== is.wallTime || hourOf(was).durationMinutes !== hour.durationMinutes
  const trainerId = trainerOf(is)
  const takesTrainer = (session: SeriesSession) => trainerOf(was) !== trainerId && !session.trainerOverridden
  const moving = isMoved ? coming.filter(session => !session.timeOverridden) : []
  const capacity = is.capacity ?? is.template.defaultCapacity
  return {
    moves: moving.map(session => {
      const { startsAt, endsAt } = occurrenceOn(session.occurrenceOn as Temporal.PlainDate, hour)
      return { session, startsAt, endsAt, ...(takesTrainer(session) ? { trainerId } : {}) }
    }),
    substituted: coming.filter(session => takesTrainer(session) && !moving.includes(session)).map(session => ({ session, trainerId })),
    resized: was.capacity === is.capacity ? [] : coming.filter(session => !session.capacityOverridden && session.capacity !== capacity).map(session => ({ session, capacity })),
    closed: [],
  }
}

/** Writes the series, whose row is locked: the whole, or what follows from `from` as a series that continues it. Answers the one that changed. */
export async function writeSeries(tx: Tx, was: SeriesCard, is: SeriesCard, from: Temporal.PlainDate | null): Promise<SeriesCard> {
  const id = from === null || Temporal.PlainDate.compare(from, was.startsOn) <= 0 ? was.id : await splitOff(tx, was, from)
  await tx.sql`
    update class_series set wall_time = ${is.wallTime}, duration_minutes = ${is.durationMinutes}, capacity = ${is.capacity},
      trainer_id = ${is.trainerId}, version = version + 1 where id = ${id}`
  const details = Object.fromEntries(differing(was, is).map(name => [name, { was: was[name], is: is[name] }]))
  tx.audit({ entityType: 'class_series', entityId: id, action: 'changed', details })
  return (await readSeries(tx.sql, id)) as SeriesCard
}

/** The second part keeps the sessions that were made for its days, cancelled ones too: no day is made again. */
async function splitOff(tx: Tx, was: SeriesCard, from: Temporal.PlainDate): Promise<SeriesId> {
  const rule = readRecurrence(was.rrule, was.startsOn)
  const startsOn = firstFrom(was, from)
  const rrule = recurrenceText({ ...rule, count: rule.count === null ? null : rule.count - countBefore(rule, was.startsOn, startsOn) })
  const id = newId<SeriesId>()
  await tx.sql`
    insert into class_series (id, template_id, rrule, starts_on, wall_time, time_zone, duration_minutes, capacity, trainer_id,
      publishes, ends_before, generated_until, continues_id, created_by, created_at)
    select ${id}, template_id, ${rrule}, ${startsOn}, wall_time, time_zone, duration_minutes, capacity, trainer_id,
      publishes, ends_before, greatest(generated_until, ${startsOn}::date), id, ${tx.actor.userId}, ${tx.now}
    from class_series where id = ${was.id}`
  await tx.sql`update class_series set ends_before = ${from}, version = version + 1 where id = ${was.id}`
  await tx.sql`update class_sessions set series_id = ${id} where series_id = ${was.id} and occurrence_on >= ${from}`
  tx.audit({ entityType: 'class_series', entityId: was.id, action: 'split', details: { from: String(from), continuedBy: id } })
  return id
}

/** The first day of its rule from a day on; none when it has ended by then. */
export function dayFrom({ rrule, startsOn, endsBefore }: SeriesCard, from: Temporal.PlainDate): Temporal.PlainDate | undefined {
  const far = from.add({ years: rarestYears })
  const until = endsBefore !== null && Temporal.PlainDate.compare(endsBefore, far) < 0 ? endsBefore : far
  return daysOf(readRecurrence(rrule, startsOn), startsOn, { from, until })[0]
}

/** A part begins on a day of its rule, so that every other week stays the same weeks. Throws `invalid-request` when there is none. */
export function firstFrom(series: SeriesCard, from: Temporal.PlainDate): Temporal.PlainDate {
  const first = dayFrom(series, from)
  if (first) return first
  const errors = [{ path: 'body/from', message: 'must be a day on or after which the series still has classes' }]
  throw new Problem('invalid-request', `The series has no class on ${dayWords(from)} or later.`, { errors })
}

/** The first day of an edit, null for the whole. Throws `invalid-request` when it is missing, or past: what was does not change. */
export function firstDayOf(series: SeriesCard, { scope, from }: Pick<SeriesEdit, 'scope' | 'from'>, { now, path }: { now: Temporal.Instant; path: string }): Temporal.PlainDate | null {
  if (scope === 'all') return null
  if (from === undefined) throw malformed([{ path, message: 'must say from which day on' }])
  return comingDay(series, from, { path, now })
}

/** Throws `invalid-request` for a day that is past in the series' zone. */
export function comingDay({ timeZone }: SeriesCard, text: string, { path, now }: { path: string; now: Temporal.Instant }): Temporal.PlainDate {
  const day = Temporal.PlainDate.from(text)
  if (Temporal.PlainDate.compare(day, studioDay(now, timeZone)) >= 0) return day
  throw malformed([{ path, message: 'must be today or later' }])
}
