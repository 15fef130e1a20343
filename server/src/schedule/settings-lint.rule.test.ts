// Which settings are traps, at the values where a sound set becomes one.
import { expect, test } from 'vitest'
import { traps } from './settings-lint.rule.ts'
import { defaultSettings } from './settings.ts'

const trapped = (change: Partial<typeof defaultSettings>) => traps({ ...defaultSettings, ...change }).map(({ settings }) => settings)

test('the defaults set no trap', () => {
  expect(trapped({})).toEqual([])
})

test('by the clock every class is open for a while before booking closes', () => {
  const clock = { bookingOpensMode: 'clock', bookingOpensLeadDays: 1, waitlistCutoffMinutes: 10_080 } as const
  expect(trapped({ ...clock, bookingClosesMinutes: 1439 })).toEqual([])
  expect(trapped({ ...clock, bookingClosesMinutes: 1440 })).toEqual([['bookingClosesMinutes', 'bookingOpensLeadDays']])
  expect(trapped({ ...clock, bookingOpensLeadDays: 0, bookingClosesMinutes: 0 })).toEqual([['bookingClosesMinutes', 'bookingOpensLeadDays']])
  expect(trapped({ ...clock, bookingOpensMode: 'rolling', bookingOpensLeadDays: 0 })).toEqual([])
})

test('the cap of a day may be that of a week, not more, unless a week has none', () => {
  expect(trapped({ bookingsPerDayMax: 2, bookingsPerWeekMax: 2 })).toEqual([])
  expect(trapped({ bookingsPerDayMax: 2, bookingsPerWeekMax: 1 })).toEqual([['bookingsPerDayMax', 'bookingsPerWeekMax']])
  expect(trapped({ bookingsPerDayMax: 2, bookingsPerWeekMax: 0 })).toEqual([])
})

test('what is freed after the cutoff can be booked by somebody', () => {
  expect(trapped({ waitlistCutoffMinutes: 30, bookingClosesMinutes: 29 })).toEqual([])
  expect(trapped({ waitlistCutoffMinutes: 30, bookingClosesMinutes: 30 })).toEqual([['waitlistCutoffMinutes', 'bookingClosesMinutes']])
  expect(trapped({ waitlistCutoffMinutes: 5, bookingClosesMinutes: 1 })).toEqual([])
  expect(trapped({ waitlistCutoffMinutes: 1, bookingClosesMinutes: 1, offerSeconds: 60 })).toHaveLength(1)
  expect(trapped({ waitlistCutoffMinutes: 0, bookingClosesMinutes: 0 })).toEqual([['offerSeconds', 'waitlistCutoffMinutes']])
})

test('the last offer before the cutoff runs its full time', () => {
  expect(trapped({ waitlistCutoffMinutes: 5, offerSeconds: 300 })).toEqual([])
  expect(trapped({ waitlistCutoffMinutes: 5, offerSeconds: 301 })).toEqual([['offerSeconds', 'waitlistCutoffMinutes']])
})

test('late joining lasts longer than the grace, or is off', () => {
  expect(trapped({ graceMinutes: 10, lateJoinMinutes: 11 })).toEqual([])
  expect(trapped({ graceMinutes: 10, lateJoinMinutes: 10 })).toEqual([['lateJoinMinutes', 'graceMinutes']])
  expect(trapped({ graceMinutes: 10, lateJoinMinutes: 1 })).toEqual([['lateJoinMinutes', 'graceMinutes']])
  expect(trapped({ graceMinutes: 10, lateJoinMinutes: 0 })).toEqual([])
})

test('the last warning of credits that expire comes after the first', () => {
  expect(trapped({ firstExpiryWarningDays: 4, lastExpiryWarningDays: 3 })).toEqual([])
  expect(trapped({ firstExpiryWarningDays: 3, lastExpiryWarningDays: 3 })).toEqual([['firstExpiryWarningDays', 'lastExpiryWarningDays']])
})
