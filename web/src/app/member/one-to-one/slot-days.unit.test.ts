// Slots by day: none lost, days in order.
import { expect, test } from 'vitest'
import { byDay } from './slot-days.ts'

test('days come in order, each with its slots in theirs', () => {
  const dayOf = (slot: string): string => slot.slice(0, 2)
  expect(byDay(['12 18', '11 07', '11 09', '12 19'], dayOf)).toEqual([
    { day: '11', slots: ['11 07', '11 09'] },
    { day: '12', slots: ['12 18', '12 19'] },
  ])
  expect(byDay([], dayOf)).toEqual([])
})
