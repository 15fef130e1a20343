// The rule of a series in plain words: "Every Monday and Wednesday", and how long it goes on.
import type { Series, SeriesDetail } from '@fitflow/contract/series.ts'
import { counted } from './amounts.ts'
import { addDays } from './zoned.ts'

export const weekdayCodes = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const
const names = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const ordinals = ['', 'first', 'second', 'third', 'fourth', 'fifth']
const units: Record<string, string> = { DAILY: 'day', WEEKLY: 'week', MONTHLY: 'month' }

/** The parts of a rule by name. */
function partsOf(rrule: string): Record<string, string> {
  return Object.fromEntries(rrule.split(';').map((part) => part.split('=') as [string, string]))
}

const listOf = (text: string | undefined): string[] => (text ? text.split(',') : [])

function listInWords(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

/** "Every Monday and Wednesday", "Every second week on Friday", "Every month on the last Friday". */
export function ruleInWords(rrule: string): string {
  const { FREQ = '', INTERVAL = '1', BYDAY, BYMONTHDAY } = partsOf(rrule)
  const every = everyInWords(Number(INTERVAL), units[FREQ] ?? '')
  const days = listOf(BYDAY)
  if (FREQ === 'WEEKLY' && INTERVAL === '1') return `Every ${weekdaysInWords(days)}`
  const on = [...days.map(dayInWords), ...listOf(BYMONTHDAY).map(monthDayInWords)]
  if (FREQ === 'WEEKLY') return `${every} on ${weekdaysInWords(days)}`
  return on.length === 0 ? every : `${every} on ${listInWords(on)}`
}

function everyInWords(interval: number, unit: string): string {
  if (interval === 1) return `Every ${unit}`
  return interval <= 3 ? `Every ${ordinals[interval]} ${unit}` : `Every ${interval} ${unit}s`
}

const nameOf = (code: string): string => names[weekdayCodes.indexOf(code as (typeof weekdayCodes)[number])] ?? code

function weekdaysInWords(codes: readonly string[]): string {
  const inOrder = weekdayCodes.filter((code) => codes.includes(code))
  if (inOrder.length === 7) return 'day'
  return inOrder.join() === 'MO,TU,WE,TH,FR' ? 'weekday' : listInWords(inOrder.map(nameOf))
}

function dayInWords(day: string): string {
  const [, at = '', code = ''] = /^(-?\d)?([A-Z]{2})$/.exec(day) ?? []
  if (at === '') return `every ${nameOf(code)}`
  return `the ${placeInWords(Number(at))}${nameOf(code)}`
}

/** "second ", "last ", "second to last ". */
function placeInWords(at: number): string {
  if (at > 0) return `${ordinals[at]} `
  return at === -1 ? 'last ' : `${ordinals[-at]} to last `
}

function monthDayInWords(text: string): string {
  const day = Number(text)
  return day > 0 ? `the ${ordinalOf(day)}` : `the ${placeFromEnd(-day)}day`
}

const placeFromEnd = (at: number): string => (at === 1 ? 'last ' : `${ordinalOf(at)} to last `)

/** 1st, 2nd, 11th, 23rd */
export function ordinalOf(count: number): string {
  const ending = ['th', 'st', 'nd', 'rd'][count % 10] ?? 'th'
  return `${count}${Math.floor(count / 10) % 10 === 1 ? 'th' : ending}`
}

/** The weekdays of a rule that goes by the week, 1 for Monday; null for every other rule. */
export function weekdaysOf(rrule: string): Set<number> | null {
  const { FREQ, INTERVAL = '1', BYDAY } = partsOf(rrule)
  if (FREQ === 'DAILY' && INTERVAL === '1') return new Set([1, 2, 3, 4, 5, 6, 7])
  if (FREQ !== 'WEEKLY') return null
  return new Set(listOf(BYDAY).map((code) => weekdayCodes.indexOf(code as (typeof weekdayCodes)[number]) + 1))
}

type Ending = Pick<Series, 'rrule' | 'endsBefore'>

/** The last day that may have a class, if one is known: what comes first of its rule's own end and of where it was stopped. */
export function lastDayOf({ rrule, endsBefore }: Ending): string | null {
  const until = partsOf(rrule)['UNTIL']
  const own = until ? `${until.slice(0, 4)}-${until.slice(4, 6)}-${until.slice(6)}` : null
  const stopped = endsBefore === null ? null : addDays(endsBefore, -1)
  if (own === null || stopped === null) return own ?? stopped
  return own < stopped ? own : stopped
}

/** "Until 3 Jan 2027", "12 classes", "No end". */
export function endInWords(series: Ending, dayInWords: (day: string) => string): string {
  const last = lastDayOf(series)
  if (last !== null) return `Until ${dayInWords(last)}`
  const { COUNT } = partsOf(series.rrule)
  return COUNT ? `${counted(Number(COUNT), 'class', 'classes')} in all` : 'No end'
}

type Reach = Ending & Pick<SeriesDetail, 'publishes' | 'until'>

/** How far its classes are made, and whether more come: it promises none that its rule, or whoever stopped it, has ruled out. */
export function madeInWords(series: Reach, today: string, dayInWords: (day: string) => string): string {
  const { until, publishes, rrule } = series
  const drafts = publishes ? '' : ', as drafts'
  const last = lastDayOf(series)
  if (last !== null && last < today) return `It was made until ${dayInWords(last)}; no more come.`
  if (last !== null && last < until) return `All are made, until ${dayInWords(last)}${drafts}; no more come.`
  const made = `Made until ${dayInWords(addDays(until, -1))}${drafts}`
  if (last !== null) return `${made}; more come by themselves until ${dayInWords(last)}.`
  return partsOf(rrule)['COUNT'] ? `${made}; it has ${endInWords(series, dayInWords)}.` : `${made}; more come by themselves.`
}
