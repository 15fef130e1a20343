// A lot in words, at the instants where what is said of it turns.
import type { Membership } from '@fitflow/contract/credits.ts'
import { expect, test } from 'vitest'
import { isFrozen, lotShelf, lotWords, type LotState } from './lot-words.ts'

const at = Date.parse('2027-01-11T09:00:00Z')
const iso = (hours: number): string => new Date(at + hours * 3_600_000).toISOString()
const says = {
  first: (instant: string) => instant.slice(5, 10),
  end: (instant: string) => instant.slice(5, 10),
  daysUntil: (instant: string) => Math.floor((Date.parse(instant) - at) / 86_400_000),
}

const lot = (differs: Partial<Membership> = {}): Membership => ({
  id: 'lot',
  planType: 'pack',
  name: '10-class pack',
  creditsGranted: 10,
  creditsBalance: 4,
  validFrom: iso(-24),
  validUntil: iso(24 * 60),
  originId: null,
  createdAt: iso(-24),
  freeze: null,
  activation: null,
  expiredAt: null,
  warnedDays: null,
  changes: [],
  ...differs,
})
const words = (differs: Partial<Membership>) => lotWords(lot(differs), at, says)

test.each<[string, Partial<Membership>, LotState, boolean]>([
  ['with credits in it', {}, 'live', true],
  ['of unlimited access', { creditsGranted: null, creditsBalance: null }, 'live', true],
  ['that ends now', { validUntil: iso(0) }, 'ended', false],
  ['that begins now', { validFrom: iso(0) }, 'live', true],
  ['that begins in an hour', { validFrom: iso(1) }, 'early', false],
  ['with nothing left', { creditsBalance: 0 }, 'used-up', false],
  ['whose freeze begins now', { freeze: { from: iso(0), until: iso(1) } }, 'resting', true],
  ['whose freeze is to come', { freeze: { from: iso(1), until: iso(2) } }, 'live', true],
  ['whose freeze ends now', { freeze: { from: iso(-1), until: iso(0) } }, 'live', true],
  ['that waits for its first booking', { activation: { days: 30, activatedAt: null } }, 'unused', true],
  ['that its first booking has begun', { activation: { days: 30, activatedAt: iso(-1) } }, 'live', true],
])('a lot %s', (_, differs, state, pays) => {
  expect(words(differs)).toMatchObject({ state, pays })
})

test('the end is a date, and a number of days once it is near', () => {
  expect(words({ validUntil: iso(24 * 15) })).toMatchObject({ ends: 'Until 01-26', soon: false })
  expect(words({ validUntil: iso(24 * 14) })).toMatchObject({ ends: 'Ends in 14 days, on 01-25', soon: true })
  expect(words({ validUntil: iso(24) })).toMatchObject({ ends: 'Ends in 1 day, on 01-12', soon: true })
  expect(words({ validUntil: iso(3) })).toMatchObject({ ends: 'Ends today, 01-11', soon: true })
  expect(words({ validUntil: iso(-48) })).toMatchObject({ ends: 'Ended 01-09', soon: false })
  expect(words({ creditsBalance: 0, validUntil: iso(24) }).soon).toBe(false)
})

test('a freeze is said with its days while it is under way or to come, and no longer', () => {
  const said = (from: number, until: number) => words({ freeze: { from: iso(from), until: iso(until) } }).notes.join(' ')
  expect(said(-24, 48)).toContain('Frozen until 01-13. It pays for no class in that time')
  expect(said(24, 48)).toContain('Frozen from 01-12 until 01-13.')
  expect(said(-48, 0)).not.toContain('Frozen')
  expect(isFrozen(lot({ freeze: { from: iso(-48), until: iso(0) } }), at)).toBe(false)
})

test('a lot that waits for its first booking says how long it lasts then', () => {
  expect(words({ activation: { days: 30, activatedAt: null } })).toMatchObject({
    ends: 'At the latest until 03-12',
    notes: ['Its 30 days begin with the first booking it pays.'],
  })
})

test('where credits came from, and what became of them, is said', () => {
  expect(words({ planType: 'returned' }).notes).toContainEqual(expect.stringContaining('came back from a booking'))
  expect(words({ planType: 'transferred' }).notes).toContain('Moved here from another member.')
  expect(words({ validUntil: iso(-1), expiredAt: iso(-1) }).notes).toEqual(['What was left in it was taken out then.'])
  expect(words({ creditsBalance: 0 }).notes).toEqual([])
})

test('lots stand in the order they are spent: unlimited access first, the longest-lasting of it leading, then credits', () => {
  const [frozen, soon, late] = [lot({ id: 'frozen', freeze: { from: iso(-1), until: iso(9) } }), lot({ id: 'soon' }), lot({ id: 'late' })]
  const access = (id: string) => lot({ id, creditsGranted: null, creditsBalance: null })
  const shelf = (...items: Membership[]) => lotShelf({ creditsBalance: 0, unlimited: false, items, ended: [] }, at)
  const firstOf = (...items: Membership[]) => shelf(...items).first
  expect(shelf(soon, access('month'), late, access('year')).open.map((one) => one.id)).toEqual(['year', 'month', 'soon', 'late'])
  expect(firstOf(frozen, soon, late)).toBe('soon')
  expect(firstOf(soon, access('month'), access('year'))).toBe('year')
  expect(firstOf(frozen)).toBeUndefined()
})

test('what is used up or has ended stands apart from what can pay', () => {
  const has = { creditsBalance: 4, unlimited: false, items: [lot({ id: 'open' }), lot({ id: 'empty', creditsBalance: 0 })], ended: [lot({ id: 'past', validUntil: iso(-1) })] }
  const { open, over } = lotShelf(has, at)
  expect([open.map((one) => one.id), over.map((one) => one.id)]).toEqual([['open'], ['empty', 'past']])
})
