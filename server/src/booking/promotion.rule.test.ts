// Who gets a freed spot and how: as an offer or at once, for how long, told when, and until when a class hands any on.
import { describe, expect, test } from 'vitest'
import { classOf } from '../../test/classes.ts'
import { lotOf } from '../../test/lots.ts'
import type { HoldId, SessionId } from '../platform/ids.ts'
import { defaultSettings } from '../schedule/settings.ts'
import type { Commitment } from './admission.rule.ts'
import { decidePromotion, freeCancelUntil, handsOn, type Occasion } from './promotion.rule.ts'

// At 12:00 in the studio's zone, UTC: nobody sleeps.
const session = classOf({ startsAt: Temporal.Instant.from('2027-01-13T12:00:00Z') })
const { startsAt } = session
const tick = { nanoseconds: 1 }
const clash: Commitment = { kind: 'public', id: 'other' as HoldId, sessionId: 'other class' as SessionId, startsAt, endsAt: session.endsAt }
const occasion = (differs: Partial<Occasion> = {}): Occasion => ({ session, mode: 'offer', settings: defaultSettings, now, ...differs })
const now = startsAt.subtract({ hours: 48 })
const payer = { commitments: [], lots: [lotOf('pack')], blockedUntil: null }

test.each([
  ['somebody busy and poor: busy is told', [clash], [], 'overlapping-booking'],
  ['somebody busy', [clash], [lotOf('pack')], 'overlapping-booking'],
  ['somebody who cannot pay', [], [lotOf('rest', { creditsBalance: 99 })], 'insufficient-credits'],
  ['somebody with unlimited access', [], [lotOf('year', { creditsGranted: null, creditsBalance: 0 })], null],
  ['somebody with just enough', [], [lotOf('rest', { creditsBalance: 100 })], null],
])('%s is offered the spot or passed over with the reason, and so in auto mode', (_, commitments, lots, reason) => {
  const member = { commitments, lots, blockedUntil: null }
  expect(decidePromotion(member, occasion())).toMatchObject(reason ? { outcome: 'passed-over', reason } : { outcome: 'offer' })
  expect(decidePromotion(member, occasion({ mode: 'auto' }))).toMatchObject(reason ? { outcome: 'passed-over', reason } : { outcome: 'book' })
})

test('somebody who may not book for a while is passed over, before anything else is asked', () => {
  const blocked = { commitments: [clash], lots: [], blockedUntil: startsAt }
  expect(decidePromotion(blocked, occasion())).toEqual({ outcome: 'passed-over', reason: 'member-blocked' })
})

test('somebody who has as many classes as they may is passed over, before overlap and means are asked for', () => {
  const capped = { commitments: [clash], lots: [], blockedUntil: null }
  const settings = { ...defaultSettings, bookingsUpcomingMax: 1 }
  expect(decidePromotion(capped, occasion({ settings }))).toEqual({ outcome: 'passed-over', reason: 'too-many-bookings' })
})

test.each<[string, Temporal.Instant, Temporal.Instant]>([
  ['five minutes', now, now.add({ seconds: 300 })],
  ['five minutes when they end at the start', startsAt.subtract({ seconds: 300 }), startsAt],
  ['to the start when that comes first', startsAt.subtract({ seconds: 299 }), startsAt],
  ['five minutes when it is a no-show’s', startsAt, startsAt.add({ minutes: 5 })],
  ['to the end of late joining when that comes first', startsAt.add({ minutes: 16 }), startsAt.add({ minutes: 20 })],
])('an offer lasts %s: at %s to %s', (_, made, expected) => {
  const decision = decidePromotion(payer, occasion({ now: made }))
  expect(decision).toMatchObject({ outcome: 'offer', options: [{ method: 'credits', credits: 100 }], tellAt: null, asleepUntil: null })
  expect('expiresAt' in decision && String(decision.expiresAt)).toBe(String(expected))
})

describe('auto books at once, but less than 12 h before the start it offers', () => {
  test.each([
    [{ hours: 48 }, 'book'],
    [{ hours: 12 }, 'book'],
    [{ hours: 11, minutes: 59, seconds: 59, nanoseconds: 999_999_999 }, 'offer'],
    [{ hours: 1 }, 'offer'],
  ] as const)('%j before the start: %s', (left, outcome) => {
    expect(decidePromotion(payer, occasion({ mode: 'auto', now: startsAt.subtract(left) })).outcome).toBe(outcome)
  })
})

