// What is penalised, and when strikes block booking: at the bounds.
import { expect, test } from 'vitest'
import { defaultSettings } from '../schedule/settings.ts'
import type { PenaltyCause } from './penalties.ts'
import { blockOf, lapseOf, penaltyFor, type DuePenalty, type StrikePolicy } from './strikes.rule.ts'

const now = Temporal.Instant.from('2027-01-11T09:00:00Z')

test.each<[string, [PenaltyCause, string, Partial<StrikePolicy>], DuePenalty]>([
  ['a no-show with unlimited access is a strike', ['no-show', 'membership', {}], { strike: true, feeCents: 0 }],
  ['so is a late cancellation', ['late-cancel', 'membership', {}], { strike: true, feeCents: 0 }],
  ['whoever paid with credits has forfeited them', ['no-show', 'credits', { noShowFee: 500 }], { strike: false, feeCents: 0 }],
  ['a gift costs nothing', ['no-show', 'complimentary', { noShowFee: 500 }], { strike: false, feeCents: 0 }],
  ['a fee stands beside the strike', ['no-show', 'membership', { noShowFee: 500, lateCancelFee: 300 }], { strike: true, feeCents: 500 }],
  ['or instead of it', ['late-cancel', 'membership', { noShowFee: 500, lateCancelFee: 300, strikesOn: false }], { strike: false, feeCents: 300 }],
  ['a studio without either penalises nobody', ['no-show', 'membership', { strikesOn: false }], { strike: false, feeCents: 0 }],
])('%s', (_, [cause, method, says], due) => {
  expect(penaltyFor(cause, method, { ...defaultSettings, ...says })).toEqual(due)
})

test.each([
  [0, 3, null],
  [1, 3, null],
  [2, 3, '2027-01-25T09:00:00Z'],
  [5, 3, '2027-01-25T09:00:00Z'],
  [0, 1, '2027-01-25T09:00:00Z'],
])('with %d strikes before it, of %d that are allowed, the next one blocks until %s', (counting, strikesMax, until) => {
  const end = blockOf(counting, now, { strikesMax, blockDays: 14 })
  expect(end && String(end)).toBe(until)
})

test('a strike counts for ninety days of elapsed time', () => {
  expect(String(lapseOf(now, { strikeWindowDays: 90 }))).toBe('2027-04-11T09:00:00Z')
})
