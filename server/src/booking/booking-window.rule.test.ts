// When booking opens and closes: elapsed hours before the start, or the studio's own hour of the week.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { defaultSettings } from '../schedule/settings.ts'
import { bookingWindow } from './booking-window.rule.ts'

const startsAt = Temporal.Instant.from('2027-01-31T07:00:00Z')
const rolling = { ...defaultSettings, bookingOpensMode: 'rolling' } as const

test.each([
  [30, 0, '2027-01-01T07:00:00Z', '2027-01-31T07:00:00Z'],
  [1, 90, '2027-01-30T07:00:00Z', '2027-01-31T05:30:00Z'],
  [0, 1, '2027-01-31T07:00:00Z', '2027-01-31T06:59:00Z'],
])('opened %i days and closed %i minutes before the start: from %s to %s', (bookingOpensDays, bookingClosesMinutes, opensAt, closesAt) => {
  const window = bookingWindow(startsAt, { ...rolling, bookingOpensDays, bookingClosesMinutes })
  expect({ opensAt: String(window.opensAt), closesAt: String(window.closesAt) }).toEqual({ opensAt, closesAt })
})

test('a day before the start is 24 hours, also across a change of the clocks', () => {
  const spring = Temporal.ZonedDateTime.from('2027-03-28T07:00[Europe/Madrid]')
  const { opensAt } = bookingWindow(spring.toInstant(), { ...rolling, bookingOpensDays: 1 })
  expect(opensAt.toZonedDateTimeISO('Europe/Madrid').toPlainDateTime().toString()).toBe('2027-03-27T06:00:00')
})

/** Monday 09:00 in Madrid, seven days ahead at the least. */
const drop = {
  ...defaultSettings,
  bookingOpensMode: 'clock' as const,
  bookingOpensWeekday: 1,
  bookingOpensTime: '09:00',
  bookingOpensLeadDays: 7,
  timeZone: 'Europe/Madrid',
}

/** Wall time of the opening for a class at this wall time. */
function opening(at: string, differs: Partial<typeof drop> = {}): string {
  const settings = { ...drop, ...differs }
  const { opensAt } = bookingWindow(Temporal.PlainDateTime.from(at).toZonedDateTime(settings.timeZone).toInstant(), settings)
  return opensAt.toZonedDateTimeISO(settings.timeZone).toPlainDateTime().toString({ smallestUnit: 'minute' })
}

test.each([
  ['a class at the very hour of the drop is a week from its own', '2027-01-18T09:00', '2027-01-11T09:00'],
  ['a minute earlier waits for the drop before', '2027-01-18T08:59', '2027-01-04T09:00'],
  ['a minute later opens a week ahead', '2027-01-18T09:01', '2027-01-11T09:00'],
  ['on Sunday too', '2027-01-24T23:59', '2027-01-11T09:00'],
  ['past the change of the clocks it is 09:00 all the same', '2027-03-29T10:00', '2027-03-22T09:00'],
])('%s: %s opens at %s', (_, at, opensAt) => {
  expect(opening(at)).toBe(opensAt)
})

test('without a lead a class opens at the last drop before it, even an hour before', () => {
  expect(opening('2027-01-18T10:00', { bookingOpensLeadDays: 0 })).toBe('2027-01-18T09:00')
  expect(opening('2027-01-18T08:00', { bookingOpensLeadDays: 0 })).toBe('2027-01-11T09:00')
})

test('in every zone and season a drop keeps its weekday and hour, and lies at least the lead and less than a week more before the class', () => {
  const zones = ['Europe/Madrid', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Africa/Cairo', 'America/Santiago']
  const anyTime = fc.date({ min: new Date('2026-01-01T00:00:00Z'), max: new Date('2028-12-31T00:00:00Z'), noInvalidDate: true })
  const week = fc.record({ bookingOpensWeekday: fc.integer({ min: 1, max: 7 }), bookingOpensLeadDays: fc.integer({ min: 0, max: 90 }) })
  fc.assert(
    fc.property(anyTime, fc.constantFrom(...zones), week, (date, timeZone, wish) => {
      const starts = Temporal.Instant.fromEpochMilliseconds(date.getTime())
      const wall = (instant: Temporal.Instant) => instant.toZonedDateTimeISO(timeZone).toPlainDateTime()
      const opens = wall(bookingWindow(starts, { ...drop, ...wish, timeZone }).opensAt)
      expect([opens.dayOfWeek, opens.toPlainTime().toString()]).toEqual([wish.bookingOpensWeekday, '09:00:00'])
      const latest = wall(starts).subtract({ days: wish.bookingOpensLeadDays })
      expect(Temporal.PlainDateTime.compare(opens, latest)).toBeLessThanOrEqual(0)
      expect(Temporal.PlainDateTime.compare(opens.add({ days: 7 }), latest)).toBe(1)
    }),
  )
})
