// What becomes of each day of a series within the horizon: there already, to be made, or in somebody's or something's way.
import type { InTheWay, Occurrence as WireOccurrence, OccurrenceOutcome } from '@fitflow/contract/series.ts'
import type { ClosureId, SeriesId, SessionId, UserId } from '../platform/ids.ts'
import type { Sql } from '../platform/sql.ts'
import { attendingAt, type AttendedBy } from './attending.ts'
import type { ClassSeries } from './class-series.ts'
import { closedBy, closuresWithin } from './closures.ts'
import { daysOf, occurrenceOn, type Days, type Hour, type Occurrence } from './occurrences.ts'
import { readRecurrence } from './recurrence.rule.ts'
import { occurrenceSessions } from './occurrence-sessions.ts'
import { clashesAt } from './trainer-clash.ts'

/** A series as far as its days are concerned; one that is not made yet has no id. */
export interface Pattern extends Pick<ClassSeries, 'rrule' | 'startsOn' | 'endsBefore'> {
  id: SeriesId | null
  hour: Hour
  trainerId: UserId
  /** Drafts are in nobody's way, and nobody is in theirs. */
  publishes: boolean
}

export interface PlannedOccurrence extends Occurrence {
  outcome: OccurrenceOutcome
  sessionId: SessionId | null
  clash: InTheWay | null
  closure: { id: ClosureId; reason: string } | null
}

/** The first day that the horizon does not reach. */
export function horizonOf(today: Temporal.PlainDate, weeks: number): Temporal.PlainDate {
  return today.add({ days: 7 * weeks })
}

/** The occurrences of a pattern in these days that have not begun, whatever is in their way. */
function comingOccurrences(pattern: Pattern, within: Days, now: Temporal.Instant): Occurrence[] {
  const until = pattern.endsBefore && Temporal.PlainDate.compare(pattern.endsBefore, within.until) < 0 ? pattern.endsBefore : within.until
  const days = daysOf(readRecurrence(pattern.rrule, pattern.startsOn), pattern.startsOn, { from: within.from, until })
  return days.map(on => occurrenceOn(on, pattern.hour)).filter(one => Temporal.Instant.compare(one.startsAt, now) > 0)
}

/**
 * What becomes of each coming day of the pattern: three statements, whatever their number. Sure only under the trainer's lock
 * and, for a series that is there, its row's.
 */
export async function planOccurrences(sql: Sql, pattern: Pattern, { within, now, attendedBy }: { within: Days; now: Temporal.Instant; attendedBy: AttendedBy }): Promise<PlannedOccurrence[]> {
  const coming = comingOccurrences(pattern, within, now)
  const [first, last] = [coming[0], coming.at(-1)]
  if (!first || !last) return []
  const [made, closures, clashes, attending] = await Promise.all([
    pattern.id === null ? [] : sessionsMade(sql, pattern.id, { from: first.on, until: last.on.add({ days: 1 }) }),
    closuresWithin(sql, { from: first.startsAt, to: last.endsAt }),
    pattern.publishes ? clashesAt(sql, pattern.trainerId, coming) : new Map<number, InTheWay>(),
    pattern.publishes ? attendingAt({ sql, now }, { trainerId: pattern.trainerId, times: coming }, attendedBy) : new Map<number, InTheWay>(),
  ])
  const byDay = new Map(made.map(one => [String(one.occurrenceOn), one]))
  return coming.map((one, at) => {
    const session = byDay.get(String(one.on))
    if (session) return { ...one, startsAt: session.startsAt, endsAt: session.endsAt, outcome: 'made', sessionId: session.id, clash: null, closure: null }
    const closed = closedBy(closures, one)
    const clash = closed ? undefined : (clashes.get(at) ?? attending.get(at))
    const closure = closed ? { id: closed.id, reason: closed.reason } : null
    return { ...one, outcome: closed ? 'closed' : clash ? 'clash' : 'new', sessionId: null, clash: clash ?? null, closure }
  })
}

/** The sessions of a series for these days, in whatever state and wherever they have been moved. */
function sessionsMade(sql: Sql, id: SeriesId, { from, until }: Days) {
  return sql<{ id: SessionId; occurrenceOn: Temporal.PlainDate; startsAt: Temporal.Instant; endsAt: Temporal.Instant }[]>`
    select id, occurrence_on, starts_at, ends_at from class_sessions
    where series_id = ${id} and occurrence_on >= ${from} and occurrence_on < ${until}`
}

/** Occurrences as they cross the wire, each with its session as it stands now. */
export async function toWireOccurrences(sql: Sql, planned: readonly PlannedOccurrence[], hour: Hour): Promise<WireOccurrence[]> {
  const sessions = await occurrenceSessions(sql, planned.flatMap(one => one.sessionId ?? []))
  return planned.map(({ on, startsAt, endsAt, outcome, sessionId, clash, closure, clocks }) => {
    const times = { startsAt: String(startsAt), endsAt: String(endsAt) }
    const session = (sessionId && sessions.get(sessionId)) ?? null
    return { on: String(on), ...times, outcome, sessionId, session, clash, closure, note: noteOf(clocks, { startsAt, hour }) }
  })
}

function noteOf(clocks: Occurrence['clocks'], { startsAt, hour }: { startsAt: Temporal.Instant; hour: Hour }): string | null {
  if (clocks === null) return null
  if (clocks === 'twice') return `The clocks go back: ${hour.wallTime} comes twice, and this is the first.`
  const shown = startsAt.toZonedDateTimeISO(hour.timeZone).toPlainTime().toString({ smallestUnit: 'minute' })
  return `The clocks go forward: there is no ${hour.wallTime}, so it starts at ${shown}.`
}
