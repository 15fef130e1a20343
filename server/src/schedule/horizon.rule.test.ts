// Two years ahead is planned, a moment or a day more is not.
import { expect, test } from 'vitest'
import { isDayTooFar, isTooFar } from './horizon.rule.ts'

test('to the moment and to the day, over a leap day too', () => {
  const now = Temporal.Instant.from('2027-01-11T09:00:00Z')
  expect(['2029-01-11T09:00:00Z', '2029-01-11T09:00:00.001Z'].map(at => isTooFar(Temporal.Instant.from(at), now))).toEqual([false, true])
  const today = Temporal.PlainDate.from('2028-02-29')
  expect(['2030-02-28', '2030-03-01'].map(day => isDayTooFar(Temporal.PlainDate.from(day), today))).toEqual([false, true])
})
