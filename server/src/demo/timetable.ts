// The demo studio's week, and the dated classes that four weeks of it give.
import type { SessionStatus } from '@fitflow/contract/sessions.ts'
import { demoTemplates, type TemplateName } from './classes.ts'

interface Slot {
  template: TemplateName
  /** Wall time in the studio. */
  at: string
  /** How full it usually gets: past 1 people wait. Before work, at noon and after work are the peaks. */
  demand: number
}

const slot = (at: string, template: TemplateName, demand: number): Slot => ({ at, template, demand })

const monday = [
  slot('07:15', 'morningStrength', 0.85),
  slot('08:45', 'vinyasa', 0.55),
  slot('13:15', 'hiit', 0.8),
  slot('17:30', 'reformer', 0.95),
  slot('18:30', 'hiit', 1.15),
  slot('19:00', 'ride', 0.8),
  slot('19:30', 'boxing', 0.9),
  slot('20:00', 'vinyasa', 0.75),
]
const tuesday = [
  slot('07:15', 'morningStrength', 0.8),
  slot('09:00', 'reformer', 0.75),
  slot('13:15', 'ride', 0.6),
  slot('17:30', 'reformer', 1),
  slot('18:30', 'hiit', 1.1),
  slot('18:45', 'barbellClub', 1.15),
  slot('20:00', 'vinyasa', 0.8),
]
const wednesday = [
  slot('07:15', 'morningStrength', 0.85),
  slot('08:45', 'vinyasa', 0.5),
  slot('13:15', 'hiit', 0.75),
  slot('17:30', 'reformer', 0.95),
  slot('18:30', 'hiit', 1.15),
  slot('19:00', 'ride', 0.85),
  slot('19:00', 'mobility', 0.55),
  slot('19:30', 'boxing', 0.9),
]
const thursday = [
  slot('07:15', 'morningStrength', 0.8),
  slot('09:00', 'reformer', 0.7),
  slot('13:15', 'ride', 0.55),
  slot('17:30', 'reformer', 0.95),
  slot('18:30', 'hiit', 1.1),
  slot('18:45', 'barbellClub', 1.1),
  slot('19:30', 'boxing', 0.95),
  slot('20:00', 'vinyasa', 0.75),
]
const friday = [
  slot('07:15', 'morningStrength', 0.7),
  slot('08:45', 'vinyasa', 0.45),
  slot('13:15', 'hiit', 0.8),
  slot('18:00', 'ride', 0.6),
  slot('18:30', 'hiit', 0.9),
  slot('19:00', 'mobility', 0.5),
]
const saturday = [
  slot('09:00', 'morningStrength', 0.8),
  slot('10:15', 'ride', 0.85),
  slot('10:30', 'vinyasa', 0.8),
  slot('11:00', 'hiit', 1.1),
  slot('12:00', 'boxing', 0.7),
  slot('12:00', 'reformer', 0.95),
]
const sunday = [
  slot('09:30', 'morningStrength', 0.55),
  slot('10:30', 'vinyasa', 0.8),
  slot('11:00', 'hiit', 0.7),
  slot('12:00', 'mobility', 0.6),
  slot('18:00', 'reformer', 0.7),
]

/** The demo's classes lie so many days before the seeding and after it; what comes later its series make. */
export const daysEachWay = 14

const week = [monday, tuesday, wednesday, thursday, friday, saturday, sunday]

/** A class that is held at one hour of the week's days: what a series repeats. */
export interface WeeklyClass extends Pick<Slot, 'template' | 'at'> {
  /** As in a rule: `MO`. */
  byDay: string[]
}

const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']

/** The week told by class and hour. */
export function weeklyClasses(): WeeklyClass[] {
  const found = new Map<string, WeeklyClass>()
  for (const [at, day] of week.entries()) {
    for (const { template, at: hour } of day) {
      const known = found.get(seriesKey({ template, at: hour })) ?? { template, at: hour, byDay: [] }
      known.byDay.push(weekdays[at] as string)
      found.set(seriesKey(known), known)
    }
  }
  return [...found.values()]
}

/** What the classes of one series have in common. */
export const seriesKey = ({ template, at }: Pick<Slot, 'template' | 'at'>): string => `${template} ${at}`

/** One dated class. `day` counts from the day of the seeding: yesterday is -1. */
export interface DatedClass extends Slot {
  day: number
  date: Temporal.PlainDate
  startsAt: Temporal.Instant
  endsAt: Temporal.Instant
  status: SessionStatus
}

/** The classes of two weeks before and two after `now`, in the order in which they start. */
export function datedClasses(now: Temporal.Instant, timeZone: string): DatedClass[] {
  const today = now.toZonedDateTimeISO(timeZone).toPlainDate()
  const days = Array.from({ length: 2 * daysEachWay }, (_, at) => at - daysEachWay)
  const classes = days.flatMap(day => {
    const date = today.add({ days: day })
    return (week[date.dayOfWeek - 1] ?? []).map(one => dated(one, { day, date, startsAt: instantOf(date, one.at, timeZone), now }))
  })
  const earliest = now.subtract({ hours: 24 * daysEachWay })
  return classes.filter(one => Temporal.Instant.compare(one.startsAt, earliest) >= 0)
}

function instantOf(date: Temporal.PlainDate, at: string, timeZone: string): Temporal.Instant {
  return date.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(at) }).toInstant()
}

function dated(one: Slot, of: Pick<DatedClass, 'day' | 'date' | 'startsAt'> & { now: Temporal.Instant }): DatedClass {
  const { day, date, startsAt, now } = of
  const endsAt = startsAt.add({ minutes: demoTemplates[one.template].durationMinutes })
  return { ...one, day, date, startsAt, endsAt, status: statusAt(now, startsAt, endsAt) }
}

function statusAt(now: Temporal.Instant, startsAt: Temporal.Instant, endsAt: Temporal.Instant): SessionStatus {
  if (Temporal.Instant.compare(endsAt, now) <= 0) return 'completed'
  return Temporal.Instant.compare(startsAt, now) <= 0 ? 'in_progress' : 'published'
}
