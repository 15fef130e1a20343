// Whoever is moved stands where they were put, and nowhere else.
import { expect, test } from 'vitest'
import { moveIn } from './queue-move.ts'

const queue = ['ana', 'bo', 'cy']

test.each([
  [2, 0, { entryId: 'cy', before: 'ana' }],
  [2, 1, { entryId: 'cy', before: 'bo' }],
  [0, 1, { entryId: 'ana', before: 'cy' }],
  [0, 2, { entryId: 'ana', before: null }],
  [1, 1, undefined],
  [0, -1, undefined],
  [2, 3, undefined],
  [3, 0, undefined],
])('from %i to %i', (from, to, move) => {
  expect(moveIn(queue, from, to)).toEqual(move)
})
