// Whether a hold becomes a booking, at the instants where it no longer does, and what pays for it.
import { describe, expect, test } from 'vitest'
import { classOf } from '../../test/classes.ts'
import { lotOf } from '../../test/lots.ts'
import type { Lot } from '../credits/lots.ts'
import type { QuotedOption } from '../credits/quote.rule.ts'
import type { BookingId, HoldId, MembershipId, UserId } from '../platform/ids.ts'
import type { Problem } from '../platform/problem.ts'
import { defaultSettings } from '../schedule/settings.ts'
import { decideConfirm, type ConfirmFacts, type Payment } from './confirm.rule.ts'
import type { SpotHold } from './holds.ts'

const session = classOf()
const { startsAt, endsAt } = session
const now = startsAt.subtract({ hours: 48 })
const expiresAt = now.add({ minutes: 10 })
const tick = { nanoseconds: 1 }
const byCredits: QuotedOption = { method: 'credits', credits: 100, lots: [] }
const byMembership = (id: string): QuotedOption => ({ method: 'membership', membershipId: id as MembershipId })
const unlimited = (id: string, differs: Partial<Lot> = {}) => lotOf(id, { creditsGranted: null, creditsBalance: 0, planType: 'unlimited', ...differs })

function holdOf(differs: Partial<SpotHold> = {}): SpotHold {
  const of = { id: 'hold' as HoldId, sessionId: session.id, userId: 'member' as UserId, kind: 'public', status: 'active' } as const
  return { ...of, expiresAt, quote: [byCredits], settingsVersion: 0, startsAt, endsAt, createdAt: now, ...differs }
}
const factsOf = (differs: Partial<ConfirmFacts> = {}): ConfirmFacts => ({
  ...{ hold: holdOf(), bookingId: null, session, lots: [lotOf('pack')], settings: defaultSettings, now },
  ...differs,
})

type Choice = Parameters<typeof decideConfirm>[1]

function outcome(facts: ConfirmFacts, choice: Choice = { method: 'credits' }): Problem | Payment {
  try {
    return decideConfirm(facts, choice)
  } catch (error) {
    return error as Problem
  }
}
const code = (facts: ConfirmFacts, choice?: Choice) => {
  const met = outcome(facts, choice)
  return 'code' in met ? met.code : met.method
}

describe('a hold is confirmed once, while it lives', () => {
  test.each<[string, Partial<SpotHold>, Temporal.Instant, string]>([
    ['a live one', {}, now, 'credits'],
    ['one in its last tick', {}, expiresAt.subtract(tick), 'credits'],
    ['one that runs out now', {}, expiresAt, 'hold-expired'],
    ['one that was swept', { status: 'expired' }, now, 'hold-expired'],
    ['one that was given back', { status: 'released' }, now, 'hold-not-active'],
    ['one whose payment is under way', { status: 'confirming' }, now, 'hold-confirming'],
    ['one that is a booking', { status: 'confirmed' }, expiresAt, 'hold-not-active'],
  ])('%s: %j at %s: %s', (_, differs, at, expected) => {
    expect(code(factsOf({ hold: holdOf(differs), now: at }))).toBe(expected)
  })
  test('the booking it became is named', () => {
    const facts = factsOf({ hold: holdOf({ status: 'confirmed' }), bookingId: 'booking' as BookingId })
    expect(outcome(facts)).toMatchObject({ code: 'hold-not-active', facts: { state: 'confirmed', bookingId: 'booking' } })
  })
  test('a hold that ended with its class says so: nobody gave it back', () => {
    const ended = { hold: holdOf({ status: 'released' }) }
    expect(outcome(factsOf({ ...ended, session: { ...session, status: 'cancelled' } }))).toMatchObject({ detail: 'The class was cancelled, and the hold with it.' })
    expect(outcome(factsOf(ended))).toMatchObject({ detail: 'This hold was given back.' })
  })
  test('the end of the hold is told before the state of the class, and that before the means', () => {
    const off = { ...session, status: 'cancelled' as const }
    expect(code(factsOf({ hold: holdOf({ status: 'released' }), session: off, lots: [] }))).toBe('hold-not-active')
    expect(code(factsOf({ session: off, lots: [] }))).toBe('session-not-bookable')
  })
})

