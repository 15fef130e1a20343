// Which settings are traps, at the values where a sound set becomes one.
import { expect, test } from 'vitest'
import { templateTraps, traps, trapsOfChange } from './settings-lint.rule.ts'
import { contradictions } from './settings.rule.ts'
import { defaultSettings } from './settings.ts'

const trapped = (change: Partial<typeof defaultSettings>) => traps({ ...defaultSettings, ...change }).map(({ settings }) => settings)

test('the defaults set no trap', () => {
  expect(trapped({})).toEqual([])
})

test('by the clock every class is open for a while before booking closes', () => {
  const clock = { bookingOpensMode: 'clock', bookingOpensLeadDays: 1, waitlistCutoffMinutes: 10_080 } as const
  expect(trapped({ ...clock, bookingClosesMinutes: 1439 })).toEqual([])
  expect(trapped({ ...clock, bookingClosesMinutes: 1440 })).toEqual([['bookingClosesMinutes', 'bookingOpensLeadDays']])
  expect(trapped({ ...clock, bookingOpensLeadDays: 0, bookingClosesMinutes: 0, waitlistCutoffMinutes: 10_079 })).toEqual([['bookingClosesMinutes', 'bookingOpensLeadDays']])
  expect(trapped({ ...clock, bookingOpensMode: 'rolling', bookingOpensLeadDays: 0 })).toEqual([])
})

test('the cap of a day may be that of a week, not more, unless a week has none', () => {
  expect(trapped({ bookingsPerDayMax: 2, bookingsPerWeekMax: 2 })).toEqual([])
  expect(trapped({ bookingsPerDayMax: 2, bookingsPerWeekMax: 1 })).toEqual([['bookingsPerDayMax', 'bookingsPerWeekMax']])
  expect(trapped({ bookingsPerDayMax: 2, bookingsPerWeekMax: 0 })).toEqual([])
})

test('what is freed after the cutoff can be booked by somebody', () => {
  expect(trapped({ waitlistCutoffMinutes: 30, bookingClosesMinutes: 29 })).toEqual([])
  expect(trapped({ waitlistCutoffMinutes: 30, bookingClosesMinutes: 30 })).toEqual([['waitlistCutoffMinutes', 'bookingClosesMinutes']])
  expect(trapped({ waitlistCutoffMinutes: 5, bookingClosesMinutes: 1 })).toEqual([])
  expect(trapped({ waitlistCutoffMinutes: 1, bookingClosesMinutes: 1, offerSeconds: 60 })).toHaveLength(1)
  expect(trapped({ waitlistCutoffMinutes: 0, bookingClosesMinutes: 0 })).toEqual([['offerSeconds', 'waitlistCutoffMinutes']])
})

test('the last offer before the cutoff runs its full time', () => {
  expect(trapped({ waitlistCutoffMinutes: 5, offerSeconds: 300 })).toEqual([])
  expect(trapped({ waitlistCutoffMinutes: 5, offerSeconds: 301 })).toEqual([['offerSeconds', 'waitlistCutoffMinutes']])
})

test('late joining lasts longer than the grace, or is off', () => {
  expect(trapped({ graceMinutes: 10, lateJoinMinutes: 11 })).toEqual([])
  expect(trapped({ graceMinutes: 10, lateJoinMinutes: 10 })).toEqual([['lateJoinMinutes', 'graceMinutes']])
  expect(trapped({ graceMinutes: 10, lateJoinMinutes: 1 })).toEqual([['lateJoinMinutes', 'graceMinutes']])
  expect(trapped({ graceMinutes: 10, lateJoinMinutes: 0 })).toEqual([])
})

test('the last warning of credits that expire comes after the first', () => {
  expect(trapped({ firstExpiryWarningDays: 4, lastExpiryWarningDays: 3 })).toEqual([])
  expect(trapped({ firstExpiryWarningDays: 3, lastExpiryWarningDays: 3 })).toEqual([['firstExpiryWarningDays', 'lastExpiryWarningDays']])
})

test('classes are made as far ahead as they can be booked', () => {
  const far = { seriesHorizonWeeks: 4, waitlistCutoffMinutes: 60 }
  expect(trapped({ ...far, bookingOpensDays: 28 })).toEqual([])
  expect(trapped({ ...far, bookingOpensDays: 29 })).toEqual([['bookingOpensDays', 'seriesHorizonWeeks']])
  expect(trapped({ ...far, bookingOpensMode: 'clock', bookingOpensLeadDays: 21 })).toEqual([])
  expect(trapped({ ...far, bookingOpensMode: 'clock', bookingOpensLeadDays: 22 })).toEqual([['bookingOpensLeadDays', 'seriesHorizonWeeks']])
})

test('the middle share is a part, or there is no middle', () => {
  const named = [['halfReturnPercent', 'fullReturnHours', 'halfReturnHours']]
  expect([1, 99].flatMap(halfReturnPercent => trapped({ halfReturnPercent }))).toEqual([])
  expect(trapped({ halfReturnPercent: 0 })).toEqual(named)
  expect(trapped({ halfReturnPercent: 100 })).toEqual(named)
  expect(trapped({ halfReturnPercent: 0, halfReturnHours: 24 })).toEqual([])
})

