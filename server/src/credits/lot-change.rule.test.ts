// What staff may take out of a lot and put into it, to the hundredth and the instant.
import { describe, expect, test } from 'vitest'
import { lotOf } from '../../test/lots.ts'
import { decideAdjustment, decideExtension, decideTransfer } from './lot-change.rule.ts'
import type { Lot } from './lots.ts'

const now = Temporal.Instant.from('2027-01-11T09:00:00Z')
const ns = { nanoseconds: 1 }
const no = (code: string) => expect.objectContaining({ code })
const unlimited: Partial<Lot> = { planType: 'unlimited', creditsGranted: null, creditsBalance: 0 }

describe('an adjustment', () => {
  const adjust = (credits: number, differs: Partial<Lot> = {}) => () => decideAdjustment(lotOf('a', { creditsBalance: 300, ...differs }), credits, now)

  test('takes out to the last hundredth, and not one more', () => {
    expect(adjust(-300)).not.toThrow()
    expect(adjust(-301)).toThrow(no('balance-too-low'))
    expect(adjust(-301)).toThrow(expect.objectContaining({ facts: { creditsAvailable: 3 } }))
  })

  test.each([
    [0, 'There are no credits in it.'],
    [50, 'There are only 0.5 credits in it.'],
    [100, 'There is only 1 credit in it.'],
    [200, 'There are only 2 credits in it.'],
  ])('beyond %s hundredths is refused with: %s', (creditsBalance, detail) => {
    expect(adjust(-creditsBalance - 1, { creditsBalance })).toThrow(expect.objectContaining({ detail }))
  })

  test('puts in as much as is wanted, and is not nothing', () => {
    expect(adjust(1)).not.toThrow()
    expect(adjust(0)).toThrow(no('invalid-request'))
  })

  test('is for credits in a lot that has not ended', () => {
    expect(adjust(100, { validUntil: now })).toThrow(no('membership-ended'))
    expect(adjust(100, { validUntil: now.add(ns) })).not.toThrow()
    expect(adjust(100, unlimited)).toThrow(no('membership-unlimited'))
  })
})

test('an extension is later than the end it moves, and for a lot that has one to come', () => {
  const end = now.add({ hours: 24 })
  const extend = (to: Temporal.Instant, validUntil = end) => () => decideExtension(lotOf('a', { validUntil }), to, now)
  expect(extend(end)).toThrow(no('invalid-request'))
  expect(extend(end.add(ns))).not.toThrow()
  expect(extend(end.add(ns), now)).toThrow(no('membership-ended'))
})

describe('a transfer', () => {
  const move = (credits: number, differs: Partial<Lot> = {}) => () => decideTransfer(lotOf('a', { creditsBalance: 300, ...differs }), credits, now)

  test('moves to the last hundredth, and never more than the balance', () => {
    expect(move(300)).not.toThrow()
    expect(move(301)).toThrow(no('balance-too-low'))
  })

  test('is for credits in a lot that has not ended and has no freeze ahead', () => {
    expect(move(100, unlimited)).toThrow(no('membership-unlimited'))
    expect(move(100, { validUntil: now })).toThrow(no('membership-ended'))
    expect(move(100, { frozenFrom: now, frozenUntil: now.add(ns) })).toThrow(no('membership-frozen'))
    expect(move(100, { frozenFrom: now.subtract(ns), frozenUntil: now })).not.toThrow()
  })
})
