// The sentences people read on their receipts.
import { describe, expect, test } from 'vitest'
import { lotOf } from '../../test/lots.ts'
import { planReturn } from './returns.rule.ts'
import { bookedSentence, cancelledSentence, grantedSentence, previewSentence } from './sentences.ts'
import { dayWords, elapsedWords } from './words.ts'

const now = Temporal.Instant.from('2027-01-11T09:00:00Z')
const timeZone = 'Europe/Madrid'
const march = Temporal.Instant.from('2027-03-03T11:00:00Z')
const april = Temporal.Instant.from('2027-04-01T08:00:00Z')
const className = 'Morning Strength'

describe('elapsed time in words', () => {
  const cases: [Temporal.DurationLike, string][] = [
    [{ hours: 11, minutes: 58 }, '11 h 58 m'],
    [{ hours: 11, minutes: 59, seconds: 59, milliseconds: 999 }, '11 h 59 m'],
    [{ hours: 12 }, '12 h'],
    [{ hours: 24, seconds: 1 }, 'just over 24 h'],
    [{ hours: 24, minutes: 1, seconds: 1 }, '24 h 1 m'],
    [{ hours: 71, minutes: 59 }, '71 h 59 m'],
    [{ hours: 72 }, '3 d'],
    [{ hours: 100, minutes: 30 }, '4 d 4 h'],
    [{ minutes: 5, seconds: 30 }, '5 m'],
    [{ seconds: 60 }, '1 m'],
    [{ seconds: 59, milliseconds: 900 }, '59 s'],
    [{ seconds: 0 }, '0 s'],
  ]
  test.each(cases)('%o is %s', (elapsed, words) => {
    expect(elapsedWords(Temporal.Duration.from(elapsed))).toBe(words)
  })
})

test('a day is the studio’s, and an end at midnight belongs to the day before', () => {
  expect(dayWords(Temporal.Instant.from('2027-03-02T23:00:00Z'), timeZone)).toBe('2 March 2027')
  expect(dayWords(Temporal.Instant.from('2027-03-02T23:00:01Z'), timeZone)).toBe('3 March 2027')
  expect(dayWords(Temporal.Instant.from('2027-03-02T23:00:01Z'), 'UTC')).toBe('2 March 2027')
})

test('a booking says which lots paid', () => {
  const one = { credits: 100, validUntil: march }
  expect(bookedSentence({ className, spent: [one], timeZone })).toBe(
    'Booked Morning Strength with 1 credit from the lot that expires on 3 March 2027.',
  )
  expect(bookedSentence({ className, spent: [one, { credits: 50, validUntil: april }], timeZone })).toBe(
    'Booked Morning Strength with 1.5 credits: 1 from the lot that expires on 3 March 2027 and 0.5 from the lot that expires on 1 April 2027.',
  )
})

test('a booking without credits says what covers it', () => {
  const unlimited = { name: 'Unlimited monthly', validUntil: march }
  expect(bookedSentence({ className, spent: [], unlimited, timeZone })).toBe(
    'Booked Morning Strength with Unlimited monthly, which runs until 3 March 2027.',
  )
  expect(bookedSentence({ className, spent: [], timeZone })).toBe('Booked Morning Strength: no credits were taken.')
})

test('a grant says how much, until when and why', () => {
  const grant = { validUntil: march, reason: 'the showers were cold.', timeZone }
  expect(grantedSentence({ ...grant, credits: 500 })).toBe('Granted 5 credits that expire on 3 March 2027: the showers were cold.')
  expect(grantedSentence({ ...grant, credits: 100 })).toBe('Granted 1 credit that expires on 3 March 2027: the showers were cold.')
  expect(grantedSentence({ ...grant, credits: null })).toBe('Granted unlimited access until 3 March 2027: the showers were cold.')
})

