// Which settings are refused, at the values where a sound set becomes a contradiction.
import { expect, test } from 'vitest'
import { contradictions, timeWords, unknownValues } from './settings.rule.ts'
import { defaultSettings } from './settings.ts'

const contradicting = (change: Partial<typeof defaultSettings>) =>
  contradictions({ ...defaultSettings, ...change }).map(({ settings }) => settings)

test('the defaults contradict nothing', () => {
  expect(contradicting({})).toEqual([])
})

test('the middle share may end when the full return ends, never earlier', () => {
  expect(contradicting({ fullReturnHours: 12, halfReturnHours: 12 })).toEqual([])
  expect(contradicting({ fullReturnHours: 12, halfReturnHours: 13 })).toEqual([['halfReturnHours', 'fullReturnHours']])
  expect(contradicting({ fullReturnHours: 0, halfReturnHours: 0 })).toEqual([])
})

test('booking is open for at least a minute', () => {
  const days = { bookingOpensDays: 1, fullReturnHours: 12 }
  expect(contradicting({ ...days, bookingClosesMinutes: 1439 })).toEqual([])
  expect(contradicting({ ...days, bookingClosesMinutes: 1440 })).toEqual([['bookingClosesMinutes', 'bookingOpensDays']])
  expect(contradicting({ bookingOpensDays: 0, bookingClosesMinutes: 0 })).toEqual([['bookingClosesMinutes', 'bookingOpensDays']])
})

test('by the clock only the drop and its lead say when booking opens', () => {
  const clock = { bookingOpensMode: 'clock', bookingOpensDays: 0, bookingOpensLeadDays: 0 } as const
  expect(contradicting({ ...clock, bookingClosesMinutes: 10_079 })).toEqual([])
  expect(contradicting({ ...clock, bookingClosesMinutes: 10_080 })).toEqual([['bookingClosesMinutes', 'bookingOpensLeadDays']])
  expect(contradicting({ ...clock, fullReturnHours: 167 })).toEqual([])
  expect(contradicting({ ...clock, fullReturnHours: 168 })).toEqual([['fullReturnHours', 'bookingOpensLeadDays']])
})

test('whoever books as early as can be may cancel free for a while', () => {
  expect(contradicting({ bookingOpensDays: 1, fullReturnHours: 23 })).toEqual([])
  expect(contradicting({ bookingOpensDays: 1, fullReturnHours: 24 })).toEqual([['fullReturnHours', 'bookingOpensDays']])
})

test('the waitlist hands nothing on inside the penalty window without time to cancel free', () => {
  const named = [['waitlistCutoffMinutes', 'fullReturnHours', 'promotionFreeCancelMinutes']]
  expect(contradicting({ promotionFreeCancelMinutes: 0, waitlistCutoffMinutes: 1440 })).toEqual([])
  expect(contradicting({ promotionFreeCancelMinutes: 0, waitlistCutoffMinutes: 1439 })).toEqual(named)
  expect(contradicting({ promotionFreeCancelMinutes: 1, waitlistCutoffMinutes: 1439 })).toEqual([])
})

test('every contradiction is named at once', () => {
  expect(contradicting({ halfReturnHours: 25, bookingOpensDays: 0 })).toHaveLength(2)
})

test('a time zone is one of the IANA database, not an offset and not a guess', () => {
  const accepted = ['Europe/Madrid', 'UTC', 'America/Argentina/Buenos_Aires', 'Europe/Kyiv'].map(timeZone => unknownValues({ timeZone }))
  expect(accepted.flat()).toEqual([])
  const refused = ['Europe/Atlantis', '+02:00', '', 'Madrid'].flatMap(timeZone => unknownValues({ timeZone }))
  expect(refused.map(({ setting }) => setting)).toEqual(Array(4).fill('timeZone'))
})

test('a currency is one of ISO 4217', () => {
  expect(unknownValues({ currency: 'EUR' })).toEqual([])
  expect(unknownValues({ currency: 'EUX' })).toMatchObject([{ setting: 'currency' }])
})

test.each([
  [0, '0 min'],
  [45, '45 min'],
  [60, '1 h'],
  [90, '1 h 30 min'],
  [1440, '1 day'],
  [10_080, '7 days'],
  [0.5, '30 s'],
  [1.5, '1 min 30 s'],
])('%d minutes are said as %s', (minutes, words) => {
  expect(timeWords(minutes)).toBe(words)
})
