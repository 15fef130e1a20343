// When a lot is over, and when a warning of it is due, at the instants where the answer turns.
import { describe, expect, test } from 'vitest'
import { lotOf } from '../../test/lots.ts'
import { isOver, warningDue } from './expiry.rule.ts'
import type { Lot } from './lots.ts'

const now = Temporal.Instant.from('2027-01-11T09:00:00Z')
const ns = { nanoseconds: 1 }
const days = { firstExpiryWarningDays: 14, lastExpiryWarningDays: 3 }
const inDays = (count: number) => now.add({ hours: count * 24 })

test('a lot is over at the very instant it no longer pays, once', () => {
  const end = { validUntil: now, expiredAt: null }
  expect(isOver({ ...end, validUntil: now.add(ns) }, now)).toBe(false)
  expect(isOver(end, now)).toBe(true)
  expect(isOver({ ...end, expiredAt: now }, now)).toBe(false)
})

describe('a warning', () => {
  const due = (differs: Partial<Lot>, warned: number[] = []) => warningDue(lotOf('a', differs), now, days, warned)

  test('is due 14 days before the end, and not a moment earlier', () => {
    expect(due({ validUntil: inDays(14).add(ns) })).toBeNull()
    expect(due({ validUntil: inDays(14) })).toBe(14)
  })

  test('is due again 3 days before', () => {
    expect(due({ validUntil: inDays(3).add(ns) }, [14])).toBeNull()
    expect(due({ validUntil: inDays(3) }, [14])).toBe(3)
    expect(due({ validUntil: inDays(3) }, [14, 3])).toBeNull()
  })

  test('is said once, the closer one, where both are due', () => {
    expect(due({ validUntil: inDays(2) })).toBe(3)
    expect(due({ validUntil: inDays(2) }, [3])).toBeNull()
  })

  test('is of no use once the lot has ended', () => {
    expect(due({ validUntil: now })).toBeNull()
    expect(due({ validUntil: now.add(ns) })).toBe(3)
  })

  test('is said only if something is left: credits, or access', () => {
    expect(due({ validUntil: inDays(3), creditsBalance: 0 })).toBeNull()
    expect(due({ validUntil: inDays(3), creditsBalance: 1 })).toBe(3)
    expect(due({ validUntil: inDays(3), planType: 'unlimited', creditsGranted: null, creditsBalance: 0 })).toBe(3)
  })

  test('is not said of a lot that never had more time: a week’s return is warned of 3 days before only', () => {
    const week = { planType: 'returned' as const, validFrom: now, validUntil: inDays(7) }
    expect(due(week)).toBeNull()
    expect(due({ ...week, validFrom: inDays(-4), validUntil: inDays(3) })).toBe(3)
    expect(due({ validFrom: now, validUntil: inDays(3) })).toBeNull()
    expect(due({ validFrom: now.subtract(ns), validUntil: inDays(3) })).toBe(3)
  })

  test('keeps its order whichever setting is the longer', () => {
    const swapped = { firstExpiryWarningDays: 3, lastExpiryWarningDays: 14 }
    expect(warningDue(lotOf('a', { validUntil: inDays(3) }), now, swapped, [14])).toBe(3)
  })
})
