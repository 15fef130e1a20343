// Which lots pay, at the instants where the answer turns.
import { describe, expect, test } from 'vitest'
import type { MembershipId } from '../platform/ids.ts'
import { allocate, paysFor } from './allocation.rule.ts'
import { lotOf } from '../../test/lots.ts'

const now = Temporal.Instant.from('2027-01-11T09:00:00Z')
const startsAt = Temporal.Instant.from('2027-01-20T18:00:00Z')
const at = { startsAt, now }
const ns = { nanoseconds: 1 }
const id = (name: string) => name as MembershipId

describe('a lot pays', () => {
  const week = Temporal.Instant.from('2027-01-18T09:00:00Z')
  const cases: [string, { validFrom?: Temporal.Instant; validUntil?: Temporal.Instant }, boolean][] = [
    ['for a session that starts just before it ends', { validUntil: startsAt.add(ns) }, true],
    ['not for a session that starts as it ends', { validUntil: startsAt }, false],
    ['not for a session that starts after it ended', { validUntil: startsAt.subtract(ns) }, false],
    ['from the instant it begins', { validFrom: now }, true],
    ['not before it begins, even for a session within its time', { validFrom: now.add(ns) }, false],
    ['while it is valid', { validFrom: now.subtract({ hours: 24 }), validUntil: startsAt.add({ hours: 1 }) }, true],
  ]
  test.each(cases)('%s', (_name, validity, pays) => {
    expect(paysFor(lotOf('a', validity), at)).toBe(pays)
  })

  test('not once it has ended, even for a session that started before', () => {
    const started = { startsAt: week.subtract({ minutes: 5 }), now: week }
    expect(paysFor(lotOf('a', { validUntil: week }), started)).toBe(false)
    expect(paysFor(lotOf('a', { validUntil: week.add(ns) }), started)).toBe(true)
  })
})

describe('credits are spent', () => {
  const soon = lotOf('soon', { validUntil: startsAt.add({ hours: 1 }), creditsBalance: 100 })
  const late = lotOf('late', { validUntil: startsAt.add({ hours: 2 }), creditsBalance: 100 })

  test('soonest-expiring first, whatever the order they are read in', () => {
    expect(allocate([late, soon], 100, at)).toEqual([{ membershipId: 'soon', credits: 100 }])
    expect(allocate([soon, late], 100, at)).toEqual([{ membershipId: 'soon', credits: 100 }])
  })

  test('from the older lot when two end together, and by id when they are as old', () => {
    const older = lotOf('z-older', { validUntil: soon.validUntil, createdAt: soon.createdAt.subtract(ns) })
    expect(allocate([soon, older], 100, at)).toEqual([{ membershipId: 'z-older', credits: 100 }])
    const twin = lotOf('a-twin', { validUntil: soon.validUntil, createdAt: soon.createdAt })
    expect(allocate([soon, twin], 100, at)).toEqual([{ membershipId: 'a-twin', credits: 100 }])
  })

  test('out of several lots, each to its end before the next', () => {
    expect(allocate([late, soon], 150, at)).toEqual([
      { membershipId: 'soon', credits: 100 },
      { membershipId: 'late', credits: 50 },
    ])
  })

  test('to the last hundredth, and not one more', () => {
    expect(allocate([late, soon], 200, at)).toHaveLength(2)
    expect(allocate([late, soon], 201, at)).toBeNull()
  })

  test('never out of a lot that does not pay for the session', () => {
    const ended = lotOf('ended', { validUntil: startsAt, creditsBalance: 1000 })
    expect(allocate([ended, soon], 101, at)).toBeNull()
    expect(allocate([ended, soon], 100, at)).toEqual([{ membershipId: 'soon', credits: 100 }])
  })

  test('never out of an empty lot or of unlimited access', () => {
    const empty = lotOf('empty', { validUntil: soon.validUntil.subtract(ns), creditsBalance: 0 })
    const unlimited = lotOf('unlimited', { planType: 'unlimited', creditsGranted: null, creditsBalance: 0 })
    expect(allocate([empty, unlimited, soon], 100, at)).toEqual([{ membershipId: 'soon', credits: 100 }])
    expect(allocate([unlimited], 1, at)).toBeNull()
  })

  test('not at all for a free class', () => {
    expect(allocate([], 0, at)).toEqual([])
    expect(allocate([soon], 0, at)).toEqual([])
  })
})

describe('a lot the member chose', () => {
  const soon = lotOf('soon', { validUntil: startsAt.add({ hours: 1 }), creditsBalance: 100 })
  const late = lotOf('late', { validUntil: startsAt.add({ hours: 2 }), creditsBalance: 60 })

  test('goes first, and the others follow in their order', () => {
    const latest = lotOf('latest', { validUntil: startsAt.add({ hours: 3 }), creditsBalance: 100 })
    expect(allocate([latest, soon, late], 170, at, id('late'))).toEqual([
      { membershipId: 'late', credits: 60 },
      { membershipId: 'soon', credits: 100 },
      { membershipId: 'latest', credits: 10 },
    ])
  })

  test('may be the one that goes first anyway', () => {
    expect(allocate([late, soon], 100, at, id('soon'))).toEqual([{ membershipId: 'soon', credits: 100 }])
  })

  test('refuses when it cannot pay at all, rather than take another', () => {
    const ended = lotOf('ended', { validUntil: startsAt, creditsBalance: 100 })
    expect(allocate([soon, ended], 100, at, id('ended'))).toBeNull()
    expect(allocate([soon], 100, at, id('somebody-else'))).toBeNull()
  })
})
