// How places and odds are said.
import { expect, test } from 'vitest'
import { oddsWords, ordinal } from './places.ts'

test.each([
  [1, '1st'],
  [2, '2nd'],
  [3, '3rd'],
  [4, '4th'],
  [11, '11th'],
  [12, '12th'],
  [13, '13th'],
  [21, '21st'],
  [102, '102nd'],
])('%i is the %s', (place, said) => {
  expect(ordinal(place)).toBe(said)
})

test('odds are a sentence, and nothing where there are none', () => {
  expect(oddsWords({ gotIn: 31, of: 44 }, 4)).toBe('People in 4th place got in 31 of 44 times.')
  expect(oddsWords(null, 4)).toBe('')
  expect(oddsWords({ gotIn: 31, of: 44 }, null)).toBe('')
})
