// What the calendar shows: sessions as blocks of wall time, the days and trainers that are its columns, the hours it spans.
import type { Closure } from '@fitflow/contract/closures.ts'
import type { StaffSession } from '@fitflow/contract/sessions.ts'
import type { When } from '../../api/when.ts'
import { addDays, noonMs } from '../../api/zoned.ts'
import type { Stretch } from './lanes.ts'

/** A session as it stands on the board: `from` and `to` in minutes of the studio's day. */
export interface Block extends Stretch {
  session: StaffSession
  day: string
  hue: number
  movable: boolean
}

/** A time of a day in which the studio is closed. */
export interface Shut extends Stretch {
  id: string
  reason: string
}

export interface Column {
  key: string
  title: string
  /** What stands small beside the title. */
  aside: string
  day: string
  isToday: boolean
  /** Undefined where the column is everybody's. */
  hue?: number
  blocks: Block[]
  shut: Shut[]
}

export interface Colleague {
  id: string
  name: string
  hue: number
}

/** Far enough apart to tell by eye, whoever the eye belongs to; the name always stands beside. */
const hues = [155, 262, 60, 328, 205, 25, 110, 295]

/** Everybody who teaches or taught what is shown, by name, each with a hue that stays theirs. */
export function colleagues(trainers: readonly { id: string; name: string }[], sessions: readonly StaffSession[]): Colleague[] {
  const known = new Map([...trainers, ...sessions.map((session) => session.trainer)].map((one) => [one.id, one.name]))
  return [...known]
    .sort(([, a], [, b]) => a.localeCompare(b))
    .map(([id, name], at) => ({ id, name, hue: hues[at % hues.length] as number }))
}

/** The Monday of a day's week. */
export function mondayOf(day: string): string {
  // The first day of 1970 was a Thursday.
  const weekday = (Math.floor(noonMs(day) / 86_400_000) + 3) % 7
  return addDays(day, -weekday)
}

/** Whether the session's start may be moved: it has not begun, and stands. */
function isMovable(session: StaffSession, nowMs: number): boolean {
  return (session.status === 'draft' || session.status === 'published') && Date.parse(session.startsAt) > nowMs
}

export function asBlock(session: StaffSession, when: When, of: { hue: number; nowMs: number }): Block {
  const from = when.minuteOfDay(session.startsAt)
  const to = Math.min(24 * 60, from + when.minutesLong(session.startsAt, session.endsAt))
  return { session, day: when.dayOf(session.startsAt), from, to, hue: of.hue, movable: isMovable(session, of.nowMs) }
}

/** What of a day lies in closures; the end of the day is 24:00. */
export function shutOn(closures: readonly Closure[], day: string, when: Pick<When, 'dayOf' | 'minuteOfDay'>): Shut[] {
  return closures.flatMap(({ id, startsAt, endsAt, reason }) => {
    const from = when.dayOf(startsAt) < day ? 0 : when.minuteOfDay(startsAt)
    const to = when.dayOf(endsAt) > day ? 24 * 60 : when.minuteOfDay(endsAt)
    const isHere = when.dayOf(startsAt) <= day && when.dayOf(endsAt) >= day && from < to
    return isHere ? [{ id, reason, from, to }] : []
  })
}

/** "Closed, 13:00 to 20:00: Works", or all day. */
export function saidOfShut({ from, to, reason }: Shut): string {
  return from === 0 && to === 24 * 60 ? `Closed: ${reason}` : `Closed, ${clockOf(from)} to ${clockOf(to)}: ${reason}`
}

/** The full hours that hold every block, and a working day at least. */
export function hoursOf(blocks: readonly Stretch[]): { first: number; last: number } {
  const first = Math.min(7, ...blocks.map((block) => Math.floor(block.from / 60)))
  const last = Math.max(21, ...blocks.map((block) => Math.ceil(block.to / 60)))
  return { first, last }
}

/** 07:15 of minutes since midnight. */
export const clockOf = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
