// Wall time in the studio's zone, at the hours where clocks are moved.
import { expect, test } from 'vitest'
import { addDays, addYears, dayOf, daysBetween, instantOf, minuteOfDay } from './zoned.ts'

const madrid = 'Europe/Madrid'

test.each([
  ['a winter morning', '2026-11-24', '07:00', '2026-11-24T06:00:00.000Z'],
  ['a summer morning', '2026-07-24', '07:00', '2026-07-24T05:00:00.000Z'],
  ['the morning after the clocks went forward', '2026-03-29', '07:00', '2026-03-29T05:00:00.000Z'],
  ['an hour that does not exist moves on by the gap', '2026-03-29', '02:30', '2026-03-29T01:30:00.000Z'],
  ['an hour that comes twice is the earlier one', '2026-10-25', '02:30', '2026-10-25T00:30:00.000Z'],
  ['the last minute before the clocks go back', '2026-10-25', '01:59', '2026-10-24T23:59:00.000Z'],
])('%s has its instant', (_name, day, time, instant) => {
  expect(instantOf(day, time, madrid)).toBe(instant)
})

test('a zone without whole hours is met to the minute', () => {
  expect(instantOf('2026-11-24', '07:00', 'Asia/Kathmandu')).toBe('2026-11-24T01:15:00.000Z')
  expect(minuteOfDay(Date.parse('2026-11-24T01:15:00Z'), 'Asia/Kathmandu')).toBe(7 * 60)
})

test('an instant late in the evening belongs to the studio’s day, not to that of Greenwich', () => {
  expect(dayOf(Date.parse('2026-11-24T23:30:00Z'), madrid)).toBe('2026-11-25')
  expect(dayOf(Date.parse('2026-11-25T00:30:00Z'), 'America/New_York')).toBe('2026-11-24')
})

test('days are counted and added across a month and a change of clocks', () => {
  expect(addDays('2026-10-24', 2)).toBe('2026-10-26')
  expect(addDays('2026-11-30', 1)).toBe('2026-12-01')
  expect(daysBetween('2026-10-24', '2026-10-26')).toBe(2)
  expect(daysBetween('2026-12-01', '2026-11-30')).toBe(-1)
})

test('a year later is the same day, but for the 29th of February', () => {
  expect([addYears('2026-11-29', 2), addYears('2028-02-29', 2), addYears('2028-02-29', 4)]).toEqual(['2028-11-29', '2030-02-28', '2032-02-29'])
})
