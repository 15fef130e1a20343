// Credits neither appear nor vanish: whatever the lots, a debit takes the price, and a return and what is kept are the debit.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lotOf } from '../../test/lots.ts'
import { allocate, soonestFirst } from './allocation.rule.ts'
import { halfOf, planReturn } from './returns.rule.ts'

const now = Temporal.Instant.from('2027-01-10T10:00:00Z')
const at = { startsAt: now.add({ hours: 24 }), now }

const lots = fc
  .array(fc.record({ creditsBalance: fc.integer({ min: 0, max: 2000 }), hours: fc.integer({ min: -100, max: 2000 }) }), { maxLength: 8 })
  .map(wishes => wishes.map(({ creditsBalance, hours }, n) => lotOf(`lot-${n}`, { creditsBalance, validUntil: now.add({ hours }) })))
const price = fc.integer({ min: 0, max: 3000 })
const sum = (shares: readonly { credits: number }[]) => shares.reduce((total, share) => total + share.credits, 0)

test('an allocation is the price to the hundredth, never more than a lot has, the soonest-expiring lots emptied first', () => {
  fc.assert(
    fc.property(lots, price, (all, priceCredits) => {
      const shares = allocate(all, priceCredits, at)
      const valid = all.filter(lot => Temporal.Instant.compare(at.startsAt, lot.validUntil) < 0)
      const means = valid.reduce((total, lot) => total + lot.creditsBalance, 0)
      expect(shares === null).toBe(means < priceCredits)
      if (shares === null) return
      expect(sum(shares)).toBe(priceCredits)
      const taken = new Map(shares.map(share => [share.membershipId, share.credits]))
      const order = valid.filter(lot => lot.creditsBalance > 0).sort(soonestFirst)
      const used = order.map(lot => taken.get(lot.id) ?? 0)
      const lastUsed = used.findLastIndex(credits => credits > 0)
      order.slice(0, Math.max(0, lastUsed)).forEach((lot, n) => expect(used[n]).toBe(lot.creditsBalance))
    }),
  )
})

test('what is returned and what is kept are what was debited, and half is never less than half', () => {
  fc.assert(
    fc.property(lots, fc.integer({ min: 0, max: 100 }), fc.constantFrom('member', 'studio'), (all, percent, cause) => {
      const debits = all.filter(lot => lot.creditsBalance > 0).map(lot => ({ lot, credits: lot.creditsBalance }))
      const back = halfOf(sum(debits), percent)
      expect(back * 100).toBeGreaterThanOrEqual(sum(debits) * percent)
      const plan = planReturn(debits, back, now, cause)
      expect(sum(plan.returns)).toBe(back)
      expect(sum(plan.returns) + sum(plan.kept)).toBe(sum(debits))
    }),
  )
})
