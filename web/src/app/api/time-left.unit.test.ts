// How the time that is left is said.
import { expect, test } from 'vitest'
import { timeLeft, untilWords } from './time-left.ts'

test.each([
  [0, '0:00'],
  [-5000, '0:00'],
  [1, '0:01'],
  [59_000, '0:59'],
  [60_000, '1:00'],
  [299_001, '5:00'],
  [3_599_000, '59:59'],
  [3_600_000, '1 h 00'],
  [26_770_000, '7 h 26'],
])('%i ms before the end it is %s', (left, said) => {
  expect(timeLeft(left, 0)).toBe(said)
})

test.each([
  [999, '0:01'],
  [3_600_000, '1 h 00'],
  [48 * 3_600_000 - 1000, '47 h 59'],
  [48 * 3_600_000, '2 days'],
  [75 * 3_600_000 + 1, '3 days 3 h'],
])('%i ms before it opens it is %s', (left, said) => {
  expect(untilWords(left)).toBe(said)
})
