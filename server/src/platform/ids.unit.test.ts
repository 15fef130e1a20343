// Ids: their order is the order of making, however many are made at once.
import { expect, test } from 'vitest'
import { inLockOrder, newId } from './ids.ts'

test('ten thousand ids made at once are in the order of making, and all are UUIDs of version 7', () => {
  const ids = Array.from({ length: 10_000 }, () => newId<string>())
  expect(ids).toEqual(ids.toSorted())
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.filter(id => !/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id))).toEqual([])
})

test('rows are locked once each, in ascending order', () => {
  expect(inLockOrder(['b', 'a', 'b'])).toEqual(['a', 'b'])
})
