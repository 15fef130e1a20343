// What a class costs on the wire: in credits always, in money only where it is sold singly.
import { expect, test } from 'vitest'
import { wirePrice } from './price.rule.ts'

test('a class that is sold singly has a price in money, also when that is nothing', () => {
  expect(wirePrice({ priceCredits: 150, dropInCents: 1800 }, 'EUR')).toEqual({ credits: 1.5, money: { amount: 1800, currency: 'EUR' } })
  expect(wirePrice({ priceCredits: 100, dropInCents: 0 }, 'EUR')).toEqual({ credits: 1, money: { amount: 0, currency: 'EUR' } })
})

test('a class that is not sold singly has none', () => {
  expect(wirePrice({ priceCredits: 100, dropInCents: null }, 'EUR')).toEqual({ credits: 1, money: null })
})
