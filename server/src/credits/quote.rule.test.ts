// What works today, and what is missing when nothing does.
import { expect, test } from 'vitest'
import { lotOf } from '../../test/lots.ts'
import { missingMeans, quote, toWireQuote } from './quote.rule.ts'

const now = Temporal.Instant.from('2027-01-11T09:00:00Z')
const startsAt = Temporal.Instant.from('2027-01-20T18:00:00Z')
const session = { startsAt, priceCredits: 150 }
const unlimited = { planType: 'unlimited', creditsGranted: null, creditsBalance: 0 } as const
const hour = (hours: number) => startsAt.add({ hours })

test('every unlimited membership that covers the session is offered, the longest-lasting first, then credits', () => {
  const month = lotOf('month', { ...unlimited, validUntil: hour(1) })
  const year = lotOf('year', { ...unlimited, validUntil: hour(1000) })
  const pack = lotOf('pack', { validUntil: hour(2) })
  expect(quote(session, [month, pack, year], now)).toEqual([
    { method: 'membership', membershipId: 'year' },
    { method: 'membership', membershipId: 'month' },
    { method: 'credits', credits: 150, lots: [{ membershipId: 'pack', credits: 150, validUntil: '2027-01-20T20:00:00Z' }] },
  ])
})

test('memberships that end together are offered in one order, whatever the order they are read in', () => {
  const twins = [lotOf('b', unlimited), lotOf('a', unlimited)]
  const ids = (lots: typeof twins) => quote(session, lots, now).map(option => option.method === 'membership' && option.membershipId)
  expect(ids(twins)).toEqual(['a', 'b'])
  expect(ids(twins.toReversed())).toEqual(['a', 'b'])
})

test('a membership that ends as the session starts is not offered', () => {
  expect(quote(session, [lotOf('month', { ...unlimited, validUntil: startsAt })], now)).toEqual([])
  expect(quote(session, [lotOf('month', { ...unlimited, validUntil: startsAt.add({ nanoseconds: 1 }) })], now)).toHaveLength(1)
})

test('the lots are named in the order they would be spent', () => {
  const later = lotOf('later', { validUntil: hour(5), creditsBalance: 100 })
  const sooner = lotOf('sooner', { validUntil: hour(2), creditsBalance: 100 })
  const [option] = quote(session, [later, sooner], now)
  expect(option).toMatchObject({ lots: [{ membershipId: 'sooner', credits: 100 }, { membershipId: 'later', credits: 50 }] })
})

test('credits that do not suffice are no way to pay', () => {
  expect(quote(session, [lotOf('pack', { creditsBalance: 149 })], now)).toEqual([])
  expect(quote(session, [lotOf('pack', { creditsBalance: 150 })], now)).toHaveLength(1)
})

test('a free class is paid by anybody with no credits', () => {
  expect(quote({ startsAt, priceCredits: 0 }, [], now)).toEqual([{ method: 'credits', credits: 0, lots: [] }])
})

test('what is missing counts only lots that pay for this session', () => {
  const ended = lotOf('ended', { validUntil: startsAt, creditsBalance: 500 })
  const pack = lotOf('pack', { creditsBalance: 120 })
  expect(missingMeans(session, [ended, pack], now)).toEqual({ creditsNeeded: 150, creditsAvailable: 120 })
})

test('a quote survives being kept as JSON, and crosses the wire in decimals', () => {
  const options = quote(session, [lotOf('pack', { validUntil: hour(2) }), lotOf('year', unlimited)], now)
  const kept = JSON.parse(JSON.stringify(options)) as typeof options
  expect(kept).toEqual(options)
  expect(toWireQuote(kept)).toEqual([
    { method: 'membership', membershipId: 'year' },
    { method: 'credits', credits: 1.5, lots: [{ membershipId: 'pack', credits: 1.5, validUntil: '2027-01-20T20:00:00Z' }] },
  ])
})
