// The rule that a form makes, and what it says of a form that makes no sense.
import { expect, test } from 'vitest'
import { bodyOf, faultOf, monthWays, previewPath, ruleOf, weekdayOf, type Draft } from './series-draft.ts'

// 29 January 2027, the last Friday of its month.
const draft: Draft = {
  ...{ templateId: 'one', startsOn: '2027-01-29', wallTime: '18:00', every: 1, unit: 'week', weekdays: [5, 1], monthWay: 'number' },
  ...{ end: 'never', until: '2027-03-01', count: 12, durationMinutes: null, capacity: null, trainerId: null, publishes: true },
}

test.each<[Partial<Draft>, string]>([
  [{}, 'FREQ=WEEKLY;BYDAY=MO,FR'],
  [{ every: 2, end: 'until' }, 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR;UNTIL=20270301'],
  [{ unit: 'day', end: 'count' }, 'FREQ=DAILY;COUNT=12'],
  [{ unit: 'month' }, 'FREQ=MONTHLY;BYMONTHDAY=29'],
  [{ unit: 'month', monthWay: 'weekday' }, 'FREQ=MONTHLY;BYDAY=5FR'],
  [{ unit: 'month', monthWay: 'last' }, 'FREQ=MONTHLY;BYDAY=-1FR'],
])('%o makes %s', (differs, rrule) => {
  expect(ruleOf({ ...draft, ...differs })).toBe(rrule)
})

test('a month repeats its first day by number or by weekday, and as the last one where it is', () => {
  expect(monthWays('2027-01-29', 'Friday').map((one) => one.words)).toEqual(['On the 29th', 'On the 5th Friday', 'On the last Friday'])
  expect(monthWays('2027-01-05', 'Tuesday').map((one) => one.words)).toEqual(['On the 5th', 'On the 1st Tuesday'])
})

test.each<[Partial<Draft>, string]>([
  [{}, ''],
  [{ startsOn: '2027-01-10' }, 'The first day is today or later.'],
  [{ weekdays: [] }, 'Choose at least one day of the week.'],
  [{ unit: 'day', weekdays: [] }, ''],
  [{ every: Number.NaN }, 'It repeats every 1 to 366 days, weeks or months.'],
  [{ end: 'until', until: '2027-01-28' }, 'The last day is not before the first.'],
  [{ end: 'count', count: 0 }, 'It has 1 to 5000 classes.'],
  [{ durationMinutes: 4 }, 'A class lasts 5 to 720 minutes.'],
  [{ capacity: 0 }, 'There is room for 1 person at least.'],
])('%o is answered with "%s"', (differs, words) => {
  expect(faultOf({ ...draft, ...differs }, '2027-01-11')).toBe(words)
})

test('only what differs from the template is asked for, and a preview without what it cannot use', () => {
  expect(bodyOf(draft, true)).toEqual({ templateId: 'one', rrule: 'FREQ=WEEKLY;BYDAY=MO,FR', startsOn: '2027-01-29', wallTime: '18:00', publishes: true, skipClashes: true })
  expect(bodyOf({ ...draft, capacity: 4, trainerId: 'two' }, false)).toMatchObject({ capacity: 4, trainerId: 'two' })
  const asked = new URL(previewPath({ ...draft, capacity: 4, durationMinutes: 30 }), 'http://studio').searchParams
  expect([...asked.keys()]).toEqual(['templateId', 'rrule', 'startsOn', 'wallTime', 'durationMinutes'])
})

test('weekdays are counted from Monday', () => {
  expect(['2027-01-11', '2027-01-17', '1970-01-01'].map(weekdayOf)).toEqual([1, 7, 4])
})
