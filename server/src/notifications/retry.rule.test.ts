// How long a message waits after it could not be sent.
import { expect, test } from 'vitest'
import { attemptsMax, nextAttempt } from './retry.rule.ts'

test('a message waits 1, 2, 4 minutes and so on, an hour at most, and after the last attempt for nothing', () => {
  const now = Temporal.Instant.from('2027-01-11T09:00:00Z')
  const waits = Array.from({ length: attemptsMax }, (_, n) => nextAttempt(n + 1, now)?.since(now).total('minutes') ?? null)
  expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, null])
})
