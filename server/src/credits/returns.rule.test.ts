// How much comes back, rounded for whom, and into which lots.
import { describe, expect, test } from 'vitest'
import { lotOf } from '../../test/lots.ts'
import type { Lot } from './lots.ts'
import { halfOf, planReturn, type ReturnPlan } from './returns.rule.ts'

const now = Temporal.Instant.from('2027-01-11T09:00:00Z')
const inAWeek = now.add({ hours: 168 })
const ns = { nanoseconds: 1 }

/** A plan in short: from which lot, how much, and the end of the child if there is one. */
function short({ returns, kept }: ReturnPlan) {
  return {
    returns: returns.map(({ from, credits, childUntil }) => [from.id, credits, childUntil === null ? null : String(childUntil)]),
    kept: kept.map(({ lot, credits }) => [lot.id, credits]),
  }
}

describe('a share is rounded in the member’s favour, to the hundredth', () => {
  const cases: [number, number, number][] = [
    [100, 50, 50],
    [25, 50, 13],
    [1, 50, 1],
    [0, 50, 0],
    [150, 100, 150],
    [150, 0, 0],
    [100, 33, 33],
    [1, 1, 1],
    [29, 10, 3],
    [700, 29, 203],
  ]
  test.each(cases)('of %i hundredths, %i %% is %i', (credits, percent, back) => {
    expect(halfOf(credits, percent)).toBe(back)
  })
})

describe('a debit over several lots', () => {
  const soon = lotOf('soon', { validUntil: inAWeek.add({ hours: 1 }) })
  const late = lotOf('late', { validUntil: inAWeek.add({ hours: 2 }) })
  const debits = [
    { lot: soon, credits: 100 },
    { lot: late, credits: 50 },
  ]

  test('returns to the latest-expiring first', () => {
    expect(short(planReturn(debits, 75, now, 'member'))).toEqual({
      returns: [['late', 50, null], ['soon', 25, null]],
      kept: [['soon', 75]],
    })
    expect(short(planReturn(debits, 50, now, 'member'))).toEqual({ returns: [['late', 50, null]], kept: [['soon', 100]] })
  })

  test('returns whole, or not at all', () => {
    expect(short(planReturn(debits, 150, now, 'member'))).toEqual({
      returns: [['late', 50, null], ['soon', 100, null]],
      kept: [],
    })
    expect(short(planReturn(debits, 0, now, 'member'))).toEqual({ returns: [], kept: [['late', 50], ['soon', 100]] })
  })

  test('never returns more than it took', () => {
    expect(() => planReturn(debits, 151, now, 'studio')).toThrow('cannot come back')
  })

  test('of lots that end together returns to the younger first: the order of spending, backwards', () => {
    const older = lotOf('older', { validUntil: late.validUntil, createdAt: late.createdAt.subtract(ns) })
    const plan = planReturn([{ lot: older, credits: 100 }, { lot: late, credits: 100 }], 100, now, 'member')
    expect(short(plan).returns).toEqual([['late', 100, null]])
  })
})

describe('credits land', () => {
  const child: Partial<Lot> = { planType: 'returned', originId: lotOf('origin').id }
  const itself = null
  const aWeek = String(inAWeek)
  const cases: [string, Partial<Lot>, 'member' | 'studio', string | null][] = [
    ['in a lot with exactly seven days left', { validUntil: inAWeek }, 'member', itself],
    ['in a child of seven days when a nanosecond less is left', { validUntil: inAWeek.subtract(ns) }, 'member', aWeek],
    ['in a child of seven days when the lot has expired', { validUntil: now.subtract(ns) }, 'member', aWeek],
    ['in a lot with seven days left when the studio returns them', { validUntil: inAWeek }, 'studio', itself],
    ['in a child when the studio returns them with less left', { validUntil: inAWeek.subtract(ns) }, 'studio', aWeek],
    ['in the child itself when its member cancels again', { ...child, validUntil: inAWeek.subtract(ns) }, 'member', itself],
    ['in the child itself even after it expired', { ...child, validUntil: now }, 'member', itself],
    ['in a fresh child of the child when the studio returns them', { ...child, validUntil: inAWeek.subtract(ns) }, 'studio', aWeek],
    ['in a child of a complimentary lot as of a pack', { planType: 'complimentary', validUntil: now }, 'member', aWeek],
  ]
  test.each(cases)('%s', (_name, lot, cause, childUntil) => {
    const plan = planReturn([{ lot: lotOf('lot', lot), credits: 100 }], 50, now, cause)
    expect(short(plan).returns).toEqual([['lot', 50, childUntil]])
  })
})

test('a week is 168 hours, also when the clocks change in it', () => {
  const saturday = Temporal.Instant.from('2027-03-27T12:00:00Z')
  const [share] = planReturn([{ lot: lotOf('lot', { validUntil: saturday }), credits: 100 }], 100, saturday, 'member').returns
  expect(String(share?.childUntil)).toBe('2027-04-03T12:00:00Z')
})
