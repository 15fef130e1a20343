// When booking opens and closes: elapsed hours before the start, whatever the wall clock does in between.
import { expect, test } from 'vitest'
import { bookingWindow } from './booking-window.rule.ts'

const startsAt = Temporal.Instant.from('2027-01-31T07:00:00Z')

test.each([
  [30, 0, '2027-01-01T07:00:00Z', '2027-01-31T07:00:00Z'],
  [1, 90, '2027-01-30T07:00:00Z', '2027-01-31T05:30:00Z'],
  [0, 1, '2027-01-31T07:00:00Z', '2027-01-31T06:59:00Z'],
])('opened %i days and closed %i minutes before the start: from %s to %s', (bookingOpensDays, bookingClosesMinutes, opensAt, closesAt) => {
  const window = bookingWindow(startsAt, { bookingOpensDays, bookingClosesMinutes })
  expect({ opensAt: String(window.opensAt), closesAt: String(window.closesAt) }).toEqual({ opensAt, closesAt })
})

test('a day before the start is 24 hours, also across a change of the clocks', () => {
  const spring = Temporal.ZonedDateTime.from('2027-03-28T07:00[Europe/Madrid]')
  const { opensAt } = bookingWindow(spring.toInstant(), { bookingOpensDays: 1, bookingClosesMinutes: 0 })
  expect(opensAt.toZonedDateTimeISO('Europe/Madrid').toPlainDateTime().toString()).toBe('2027-03-27T06:00:00')
})
