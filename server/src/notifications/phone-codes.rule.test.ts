// When another code may be sent: the boundaries of each limit.
import { expect, test } from 'vitest'
import { secondsUntilNextCode } from './phone-codes.rule.ts'

const now = Temporal.Instant.from('2026-03-10T12:00:00Z')
const ago = (...seconds: number[]) => seconds.map(age => now.subtract({ seconds: age }))

test.each([
  ['the first', [], [], 0],
  ['within half a minute', [29], [], 1],
  ['after half a minute', [30], [], 0],
  ['the third in an hour', [40, 80], [], 0],
  ['the fourth in an hour', [40, 80, 3000], [], 600],
  ['once the first of three is an hour old', [40, 80, 3600], [], 0],
  ['the ninth in a day', [7200, 7300, 7400, 7500, 7600, 7700, 7800, 80_000], [], 6400],
  ['to a number that others asked for five times', [], [100, 200, 300, 400, 86_000], 400],
  ['to a number that others asked for four times', [], [100, 200, 300, 400], 0],
])('%s', (_, byPerson, toNumber, seconds) => {
  expect(secondsUntilNextCode({ byPerson: ago(...byPerson), toNumber: ago(...toNumber) }, now)).toBe(seconds)
})
