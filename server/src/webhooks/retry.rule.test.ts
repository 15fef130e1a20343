// The pauses between attempts, their spread, and what an answer's status means.
import { expect, test } from 'vitest'
import { attemptsMax, pauseAfter, pauses, verdictOf } from './retry.rule.ts'

test('pauses grow from seconds to hours, and after the last there is none', () => {
  expect(pauses.map((_, at) => pauseAfter(at + 1, 0.5))).toEqual(pauses.map(seconds => seconds * 1000))
  expect(pauses.every((seconds, at) => at === 0 || seconds > pauses[at - 1]!)).toBe(true)
  expect([pauseAfter(attemptsMax - 1, 0.5), pauseAfter(attemptsMax, 0.5)]).toEqual([43_200_000, null])
})

test('a fifth more or less, so that they spread', () => {
  expect([pauseAfter(1, 0), pauseAfter(1, 1)]).toEqual([4000, 6000])
})

test('2xx is taken, 410 is gone, and nothing else counts: not even a redirect', () => {
  expect([200, 204, 299].map(verdictOf)).toEqual(['delivered', 'delivered', 'delivered'])
  expect([100, 301, 302, 307, 400, 404, 429, 500, 503].map(verdictOf)).toEqual(Array(9).fill('refused'))
  expect(verdictOf(410)).toBe('gone')
})
