// Days of a studio in Madrid, over the nights on which its clocks change.
import { expect, test } from 'vitest'
import { Problem } from '../platform/problem.ts'
import { spanOf, startOfDay, studioDay } from './studio-days.rule.ts'

const madrid = 'Europe/Madrid'
const now = Temporal.Instant.from('2027-03-27T10:00:00Z')
const span = (from: string | undefined, to: string | undefined, at = now, zone = madrid) => {
  const found = spanOf({ from, to }, at, zone)
  return [String(found.from), String(found.to)]
}

test('a day begins at the studio\'s midnight, not at UTC\'s', () => {
  expect(span('2027-01-11', '2027-01-11')).toEqual(['2027-01-10T23:00:00Z', '2027-01-11T23:00:00Z'])
})

test('the day on which summer time begins has 23 hours, the day on which it ends has 25', () => {
  expect(span('2027-03-28', '2027-03-28')).toEqual(['2027-03-27T23:00:00Z', '2027-03-28T22:00:00Z'])
  expect(span('2027-10-31', '2027-10-31')).toEqual(['2027-10-30T22:00:00Z', '2027-10-31T23:00:00Z'])
})

test('days on both sides of the night join without gap or overlap', () => {
  const days = ['2027-10-30', '2027-10-31', '2027-11-01'].map(day => spanOf({ from: day, to: day }, now, madrid))
  expect(days[0]!.to).toEqual(days[1]!.from)
  expect(days[1]!.to).toEqual(days[2]!.from)
  const all = spanOf({ from: '2027-10-30', to: '2027-11-01' }, now, madrid)
  expect([all.from, all.to]).toEqual([days[0]!.from, days[2]!.to])
})

test('where the clock skips midnight the day begins at the first instant there is', () => {
  // Cairo went from 24 to 25 April 2026 by skipping midnight.
  expect(String(startOfDay(Temporal.PlainDate.from('2026-04-24'), 'Africa/Cairo'))).toBe('2026-04-23T22:00:00Z')
  expect(String(studioDay(Temporal.Instant.from('2026-04-23T22:00:00Z'), 'Africa/Cairo'))).toBe('2026-04-24')
  expect(String(studioDay(Temporal.Instant.from('2026-04-23T21:59:59Z'), 'Africa/Cairo'))).toBe('2026-04-23')
})

test('without days it is from now for 14 days, to the same wall-clock time', () => {
  expect(span(undefined, undefined)).toEqual(['2027-03-27T10:00:00Z', '2027-04-10T09:00:00Z'])
})

test('a first day alone begins 14 whole days, a last day alone ends what begins now', () => {
  expect(span('2027-03-27', undefined)).toEqual(['2027-03-26T23:00:00Z', '2027-04-09T22:00:00Z'])
  expect(span(undefined, '2027-03-27')).toEqual(['2027-03-27T10:00:00Z', '2027-03-27T23:00:00Z'])
})

test('a last day before the first is refused, the same day is one day', () => {
  expect(() => span('2027-03-28', '2027-03-27')).toThrow(Problem)
  expect(() => span(undefined, '2027-03-26')).toThrow(Problem)
  expect(span('2027-03-27', '2027-03-27')).toHaveLength(2)
})

test('366 days are the most that are listed', () => {
  expect(span('2027-01-01', '2028-01-01')).toHaveLength(2)
  expect(() => span('2027-01-01', '2028-01-02')).toThrow(Problem)
})
