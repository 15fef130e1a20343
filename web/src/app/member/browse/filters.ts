// What somebody looks for in the schedule, and which classes are that.
import type { Session } from '@fitflow/contract/sessions.ts'

export interface Wanted {
  trainer: string | undefined
  type: string | undefined
  part: string | undefined
  onlyFree: boolean
}

/** Parts of the day, from and until in minutes since midnight. */
export const partsOfDay = [
  { key: 'morning', name: 'Morning', from: 0, until: 12 * 60 },
  { key: 'afternoon', name: 'Afternoon', from: 12 * 60, until: 17 * 60 },
  { key: 'evening', name: 'Evening', from: 17 * 60, until: 24 * 60 },
] as const

export function matches(session: Session, wanted: Wanted, minuteOfDay: number): boolean {
  const part = partsOfDay.find((one) => one.key === wanted.part)
  return (
    (!wanted.trainer || session.trainer.id === wanted.trainer) &&
    (!wanted.type || session.type === wanted.type) &&
    (!part || (minuteOfDay >= part.from && minuteOfDay < part.until)) &&
    (!wanted.onlyFree || session.spotsLeft > 0)
  )
}

/** Sessions that start together, in order of their start. */
export function byHour(sessions: Session[]): { startsAt: string; sessions: Session[] }[] {
  const hours = new Map<string, Session[]>()
  for (const session of sessions) hours.set(session.startsAt, [...(hours.get(session.startsAt) ?? []), session])
  return [...hours]
    .map(([startsAt, together]) => ({ startsAt, sessions: together }))
    .sort((one, other) => Date.parse(one.startsAt) - Date.parse(other.startsAt))
}

/** The trainers and types there are to choose from; a choice made stays in the list even where nothing is its. */
export function choicesOf(sessions: Session[], trainer: string | undefined, type: string | undefined) {
  const trainers = new Map(sessions.map((session) => [session.trainer.id, session.trainer.name]))
  const types = new Set(sessions.map((session) => session.type))
  if (trainer && !trainers.has(trainer)) trainers.set(trainer, 'Chosen trainer')
  if (type) types.add(type)
  return {
    trainers: [...trainers].map(([id, name]) => ({ id, name })).sort((one, other) => one.name.localeCompare(other.name)),
    types: [...types].sort(),
  }
}