test('a share of nothing and a share of everything are each said as what they are', () => {
  const said = (halfReturnPercent: number) => traps({ ...defaultSettings, halfReturnPercent })[0]?.sentence
  expect(said(0)).toContain('Nothing comes back from 24 h before the start on')
  expect(said(100)).toContain('Everything comes back until 12 h before the start, not until 24 h')
})

test('some spot that comes free is offered', () => {
  expect(trapped({ bookingOpensDays: 7, waitlistCutoffMinutes: 10_079 })).toEqual([])
  expect(trapped({ bookingOpensDays: 7, waitlistCutoffMinutes: 10_080 })).toEqual([['waitlistCutoffMinutes', 'bookingOpensDays']])
})

test('quiet hours are for the night: twelve hours at most, over midnight or not', () => {
  const named = [['quietHoursStart', 'quietHoursEnd']]
  expect(trapped({ quietHoursStart: '20:00', quietHoursEnd: '08:00' })).toEqual([])
  expect(trapped({ quietHoursStart: '20:00', quietHoursEnd: '08:01' })).toEqual(named)
  expect(trapped({ quietHoursStart: '00:00', quietHoursEnd: '12:01' })).toEqual(named)
  expect(trapped({ quietHoursStart: '07:00', quietHoursEnd: '07:00' })).toEqual([])
})

test('a change of the currency converts nothing, and one of the zone moves nothing', () => {
  const changed = (change: Partial<typeof defaultSettings>) => trapsOfChange(defaultSettings, { ...defaultSettings, ...change })
  expect(changed({ currency: 'EUR', timeZone: 'UTC', noShowFee: 500 })).toEqual([])
  expect(changed({ currency: 'JPY' })).toEqual([
    { settings: ['currency'], sentence: 'Amounts are not converted: a price of 18.00 EUR becomes 1800 JPY. What is owed already stays owed in EUR. Set prices and fees anew.' },
  ])
  expect(changed({ timeZone: 'Asia/Tokyo' })).toMatchObject([{ settings: ['timeZone'], sentence: expect.stringContaining('by the clock of UTC') }])
})

test('one day is a day, of opening and of what is closed', () => {
  const said = (change: Partial<typeof defaultSettings>) => traps({ ...defaultSettings, ...change }).map(({ sentence }) => sentence)
  expect(said({ bookingOpensDays: 1, waitlistCutoffMinutes: 1440 })).toEqual([
    'No spot that comes free is ever offered: the waitlist\'s cutoff is 1 day before the start, and booking opens 1 day before it.',
  ])
  expect(said({ bookingOpensDays: 2, waitlistCutoffMinutes: 2880 })).toEqual([expect.stringContaining('2 days before the start, and booking opens 2 days before it')])
  const [clash] = contradictions({ ...defaultSettings, bookingOpensDays: 1, bookingClosesMinutes: 1440, waitlistCutoffMinutes: 60 })
  expect(clash?.sentence).toBe('Booking cannot close 1 day before the start when it opens 1 day before it. Let it close later or open earlier.')
})

const kept = { kind: 'class', waitlistMode: 'offer', durationMinutes: 60 } as const
const trapsOf = (template: Partial<Parameters<typeof templateTraps>[0]>, change: Partial<typeof defaultSettings> = {}) =>
  templateTraps({ ...kept, ...template }, { ...defaultSettings, ...change }).map(({ settings }) => settings)

test('a template that books at once does so for a while, and lets people go free', () => {
  const auto = { waitlistMode: 'auto' } as const
  expect(trapsOf(auto)).toEqual([])
  expect(trapsOf(auto, { bookingOpensDays: 2, autoPromotionHours: 47 })).toEqual([])
  expect(trapsOf(auto, { bookingOpensDays: 2, autoPromotionHours: 48 })).toEqual([['autoPromotionHours', 'bookingOpensDays']])
  const charged = [['autoPromotionHours', 'fullReturnHours', 'promotionFreeCancelMinutes']]
  expect(trapsOf(auto, { promotionFreeCancelMinutes: 0, autoPromotionHours: 23 })).toEqual(charged)
  expect(trapsOf(auto, { promotionFreeCancelMinutes: 0, autoPromotionHours: 24 })).toEqual([])
  expect(trapsOf(auto, { promotionFreeCancelMinutes: 1, autoPromotionHours: 23 })).toEqual([])
  expect(trapsOf({}, { promotionFreeCancelMinutes: 0 })).toEqual([])
  expect(trapsOf({ ...auto, kind: 'one_to_one' }, { promotionFreeCancelMinutes: 0 })).toEqual([])
})

test('a class lasts longer than late joining and the grace', () => {
  expect(trapsOf({ durationMinutes: 21 })).toEqual([])
  expect(trapsOf({ durationMinutes: 20 })).toEqual([['lateJoinMinutes']])
  expect(trapsOf({ durationMinutes: 20, kind: 'one_to_one' })).toEqual([])
  expect(trapsOf({ durationMinutes: 11 }, { lateJoinMinutes: 0 })).toEqual([])
  expect(trapsOf({ durationMinutes: 10 }, { lateJoinMinutes: 0 })).toEqual([['graceMinutes']])
})
