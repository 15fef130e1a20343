// Making a series, and looking at its days before: what it would make, and what is in the way.
import type { NewSeries, SeriesPreviewQuery } from '@fitflow/contract/series.ts'
import { teaches } from '../identity/trainers.ts'
import { newId, type SeriesId, type TemplateId, type UserId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import { malformed } from '../platform/shape.ts'
import type { Tx } from '../platform/tx.ts'
import { lockMembers } from '../identity/lock-members.ts'
import type { AttendedBy } from './attending.ts'
import { readSeries, type SeriesCard } from './class-series.ts'
import type { ClassTemplate } from './class-templates.ts'
import { usableTemplate } from './create-session.ts'
import { fillSeries, horizonDays, patternOf } from './fill-series.ts'
import { isDayTooFar, tooFarWords } from './horizon.rule.ts'
import { firstOccurrence, type Hour } from './occurrences.ts'
import { planOccurrences, type Pattern, type PlannedOccurrence } from './plan-occurrences.ts'
import { readRecurrence, recurrenceText } from './recurrence.rule.ts'
import { refuseNaming } from './rights.ts'
import type { Settings } from './settings.ts'
import { studioDay } from './studio-days.rule.ts'
import { refuseWhoDoesNotTeach } from './trainer-clash.ts'

interface MadeSeries {
  series: SeriesCard
  occurrences: PlannedOccurrence[]
  /** The first day that is not planned yet. */
  until: Temporal.PlainDate
}

/**
 * Makes a series in the studio's wall time, and at once its sessions up to the horizon. Runs SERIALIZABLE: who keeps the trainer
 * busy is in sight. Throws `not-found`, `template-archived`, `forbidden`, `invalid-request` for a rule that makes no sense or nobody
 * who teaches, and `trainer-busy` with every clash, unless those days are to be skipped.
 */
export async function createSeries(tx: Tx, wish: NewSeries, settings: Settings, attendedBy: AttendedBy): Promise<MadeSeries> {
  const template = await repeatable(tx, wish.templateId as TemplateId)
  const trainerId = (wish.trainerId ?? null) as UserId | null
  refuseNaming(tx.actor, trainerId ?? template.trainerId)
  await refuseWhoDoesNotTeach(tx.sql, trainerId ?? template.trainerId)
  await lockMembers(tx.sql, [trainerId ?? template.trainerId])
  const id = await insertSeries(tx, wish, settings)
  const series = (await readSeries(tx.sql, id)) as SeriesCard
  const within = horizonDays(series, tx.now, settings.seriesHorizonWeeks)
  if (!wish.skipClashes) refuseClashes(await planOccurrences(tx.sql, patternOf(series), { within, now: tx.now, attendedBy }))
  const { rrule, startsOn, wallTime, timeZone } = series
  const details = { templateId: template.id, rrule, startsOn: String(startsOn), wallTime, timeZone, trainerId: trainerId ?? template.trainerId }
  tx.audit({ entityType: 'class_series', entityId: id, action: 'created', details })
  const { occurrences } = await fillSeries(tx, series, within, attendedBy)
  return { series, occurrences, until: within.until }
}

/** What a series like this would make and what is in its way. Throws as `createSeries` does, but for clashes, which it lists. */
export async function previewSeries(tx: Tx, query: SeriesPreviewQuery, settings: Settings, attendedBy: AttendedBy) {
  const template = await repeatable(tx, query.templateId as TemplateId)
  const trainerId = (query.trainerId ?? template.trainerId) as UserId
  refuseNaming(tx.actor, trainerId)
  if (!(await teaches(tx.sql, trainerId))) throw malformed([{ path: 'query/trainerId', message: 'must be somebody who teaches' }])
  const { timeZone } = settings
  const hour = { wallTime: query.wallTime, timeZone, durationMinutes: query.durationMinutes ?? template.durationMinutes }
  const startsOn = firstDay(tx, query.startsOn, { timeZone, path: 'query/startsOn' })
  const rrule = ruleOf(query.rrule, startsOn, { path: 'query/rrule', hour, now: tx.now })
  const pattern: Pattern = { id: null, rrule, startsOn, endsBefore: null, hour, trainerId, publishes: true }
  const within = horizonDays({ timeZone }, tx.now, settings.seriesHorizonWeeks)
  const occurrences = await planOccurrences(tx.sql, pattern, { within, now: tx.now, attendedBy })
  return { occurrences, hour, until: within.until }
}

async function repeatable(tx: Tx, id: TemplateId): Promise<ClassTemplate> {
  const template = await usableTemplate(tx, id)
  if (template.kind === 'class') return template
  throw malformed([{ path: 'templateId', message: 'must be a class: times for 1:1s come out of a trainer’s availability' }])
}

/** The row alone, without a session: they come with the horizon. Throws `invalid-request`. */
export async function insertSeries(tx: Tx, wish: NewSeries, { timeZone }: Pick<Settings, 'timeZone'>): Promise<SeriesId> {
  const id = newId<SeriesId>()
  const startsOn = firstDay(tx, wish.startsOn, { timeZone, path: 'body/startsOn' })
  const rrule = ruleOf(wish.rrule, startsOn, { path: 'body/rrule', hour: { wallTime: wish.wallTime, timeZone }, now: tx.now })
  const { templateId, wallTime, durationMinutes = null, capacity = null, trainerId = null, publishes = true } = wish
  await tx.sql`
    insert into class_series (id, template_id, rrule, starts_on, wall_time, time_zone, duration_minutes, capacity, trainer_id,
      publishes, generated_until, created_by, created_at)
    values (${id}, ${templateId}, ${rrule}, ${startsOn}, ${wallTime}, ${timeZone}, ${durationMinutes}, ${capacity}, ${trainerId},
      ${publishes}, ${startsOn}, ${tx.actor.userId}, ${tx.now})`
  return id
}

/** The rule in its one spelling. Throws `invalid-request` at `path`, also when no class could ever come out of it. */
function ruleOf(text: string, startsOn: Temporal.PlainDate, { path, hour, now }: { path: string; hour: Pick<Hour, 'wallTime' | 'timeZone'>; now: Temporal.Instant }): string {
  const rule = readRecurrence(text, startsOn, path)
  if (firstOccurrence(rule, { startsOn, hour, now })) return recurrenceText(rule)
  const isOver = rule.until !== null && Temporal.PlainDate.compare(rule.until, startsOn) < 0
  const message = isOver ? 'ends before the series begins' : 'gives no class: none of its days comes before it ends'
  throw new Problem('invalid-request', `The rule ${message}.`, { errors: [{ path, message }] })
}

/** A series begins today or later, and not too far ahead: what was is not made up. */
function firstDay(tx: Tx, text: string, { timeZone, path }: { timeZone: string; path: string }): Temporal.PlainDate {
  const [day, today] = [Temporal.PlainDate.from(text), studioDay(tx.now, timeZone)]
  if (Temporal.PlainDate.compare(day, today) < 0) throw malformed([{ path, message: 'must be today or later' }])
  if (isDayTooFar(day, today)) throw malformed([{ path, message: tooFarWords }])
  return day
}

function refuseClashes(planned: readonly PlannedOccurrence[]): void {
  const clashes = planned.flatMap(one => (one.clash ? [{ on: String(one.on), ...one.clash }] : []))
  if (clashes.length === 0) return
  throw new Problem('trainer-busy', `The trainer has something else on ${clashes.length} of these days. Skip them, or choose another hour.`, { clashes })
}
