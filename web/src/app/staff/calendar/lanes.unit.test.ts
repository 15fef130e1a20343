// Blocks that overlap share a column's width; nothing covers anything else.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inLanes, type Stretch } from './lanes.ts'

const shares = (...stretches: [number, number][]) =>
  inLanes(stretches.map(([from, to]) => ({ from, to }))).map(({ left, width }) => [left, width])

test('a class alone has the whole width, also when the next begins the minute it ends', () => {
  expect(shares([60, 120], [120, 180])).toEqual([
    [0, 1],
    [0, 1],
  ])
})

test('two classes at once share the width', () => {
  expect(shares([60, 120], [90, 150])).toEqual([
    [0, 0.5],
    [0.5, 0.5],
  ])
})

test('a class grows over a lane that nobody needs while it lasts', () => {
  expect(shares([0, 100], [0, 30], [10, 40], [50, 90])).toEqual([
    [0, 1 / 3],
    [1 / 3, 1 / 3],
    [2 / 3, 1 / 3],
    [1 / 3, 2 / 3],
  ])
})

test('whatever the timetable, no block covers another and none leaves its column', () => {
  const stretch = fc.tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 1, max: 90 })).map(([from, long]): Stretch => ({ from, to: from + long }))
  fc.assert(
    fc.property(fc.array(stretch, { maxLength: 14 }), (stretches) => {
      const placed = inLanes(stretches)
      expect(placed).toHaveLength(stretches.length)
      for (const [at, a] of placed.entries()) {
        expect(a.left + a.width).toBeLessThanOrEqual(1 + 1e-9)
        for (const b of placed.slice(at + 1)) {
          const sameTime = a.of.from < b.of.to && b.of.from < a.of.to
          const sameWidth = a.left < b.left + b.width - 1e-9 && b.left < a.left + a.width - 1e-9
          expect(sameTime && sameWidth).toBe(false)
        }
      }
    }),
  )
})
