// What a series' rule may say: the parts of RFC 5545 that make sense for classes, at most one of a series in a studio day.
import { Problem } from '../platform/problem.ts'

type Frequency = 'DAILY' | 'WEEKLY' | 'MONTHLY'

export interface Recurrence {
  frequency: Frequency
  interval: number
  /** `MO`, or within a month also `1MO` and `-1FR`. */
  byDay: string[]
  /** 1 to 31, or from the end of the month -1 to -31. */
  byMonthDay: number[]
  count: number | null
  /** The last studio day that may have one. */
  until: Temporal.PlainDate | null
}

const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
const known = ['FREQ', 'INTERVAL', 'BYDAY', 'BYMONTHDAY', 'COUNT', 'UNTIL']
const intervalMax = 366
const countMax = 5000

/**
 * Reads the value of an RRULE for a series that starts on a day. A week's or month's rule without days gets that day's, so that
 * it stays what it was when the series is split later. Throws `invalid-request` at `path`, saying what is wrong.
 */
export function readRecurrence(text: string, startsOn: Temporal.PlainDate, path = 'body/rrule'): Recurrence {
  const refuse = (message: string) => new Problem('invalid-request', `The rule ${message}.`, { errors: [{ path, message }] })
  const parts = partsOf(text, refuse)
  const rule: Recurrence = {
    frequency: frequencyOf(parts.get('FREQ'), refuse),
    interval: wholeOf(parts.get('INTERVAL'), { name: 'INTERVAL', max: intervalMax, refuse }) ?? 1,
    byDay: listOf(parts.get('BYDAY')),
    byMonthDay: listOf(parts.get('BYMONTHDAY')).map(Number),
    count: wholeOf(parts.get('COUNT'), { name: 'COUNT', max: countMax, refuse }),
    until: untilOf(parts.get('UNTIL'), refuse),
  }
  refuseDays(rule, refuse)
  if (rule.count !== null && rule.until !== null) throw refuse('must not have both COUNT and UNTIL')
  return withDays(rule, startsOn)
}

/** The rule in one spelling: what is kept, and compared. */
export function recurrenceText({ frequency, interval, byDay, byMonthDay, count, until }: Recurrence): string {
  return [
    `FREQ=${frequency}`,
    ...(interval === 1 ? [] : [`INTERVAL=${interval}`]),
    ...(byDay.length === 0 ? [] : [`BYDAY=${byDay.join(',')}`]),
    ...(byMonthDay.length === 0 ? [] : [`BYMONTHDAY=${byMonthDay.join(',')}`]),
    ...(count === null ? [] : [`COUNT=${count}`]),
    ...(until === null ? [] : [`UNTIL=${until.toString().replaceAll('-', '')}`]),
  ].join(';')
}

type Refuse = (message: string) => Problem

function partsOf(text: string, refuse: Refuse): Map<string, string> {
  const parts = new Map<string, string>()
  for (const part of text.split(';')) {
    const [, name = '', value = ''] = /^([A-Z]+)=([A-Z0-9,+-]+)$/.exec(part) ?? []
    if (!known.includes(name)) {
      throw refuse(`has “${part.slice(0, 40)}”: parts are NAME=VALUE with the names ${known.join(', ')}; a day that falls out is a session to cancel, or a closure`)
    }
    if (parts.has(name)) throw refuse(`has ${name} twice`)
    parts.set(name, value)
  }
  return parts
}

function frequencyOf(text: string | undefined, refuse: Refuse): Frequency {
  if (text === 'DAILY' || text === 'WEEKLY' || text === 'MONTHLY') return text
  throw refuse('must have FREQ=DAILY, WEEKLY or MONTHLY')
}

function wholeOf(text: string | undefined, of: { name: string; max: number; refuse: Refuse }): number | null {
  if (text === undefined) return null
  const value = /^\d{1,6}$/.test(text) ? Number(text) : 0
  if (value >= 1 && value <= of.max) return value
  throw of.refuse(`must have ${of.name} between 1 and ${of.max}`)
}

function listOf(text: string | undefined): string[] {
  return text === undefined ? [] : [...new Set(text.split(',').map(one => one.replace(/^\+/, '')))]
}

function untilOf(text: string | undefined, refuse: Refuse): Temporal.PlainDate | null {
  if (text === undefined) return null
  if (!/^\d{8}$/.test(text)) throw refuse('must have UNTIL as a day of the studio, YYYYMMDD; that day may still have a class')
  try {
    return Temporal.PlainDate.from(text)
  } catch {
    // 30 February: only the calendar knows.
    throw refuse('has an UNTIL that is no day')
  }
}

function refuseDays({ frequency, byDay, byMonthDay }: Recurrence, refuse: Refuse): void {
  const inMonth = frequency === 'MONTHLY'
  const form = inMonth ? /^(-?[1-5])?(MO|TU|WE|TH|FR|SA|SU)$/ : /^(MO|TU|WE|TH|FR|SA|SU)$/
  const odd = byDay.find(day => !form.test(day))
  if (odd !== undefined) throw refuse(`has “${odd}” in BYDAY: ${inMonth ? 'MO, 1MO or -1FR' : 'MO, TU, …'} is understood`)
  if (byMonthDay.length > 0 && !inMonth) throw refuse('may have BYMONTHDAY only with FREQ=MONTHLY')
  const within = (day: number) => Number.isInteger(day) && Math.abs(day) >= 1 && Math.abs(day) <= 31
  if (!byMonthDay.every(within)) throw refuse('must have days of BYMONTHDAY between 1 and 31, or -1 and -31')
}

function withDays(rule: Recurrence, startsOn: Temporal.PlainDate): Recurrence {
  if (rule.byDay.length + rule.byMonthDay.length > 0) return rule
  if (rule.frequency === 'WEEKLY') return { ...rule, byDay: [weekdays[startsOn.dayOfWeek - 1] as string] }
  return rule.frequency === 'MONTHLY' ? { ...rule, byMonthDay: [startsOn.day] } : rule
}
