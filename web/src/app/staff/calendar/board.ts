// What the calendar shows: sessions as blocks of wall time, the days and trainers that are its columns, the hours it spans.
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

/** The full hours that hold every block, and a working day at least. */
export function hoursOf(blocks: readonly Stretch[]): { first: number; last: number } {
  const first = Math.min(7, ...blocks.map((block) => Math.floor(block.from / 60)))
  const last = Math.max(21, ...blocks.map((block) => Math.ceil(block.to / 60)))
  return { first, last }
}

/** 07:15 of minutes since midnight. */
export const clockOf = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
