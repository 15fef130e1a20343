// Which lots pay, at the instants where the answer turns.
import { describe, expect, test } from 'vitest'
import type { MembershipId } from '../platform/ids.ts'
import { activate, allocate, endIfUsed, namedLot, paysFor, shortOf } from './allocation.rule.ts'
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

test.each<[string, Parameters<typeof lotOf>[1], ReturnType<typeof shortOf>]>([
  ['reaches a session that would start just before it ends', { validUntil: startsAt.add(ns) }, null],
  ['has ended by one that would start as it ends', { validUntil: startsAt }, 'ended'],
  ['is frozen for one that would start as the freeze begins', { frozenFrom: startsAt, frozenUntil: startsAt.add(ns) }, 'frozen'],
  ['is not for one that would start as the freeze ends', { frozenFrom: startsAt.subtract(ns), frozenUntil: startsAt }, null],
  ['nor just before it begins', { frozenFrom: startsAt.add(ns), frozenUntil: startsAt.add({ hours: 1 }) }, null],
])('a lot that has paid %s', (_, differs, short) => {
  expect(shortOf(lotOf('a', differs), startsAt)).toBe(short)
})

test.each<[string, Parameters<typeof lotOf>[1], string | undefined]>([
  ['pays first while it can', { creditsBalance: 1 }, 'a'],
  ['does not when it is used up', { creditsBalance: 0 }, undefined],
  ['does not when it has ended by the start', { validUntil: startsAt, creditsBalance: 100 }, undefined],
  ['does as access without credits', { creditsGranted: null, creditsBalance: 0 }, 'a'],
])('a lot that was named %s', (_, differs, named) => {
  expect(namedLot([lotOf('other'), lotOf('a', differs)], id('a'), at)).toBe(named)
  expect(namedLot([lotOf('a', differs)], null, at)).toBe(undefined)
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

describe('a frozen lot pays', () => {
  const frozen = (from: Temporal.Instant, until: Temporal.Instant) => ({ frozenFrom: from, frozenUntil: until })
  const hour = { hours: 1 }
  const cases: [string, { frozenFrom: Temporal.Instant | null; frozenUntil: Temporal.Instant | null }, boolean][] = [
    ['not for a session that starts as the freeze begins', frozen(startsAt, startsAt.add(hour)), false],
    ['for a session that starts just before the freeze', frozen(startsAt.add(ns), startsAt.add(hour)), true],
    ['not for a session that starts in the last instant of the freeze', frozen(now, startsAt.add(ns)), false],
    ['for a session that starts as the freeze ends, also while it is frozen', frozen(now, startsAt), true],
    ['for everything again when the freeze is lifted', { frozenFrom: null, frozenUntil: null }, true],
  ]
  test.each(cases)('%s', (_name, freeze, pays) => {
    expect(paysFor(lotOf('a', freeze), at)).toBe(pays)
  })

  test('nothing out of its credits: the others go on in their order', () => {
    const soon = lotOf('soon', { ...frozen(now, startsAt.add(ns)), validUntil: startsAt.add(hour) })
    expect(allocate([soon, lotOf('late')], 100, at)).toEqual([{ membershipId: 'late', credits: 100 }])
  })
})

describe('a lot that begins with its first use', () => {
  const days = (count: number) => ({ hours: count * 24 })
  const resting = (differs = {}) => lotOf('a', { activationDays: 10, validUntil: now.add(days(90)), ...differs })

  test('pays for what starts within its days from now, and not as they end', () => {
    expect(paysFor(resting(), { now, startsAt: now.add(days(10)).subtract(ns) })).toBe(true)
    expect(paysFor(resting(), { now, startsAt: now.add(days(10)) })).toBe(false)
  })

  test('never lasts beyond the latest end it was given', () => {
    const latest = now.add(days(3))
    expect(endIfUsed(resting({ validUntil: latest }), now)).toEqual(latest)
    expect(endIfUsed(resting({ validUntil: now.add(days(10)) }), now)).toEqual(now.add(days(10)))
  })

  test('ends as it was written down once it has begun', () => {
    const end = now.add(days(40))
    expect(endIfUsed(resting({ activatedAt: now.subtract(days(1)), validUntil: end }), now)).toEqual(end)
  })

  test('does not spend its days in a freeze, under way or to come', () => {
    const freeze = (from: Temporal.Instant, until: Temporal.Instant) => resting({ frozenFrom: from, frozenUntil: until })
    expect(endIfUsed(freeze(now.subtract(days(2)), now.add(days(3))), now)).toEqual(now.add(days(13)))
    expect(endIfUsed(freeze(now.add(days(4)), now.add(days(6))), now)).toEqual(now.add(days(12)))
    expect(endIfUsed(freeze(now.add(days(10)), now.add(days(12))), now)).toEqual(now.add(days(10)))
    expect(endIfUsed(freeze(now.add(days(10)).subtract(ns), now.add(days(12))), now)).toEqual(now.add(days(12)).add(ns))
    expect(endIfUsed(freeze(now.subtract(days(2)), now), now)).toEqual(now.add(days(10)))
  })

  test('is spent in the order of the end it would have if it were used now', () => {
    const running = lotOf('running', { validUntil: now.add(days(15)), creditsBalance: 100 })
    const inside = { now, startsAt: now.add(days(1)) }
    expect(allocate([running, resting({ creditsBalance: 100 })], 100, inside)).toEqual([{ membershipId: 'a', credits: 100 }])
    const longer = resting({ activationDays: 20, creditsBalance: 100 })
    expect(allocate([longer, running], 100, inside)).toEqual([{ membershipId: 'running', credits: 100 }])
  })

  test('begins once: a second use leaves its end alone', () => {
    const lot = resting()
    expect(activate([lot, lotOf('other')], now)).toEqual([lot])
    expect([lot.activatedAt, lot.validUntil]).toEqual([now, now.add(days(10))])
    expect(activate([lot], now.add(days(2)))).toEqual([])
    expect(lot.validUntil).toEqual(now.add(days(10)))
  })
})
