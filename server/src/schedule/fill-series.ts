// Making the sessions of a series up to its horizon, under its lock: each day once, never inside a closure, never over another class.
import { lockMembers } from '../identity/lock-members.ts'
import { newId, type SessionId } from '../platform/ids.ts'
import type { Tx } from '../platform/tx.ts'
import type { AttendedBy } from './attending.ts'
import { hourOf, trainerOf, type SeriesCard } from './class-series.ts'
import { insertSession, type UnbornSession } from './class-sessions.ts'
import type { Days } from './occurrences.ts'
import { horizonOf, planOccurrences, type Pattern, type PlannedOccurrence } from './plan-occurrences.ts'
import { studioDay } from './studio-days.rule.ts'

/** A series as its days are planned. */
export function patternOf(series: SeriesCard): Pattern {
  const { id, rrule, startsOn, endsBefore, publishes } = series
  return { id, rrule, startsOn, endsBefore, publishes, hour: hourOf(series), trainerId: trainerOf(series) }
}

/** The days a series is planned for: from its today to the horizon. */
export function horizonDays({ timeZone }: Pick<SeriesCard, 'timeZone'>, now: Temporal.Instant, weeks: number): Days {
  const from = studioDay(now, timeZone)
  return { from, until: horizonOf(from, weeks) }
}

interface Filled {
  occurrences: PlannedOccurrence[]
  /** How many of them are new. */
  made: number
}

/**
 * Makes what is missing of a series whose row is locked, and answers what became of each coming day. A day that is skipped, for
 * a clash or a closure, is not given up: each later run looks at it again while it is ahead.
 */
export async function fillSeries(tx: Tx, series: SeriesCard, within: Days, attendedBy: AttendedBy): Promise<Filled> {
  await lockMembers(tx.sql, [trainerOf(series)])
  const planned = await planOccurrences(tx.sql, patternOf(series), { within, now: tx.now, attendedBy })
  const missing = planned.filter(one => one.outcome === 'new')
  const made = new Map((await Promise.all(missing.map(one => make(tx, series, one)))).map(one => [one.on, one]))
  await tx.sql`
    update class_series set generated_until = greatest(generated_until, ${within.until}::date) where id = ${series.id}`
  const occurrences = planned.map(one => made.get(one.on) ?? one)
  return { occurrences, made: missing.filter(one => made.get(one.on)?.outcome === 'made').length }
}

async function make(tx: Tx, series: SeriesCard, one: PlannedOccurrence): Promise<PlannedOccurrence> {
  const session = await insertSession(tx, unborn(series, one))
  // The constraints saw what the plan could not: a racer that held no lock. The next run names it.
  if (!session) return { ...one, outcome: 'clash' }
  const { id, status, startsAt, version } = session
  tx.audit({ entityType: 'class_session', entityId: id, action: 'created', details: { seriesId: series.id, startsAt: String(startsAt), status } })
  if (status === 'published') tx.emit('session.published', { sessionId: id, version })
  return { ...one, outcome: 'made', sessionId: id }
}

function unborn(series: SeriesCard, { on, startsAt, endsAt }: PlannedOccurrence): UnbornSession {
  const { id, templateId, template, capacity, publishes } = series
  return {
    ...{ id: newId<SessionId>(), templateId, trainerId: trainerOf(series), startsAt, endsAt },
    capacity: capacity ?? template.defaultCapacity,
    status: publishes ? 'published' : 'draft',
    priceCredits: template.priceCredits,
    dropInCents: template.dropInCents,
    // What the series says is no override: only what a session says for itself is.
    ...{ capacityOverridden: false, trainerOverridden: false, series: { id, occurrenceOn: on } },
  }
}
