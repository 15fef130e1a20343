// What is penalised, and when strikes block booking: at the bounds.
import { expect, test } from 'vitest'
import { defaultSettings } from '../schedule/settings.ts'
import type { PenaltyCause } from './penalties.ts'
import { blockOf, lapseOf, penaltyFor, strikesTogether, type DuePenalty, type StrikePolicy } from './strikes.rule.ts'

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

const after = (days: number, milliseconds = 0) => now.add({ hours: days * 24 }).add({ milliseconds })
const earned = (days: number, milliseconds = 0) => ({ at: after(days, milliseconds), lapsesAt: after(days + 90, milliseconds), day: days })

test.each<[string, number, [number, number?][], { counted: number[]; last: number }]>([
  ['those of the ninety days before it, not the one that lapses as it is earned', 90, [[0], [0, 1], [45]], { counted: [0, 45], last: 90 }],
  ['one that is written later than others counts with those after it, and the block is from the last on', 0, [[10], [20]], { counted: [10, 20], last: 20 }],
  ['but not with one that was earned as it lapsed', 0, [[89], [90]], { counted: [89], last: 89 }],
  ['nor do those count that lapsed as the last one was earned', 40, [[0], [90]], { counted: [90], last: 90 }],
  ['nor does one that lapsed an instant before it was', 40, [[0, -1], [90]], { counted: [90], last: 90 }],
  ['one an instant longer does', 40, [[0, 1], [90]], { counted: [0, 90], last: 90 }],
  ['alone it counts from its own instant', 7, [], { counted: [], last: 7 }],
])('with a strike count %s', (_, day, others, { counted, last }) => {
  const together = strikesTogether(earned(day), others.map(([days, ms]) => earned(days, ms)))
  expect(together.counted.map(one => one.day)).toEqual(counted)
  expect(String(together.lastAt)).toBe(String(after(last)))
})
