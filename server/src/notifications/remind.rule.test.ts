// Reminders at their boundary instants.
import { expect, test } from 'vitest'
import { reminderDue } from './remind.rule.ts'

const startsAt = Temporal.Instant.from('2027-01-20T18:00:00Z')
const before = (by: Temporal.DurationLike) => startsAt.subtract(by)
const longAgo = before({ hours: 24 * 7 })

test.each([
  ['a moment too early', { hours: 24, nanoseconds: 1 }, null],
  ['exactly a day before', { hours: 24 }, 'reminder-day'],
  ['made up for until an hour before', { hours: 1, nanoseconds: 1 }, 'reminder-day'],
  ['exactly an hour before', { hours: 1 }, 'reminder-hour'],
  ['made up for until the start', { nanoseconds: 1 }, 'reminder-hour'],
  ['as it starts', {}, null],
  ['after the start', { hours: -1 }, null],
] as const)('%s', (_, left, due) => {
  expect(reminderDue({ startsAt, knownSince: longAgo }, before({ nanoseconds: 0, ...left }))).toBe(due)
})

test.each([
  [{ hours: 24 }, { hours: 23 }, 'reminder-day'],
  [{ hours: 23, minutes: 59 }, { hours: 23 }, null],
  [{ hours: 23, minutes: 59 }, { minutes: 30 }, 'reminder-hour'],
  [{ hours: 1 }, { minutes: 30 }, 'reminder-hour'],
  [{ minutes: 59 }, { minutes: 30 }, null],
] as const)('booked %j before, asked %j before: %s', (known, left, due) => {
  expect(reminderDue({ startsAt, knownSince: before(known) }, before(left))).toBe(due)
})