describe('the class is looked at again, because it may have changed since the hold', () => {
  test.each([
    ['published', 'credits'],
    ['in_progress', 'credits'],
    ['cancelled', 'session-not-bookable'],
    ['completed', 'session-not-bookable'],
  ] as const)('%s: %s', (status, expected) => {
    expect(code(factsOf({ session: { ...session, status } }))).toBe(expected)
  })

  const closesAt = startsAt.subtract({ minutes: 30 })
  const long = startsAt.add({ hours: 9 })
  test.each<[string, SpotHold['kind'], Temporal.Instant, string]>([
    ['a public hold just before the close', 'public', closesAt.subtract(tick), 'credits'],
    ['a public hold at the close', 'public', closesAt, 'booking-closed'],
    ['an offer after the close', 'offer', closesAt, 'credits'],
    ['an offer just before the start', 'offer', startsAt.subtract(tick), 'credits'],
    ['an offer at the start', 'offer', startsAt, 'booking-closed'],
  ])('%s (%s, %s): %s', (_, kind, at, expected) => {
    const settings = { ...defaultSettings, bookingClosesMinutes: 30 }
    expect(code(factsOf({ hold: holdOf({ kind, expiresAt: long }), settings, now: at }))).toBe(expected)
  })
})

describe('credits pay the price that was frozen with the hold', () => {
  test('from the lots that have them now, soonest-expiring first, whatever the quote named', () => {
    const hold = holdOf({ quote: [{ ...byCredits, credits: 150 }] })
    const soon = lotOf('soon', { creditsBalance: 70, validUntil: startsAt.add({ hours: 1 }) })
    expect(outcome(factsOf({ hold, lots: [lotOf('pack'), soon] }))).toEqual({
      ...{ method: 'credits', membershipId: null, credits: 150 },
      debits: [{ membershipId: 'soon', credits: 70 }, { membershipId: 'pack', credits: 80 }],
    })
  })
  test('from the preferred lot first', () => {
    const lots = [lotOf('soon', { validUntil: startsAt.add({ hours: 1 }) }), lotOf('pack')]
    expect(outcome(factsOf({ lots }), { method: 'credits', membershipId: 'pack' })).toMatchObject({
      debits: [{ membershipId: 'pack', credits: 100 }],
    })
  })
  test('a lot pays only for a class that starts before it ends', () => {
    const ending = (validUntil: Temporal.Instant) => factsOf({ lots: [lotOf('soon', { validUntil })] })
    expect(code(ending(startsAt))).toBe('insufficient-credits')
    expect(code(ending(startsAt.add(tick)))).toBe('credits')
  })
  test('credits that were spent meanwhile no longer suffice', () => {
    const no = outcome(factsOf({ lots: [lotOf('pack', { creditsBalance: 99 })] }))
    expect(no).toMatchObject({ code: 'insufficient-credits', facts: { creditsNeeded: 1 } })
  })
  test.each(['credits', 'card'] as const)('%s that the quote did not offer do not pay', method => {
    const no = outcome(factsOf({ hold: holdOf({ quote: [byMembership('year')] }) }), { method })
    expect(no).toMatchObject({ code: 'insufficient-credits', facts: { methods: ['membership'] } })
  })
})

describe('an unlimited membership pays when the quote named it and it still covers the class', () => {
  const hold = holdOf({ quote: [byMembership('long'), byMembership('year'), byCredits] })
  const lots = [unlimited('long'), unlimited('year'), lotOf('pack')]
  test.each([
    [undefined, 'long'],
    ['long', 'long'],
    ['year', 'year'],
  ])('asked for %s: %s pays, and no credits', (membershipId, expected) => {
    const choice = { method: 'membership' as const, ...(membershipId ? { membershipId } : {}) }
    expect(outcome(factsOf({ hold, lots }), choice)).toEqual({ method: 'membership', membershipId: expected, credits: 0, debits: [] })
  })
  test('whatever else the quote names before it', () => {
    const mixed = holdOf({ quote: [byCredits, byMembership('year')] })
    expect(outcome(factsOf({ hold: mixed, lots }), { method: 'membership' })).toMatchObject({ membershipId: 'year' })
  })
  test.each<[string, SpotHold, Lot[], string | undefined]>([
    ['one that was not quoted', hold, [...lots, unlimited('third')], 'third'],
    ['a pack', hold, lots, 'pack'],
    ['a pack that the quote names', holdOf({ quote: [byMembership('pack')] }), lots, undefined],
    ['somebody else’s, which is not among the lots', hold, [lotOf('pack')], undefined],
    ['one that ends at the start', hold, [unlimited('long', { validUntil: startsAt })], undefined],
    ['none, when none was quoted', holdOf(), lots, undefined],
  ])('%s does not', (_, held, own, membershipId) => {
    const choice = { method: 'membership' as const, ...(membershipId ? { membershipId } : {}) }
    expect(outcome(factsOf({ hold: held, lots: own }), choice)).toMatchObject({
      code: 'insufficient-credits',
      facts: { methods: held.quote.map(option => option.method) },
    })
  })
  test('one that ends a tick after the start does', () => {
    expect(code(factsOf({ hold, lots: [unlimited('long', { validUntil: startsAt.add(tick) })] }), { method: 'membership' })).toBe('membership')
  })
})