describe('a booking made unasked cancels free for 30 minutes, in quiet hours until 30 minutes after them', () => {
  const settings = { ...defaultSettings, timeZone: 'Europe/Madrid', autoPromotionHours: 0 }
  const at = (wall: string) => Temporal.PlainDateTime.from(wall).toZonedDateTime('Europe/Madrid').toInstant()
  const freeUntil = (made: string) => {
    const decision = decidePromotion(payer, occasion({ mode: 'auto', settings, now: at(made) }))
    return 'freeCancelUntil' in decision ? String(decision.freeCancelUntil) : decision.outcome
  }
  test.each([
    ['2027-01-12T21:59:59', '2027-01-12T22:29:59'],
    ['2027-01-12T22:00:00', '2027-01-13T07:30:00'],
    ['2027-01-13T06:59:59', '2027-01-13T07:30:00'],
    ['2027-01-13T07:00:00', '2027-01-13T07:30:00'],
    ['2027-01-13T07:00:01', '2027-01-13T07:30:01'],
    // The class is at 13:00 in Madrid.
    ['2027-01-13T12:45:00', '2027-01-13T13:00:00'],
  ])('made at %s: until %s', (made, until) => {
    expect(freeUntil(made)).toBe(String(at(until)))
  })
})

test.each<[Temporal.Instant, Temporal.Instant]>([
  [now, now.add({ minutes: 30 })],
  [startsAt.subtract({ minutes: 30 }), startsAt],
  [startsAt.subtract({ minutes: 29 }), startsAt],
])('an offer accepted at %s cancels free until %s, never after the start', (made, expected) => {
  expect(String(freeCancelUntil(made, session, defaultSettings))).toBe(String(expected))
})

const cutoff = startsAt.subtract({ minutes: 30 })
const lateEnd = startsAt.add({ minutes: 20 })
test.each([
  ['published', now, 'free'],
  ['published', cutoff.subtract(tick), 'free'],
  ['published', cutoff, 'nothing'],
  ['published', startsAt.subtract(tick), 'nothing'],
  ['published', startsAt, 'no-shows'],
  ['in_progress', startsAt, 'no-shows'],
  ['in_progress', lateEnd.subtract(tick), 'no-shows'],
  ['in_progress', lateEnd, 'nothing'],
  ['in_progress', now, 'nothing'],
  ['draft', now, 'nothing'],
  ['completed', startsAt, 'nothing'],
  ['cancelled', now, 'nothing'],
  ['cancelled', startsAt, 'nothing'],
] as const)('a class that is %s hands on at %s: %s', (status, instant, expected) => {
  expect(handsOn(occasion({ session: { ...session, status }, now: instant }))).toBe(expected)
  expect(handsOn(occasion({ session: { ...session, status, waitlistPaused: true }, now: instant }))).toBe('nothing')
})

describe('quiet hours, 22:00 to 07:00 in the studio’s zone', () => {
  const settings = { ...defaultSettings, timeZone: 'Europe/Madrid' }
  const at = (wall: string) => Temporal.PlainDateTime.from(wall).toZonedDateTime('Europe/Madrid').toInstant()
  const words = (instant: Temporal.Instant | null) => (instant === null ? null : String(instant.toZonedDateTimeISO('Europe/Madrid').toPlainDateTime()))
  const offered = (made: string, starts: string) => {
    const of = { ...session, startsAt: at(starts), endsAt: at(starts).add({ minutes: 60 }) }
    const lots = [lotOf('pack', { validUntil: at('2028-01-01T00:00') })]
    const decision = decidePromotion({ ...payer, lots }, occasion({ session: of, settings, now: at(made) }))
    if (decision.outcome !== 'offer') throw new Error(decision.outcome)
    return { expires: words(decision.expiresAt), told: words(decision.tellAt), asleep: words(decision.asleepUntil) }
  }
  test.each([
    ['the offer before them runs its time', '2027-01-12T21:59:59', '2027-01-14T12:00', '2027-01-12T22:04:59', null, null],
    ['the offer inside is told at their end and lasts from then', '2027-01-12T22:00:00', '2027-01-14T12:00', '2027-01-13T07:05:00', '2027-01-13T07:00:00', null],
    ['so it is after midnight', '2027-01-13T06:59:59', '2027-01-14T12:00', '2027-01-13T07:05:00', '2027-01-13T07:00:00', null],
    ['at their end they are over', '2027-01-13T07:00:00', '2027-01-14T12:00', '2027-01-13T07:05:00', null, null],
    ['a class at 09:00 can wait for the morning', '2027-01-13T05:00:00', '2027-01-13T09:00', '2027-01-13T07:05:00', '2027-01-13T07:00:00', null],
    ['a class before 09:00 cannot: sent at once, its normal time', '2027-01-13T05:00:00', '2027-01-13T08:59:59', '2027-01-13T05:05:00', null, '2027-01-13T07:00:00'],
    ['nor one in the night itself', '2027-01-12T22:05:00', '2027-01-12T23:00', '2027-01-12T22:10:00', null, '2027-01-13T07:00:00'],
    ['a class before 09:00 of the day after waits', '2027-01-12T22:05:00', '2027-01-14T08:00', '2027-01-13T07:05:00', '2027-01-13T07:00:00', null],
  ])('%s', (_, made, starts, ...[expires, told, asleep]) => {
    expect(offered(made, starts)).toEqual({ expires, told, asleep })
  })
})