describe('a cancellation says', () => {
  const policy = { fullReturnHours: 24, halfReturnHours: 12 }
  const pack = lotOf('pack', { validUntil: march })
  const old = lotOf('old', { validUntil: now.add({ hours: 24 }) })
  const facts = (left: Temporal.DurationLike, rule: 'full' | 'half' | 'none') => ({
    ...{ left: Temporal.Duration.from(left), rule, freeUntil: null, policy, now, timeZone },
  })
  const plan = (back: number, credits = 100, lot = pack) => planReturn([{ lot, credits }], back, now, 'member')

  test('that all was kept, and why', () => {
    expect(cancelledSentence({ ...facts({ hours: 11, minutes: 58 }, 'none'), plan: plan(0) })).toBe(
      'Cancelled 11 h 58 m before the start: under 12 h, so the whole credit was kept.',
    )
    expect(cancelledSentence({ ...facts({ hours: 2 }, 'none'), plan: plan(0, 150) })).toBe(
      'Cancelled 2 h before the start: under 12 h, so all 1.5 credits were kept.',
    )
  })

  test('what share came back to which lot', () => {
    expect(cancelledSentence({ ...facts({ hours: 18 }, 'half'), plan: plan(50) })).toBe(
      'Cancelled 18 h before the start: between 24 h and 12 h, so 0.5 of 1 credit was returned to the lot that expires on 3 March 2027, and 0.5 was kept.',
    )
  })

  test('that all came back', () => {
    expect(cancelledSentence({ ...facts({ hours: 24, seconds: 1 }, 'full'), plan: plan(100) })).toBe(
      'Cancelled just over 24 h before the start: more than 24 h, so the whole credit was returned to the lot that expires on 3 March 2027.',
    )
  })

  test('why credits got a lot of their own', () => {
    expect(cancelledSentence({ ...facts({ hours: 30 }, 'full'), plan: plan(100, 100, old) })).toBe(
      'Cancelled 30 h before the start: more than 24 h, so the whole credit was returned to a new lot that expires on 18 January 2027, because the one it came from has under 7 days left.',
    )
    const expired = lotOf('expired', { validUntil: now })
    expect(cancelledSentence({ ...facts({ hours: 30 }, 'full'), plan: plan(100, 100, expired) })).toContain('has expired.')
  })

  test('where each part went when there were several lots', () => {
    const both = planReturn([{ lot: pack, credits: 100 }, { lot: lotOf('april', { validUntil: april }), credits: 50 }], 150, now, 'member')
    expect(cancelledSentence({ ...facts({ hours: 30 }, 'full'), plan: both })).toBe(
      'Cancelled 30 h before the start: more than 24 h, so all 1.5 credits were returned: 0.5 to the lot that expires on 1 April 2027 and 1 to the lot that expires on 3 March 2027.',
    )
  })

  test('that it was free, and until when, whatever the window', () => {
    const free = { ...facts({ hours: 2 }, 'full'), freeUntil: Temporal.Instant.from('2027-01-11T09:30:00Z') }
    expect(cancelledSentence({ ...free, plan: plan(100) })).toBe(
      'Cancelled 2 h before the start: free to cancel until 10:30 on 11 January 2027, so the whole credit was returned to the lot that expires on 3 March 2027.',
    )
  })

  test('that nothing was taken', () => {
    const nothing = planReturn([], 0, now, 'member')
    expect(cancelledSentence({ ...facts({ hours: 2 }, 'none'), plan: nothing })).toBe(
      'Cancelled 2 h before the start: no credits had been taken.',
    )
  })

  test('the same beforehand, as what would be', () => {
    expect(previewSentence({ ...facts({ hours: 11, minutes: 58 }, 'none'), plan: plan(0) })).toBe(
      'Cancelling now is 11 h 58 m before the start: under 12 h, so the whole credit would be kept.',
    )
    expect(previewSentence({ ...facts({ hours: 18 }, 'half'), plan: plan(50) })).toContain('0.5 of 1 credit would be returned')
  })
})
