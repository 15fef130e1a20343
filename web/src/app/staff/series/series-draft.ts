// A series on its way to be made: what the form holds, and the rule and the question that come of it.
import type { NewSeries } from '@fitflow/contract/series.ts'
import { addDays, noonMs } from '../../api/zoned.ts'
import { ordinalOf, weekdayCodes } from '../../api/rule-words.ts'

export type Unit = 'day' | 'week' | 'month'
/** Within a month: the day's number, its weekday counted from the front, or that weekday as the last. */
export type MonthWay = 'number' | 'weekday' | 'last'
export type End = 'never' | 'until' | 'count'

export interface Draft {
  templateId: string
  startsOn: string
  wallTime: string
  every: number
  unit: Unit
  /** 1 for Monday. */
  weekdays: number[]
  monthWay: MonthWay
  end: End
  until: string
  count: number
  /** Null: the template's; so are capacity and trainer. */
  durationMinutes: number | null
  capacity: number | null
  trainerId: string | null
  publishes: boolean
}

const frequency: Record<Unit, string> = { day: 'DAILY', week: 'WEEKLY', month: 'MONTHLY' }

/** 1 for Monday. */
export function weekdayOf(day: string): number {
  // The first day of 1970 was a Thursday.
  return ((Math.floor(noonMs(day) / 86_400_000) + 3) % 7) + 1
}

const codeOf = (weekday: number): string => weekdayCodes[weekday - 1] as string
const dayNumber = (day: string): number => Number(day.slice(8))
const placeOf = (day: string): number => Math.ceil(dayNumber(day) / 7)

/** Whether a day is the last of its weekday in its month. */
export const isLastOfMonth = (day: string): boolean => day !== '' && addDays(day, 7).slice(0, 7) !== day.slice(0, 7)

export function ruleOf({ unit, every, weekdays, monthWay, startsOn, end, until, count }: Draft): string {
  const weekday = codeOf(weekdayOf(startsOn))
  const inMonth = { number: `BYMONTHDAY=${dayNumber(startsOn)}`, weekday: `BYDAY=${placeOf(startsOn)}${weekday}`, last: `BYDAY=-1${weekday}` }[monthWay]
  return [
    `FREQ=${frequency[unit]}`,
    ...(every === 1 ? [] : [`INTERVAL=${every}`]),
    ...(unit === 'week' ? [`BYDAY=${[...weekdays].sort((a, b) => a - b).map(codeOf).join(',')}`] : []),
    ...(unit === 'month' ? [inMonth] : []),
    ...(end === 'until' ? [`UNTIL=${until.replaceAll('-', '')}`] : []),
    ...(end === 'count' ? [`COUNT=${count}`] : []),
  ].join(';')
}

/** The ways to repeat a day within a month, each in words. */
export function monthWays(startsOn: string, weekdayName: string): { way: MonthWay; words: string }[] {
  const ways: { way: MonthWay; words: string }[] = [
    { way: 'number', words: `On the ${ordinalOf(dayNumber(startsOn))}` },
    { way: 'weekday', words: `On the ${ordinalOf(placeOf(startsOn))} ${weekdayName}` },
  ]
  return isLastOfMonth(startsOn) ? [...ways, { way: 'last', words: `On the last ${weekdayName}` }] : ways
}

/** What keeps the form from making sense, in words; empty when nothing does. */
export function faultOf(draft: Draft, today: string): string {
  const within = (value: number | null, least: number, most: number): boolean => value === null || (Number.isInteger(value) && value >= least && value <= most)
  if (!draft.templateId) return 'Choose a template.'
  if (!draft.startsOn || draft.startsOn < today) return 'The first day is today or later.'
  if (!draft.wallTime) return 'Say at what hour it starts.'
  if (!within(draft.every, 1, 366)) return 'It repeats every 1 to 366 days, weeks or months.'
  if (draft.unit === 'week' && draft.weekdays.length === 0) return 'Choose at least one day of the week.'
  if (draft.end === 'until' && (!draft.until || draft.until < draft.startsOn)) return 'The last day is not before the first.'
  if (draft.end === 'count' && !within(draft.count, 1, 5000)) return 'It has 1 to 5000 classes.'
  if (!within(draft.durationMinutes, 5, 720)) return 'A class lasts 5 to 720 minutes.'
  return within(draft.capacity, 1, 100_000) ? '' : 'There is room for 1 person at least.'
}

/** What making it asks for; `skipClashes` leaves out the days on which the trainer is busy. */
export function bodyOf(draft: Draft, skipClashes: boolean): NewSeries {
  const { templateId, startsOn, wallTime, durationMinutes, capacity, trainerId, publishes } = draft
  return {
    ...{ templateId, rrule: ruleOf(draft), startsOn, wallTime, publishes, skipClashes },
    ...(durationMinutes === null ? {} : { durationMinutes }),
    ...(capacity === null ? {} : { capacity }),
    ...(trainerId === null ? {} : { trainerId }),
  }
}

/** The address of its preview. */
export function previewPath(draft: Draft): string {
  const { capacity: _capacity, publishes: _publishes, skipClashes: _skipClashes, ...pattern } = bodyOf(draft, false)
  return `/admin/series-preview?${new URLSearchParams(Object.entries(pattern).map(([name, value]) => [name, String(value)]))}`
}
