// When the studio is shut, in words, and out of a form.
import type { Closure } from '@fitflow/contract/closures.ts'
import { yearsAheadMax } from '@fitflow/contract/scalars.ts'
import type { When } from '../../api/when.ts'
import { addDays, instantOf } from '../../api/zoned.ts'

type Span = Pick<Closure, 'startsAt' | 'endsAt'>
type Words = Pick<When, 'dayOf' | 'hour' | 'shortDay'>

/** "Thu 24 Dec to Sat 26 Dec" of whole days, "Thu 24 Dec, 12:00 to 18:00" of hours. */
export function spanInWords({ startsAt, endsAt }: Span, when: Words): string {
  const [first, last] = [when.dayOf(startsAt), when.dayOf(endsAt)]
  const [from, to] = [when.hour(startsAt), when.hour(endsAt)]
  if (from === '00:00' && to === '00:00') {
    const lastWhole = addDays(last, -1)
    return first === lastWhole ? when.shortDay(first) : `${when.shortDay(first)} to ${when.shortDay(lastWhole)}`
  }
  return first === last ? `${when.shortDay(first)}, ${from} to ${to}` : `${when.shortDay(first)}, ${from} to ${when.shortDay(last)}, ${to}`
}

export interface ClosureDraft {
  /** Whole days, or by the hour. */
  whole: boolean
  firstDay: string
  lastDay: string
  fromTime: string
  toTime: string
}

/** Half-open; null while a field is missing or it ends before it begins. */
export function spanOf({ whole, firstDay, lastDay, fromTime, toTime }: ClosureDraft, timeZone: string): Span | null {
  if (!firstDay || !lastDay || (!whole && (!fromTime || !toTime))) return null
  const startsAt = instantOf(firstDay, whole ? '00:00' : fromTime, timeZone)
  const endsAt = whole ? instantOf(addDays(lastDay, 1), '00:00', timeZone) : instantOf(lastDay, toTime, timeZone)
  return startsAt < endsAt ? { startsAt, endsAt } : null
}

/** What keeps the form from making sense, in words; empty when nothing does. */
export function faultOf(span: Span | null, nowMs: number, latest = Number.POSITIVE_INFINITY): string {
  if (span === null) return 'Say from when until when; it ends after it begins.'
  if (Date.parse(span.endsAt) > latest) return `At most ${yearsAheadMax} years ahead: look at the year again.`
  return Date.parse(span.endsAt) <= nowMs ? 'That is over already.' : ''
}

/** The others that keep a part of it closed when it is lifted. */
export function alsoClosing<Closing extends Closure>(closure: Closing, all: readonly Closing[]): Closing[] {
  return all.filter((other) => other.id !== closure.id && other.liftedAt === null && other.startsAt < closure.endsAt && closure.startsAt < other.endsAt)
}

export type ClosureState = 'now' | 'ahead' | 'over' | 'lifted'

export function stateOf({ startsAt, endsAt, liftedAt }: Closure, nowMs: number): ClosureState {
  if (liftedAt !== null) return 'lifted'
  if (Date.parse(endsAt) <= nowMs) return 'over'
  return Date.parse(startsAt) <= nowMs ? 'now' : 'ahead'
}
