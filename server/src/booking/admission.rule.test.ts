// Who gets a spot, at the counts and instants where the answer turns, and which no wins when several apply.
import { describe, expect, test } from 'vitest'
import { classOf } from '../../test/classes.ts'
import { lotOf } from '../../test/lots.ts'
import type { BookingId, HoldId, SessionId } from '../platform/ids.ts'
import type { Problem } from '../platform/problem.ts'
import { defaultSettings } from '../schedule/settings.ts'
import { decideHold, hasPublicSpot, overlapping, ownSpot, type Admission, type Commitment, type Member, waitlistDoor } from './admission.rule.ts'

const session = classOf()
const { startsAt, endsAt } = session
const now = startsAt.subtract({ hours: 48 })
const tick = { nanoseconds: 1 }
const admission = (differs: Partial<Admission> = {}): Admission => ({ session, nextReleaseAt: null, settings: defaultSettings, now, ...differs })
const member = (...commitments: Commitment[]): Member => ({ commitments, lots: [lotOf('pack')], blockedUntil: null })
const poor = (...commitments: Commitment[]): Member => ({ commitments, lots: [], blockedUntil: null })
const blocked = (...commitments: Commitment[]): Member => ({ ...poor(...commitments), blockedUntil: startsAt })

/** Something the member has in another class, long before this one unless told otherwise. */
function elsewhere(kind: Commitment['kind'], at = 100, differs: Partial<Commitment> = {}): Commitment {
  const start = startsAt.subtract({ hours: at })
  return { kind, id: `${kind} ${at}` as HoldId, sessionId: `class ${at}` as SessionId, startsAt: start, endsAt: start.add({ hours: 1 }), ...differs }
}
const here = (kind: Commitment['kind']): Commitment => elsewhere(kind, 0, { sessionId: session.id })

/** The no, or how it was granted. */
function outcome(who: Member, to: Admission): Problem | ReturnType<typeof decideHold> {
  try {
    return decideHold(who, to)
  } catch (error) {
    return error as Problem
  }
}
const code = (who: Member, to: Admission): string => {
  const met = outcome(who, to)
  return 'code' in met ? met.code : met.outcome
}

describe('of several noes the first of the contract’s order is told', () => {
  // Every no at once; each line takes away what the one before it was about.
  const everything = { ...session, status: 'cancelled', capacity: 1, taken: 1 } as const
  const early = startsAt.subtract({ hours: 31 * 24 })
  const three = [elsewhere('public', 200), elsewhere('public', 300), elsewhere('public', 400)]
  const clash = elsewhere('booking', 0)
  test.each<[string, Member, Admission]>([
    ['own', blocked(here('public'), ...three, clash), admission({ session: everything, now: early })],
    ['already-booked', blocked(here('booking'), ...three, clash), admission({ session: everything, now: early })],
    ['session-not-bookable', blocked(...three, clash), admission({ session: everything, now: early })],
    ['booking-not-open', blocked(...three, clash), admission({ session: { ...everything, status: 'published' }, now: early })],
    ['session-full', blocked(...three, clash), admission({ session: { ...everything, status: 'published' } })],
    ['member-blocked', blocked(...three, clash), admission()],
    ['too-many-holds', poor(...three, clash), admission()],
    ['overlapping-booking', poor(clash), admission()],
    ['insufficient-credits', poor(), admission()],
    ['admitted', member(), admission()],
  ])('%s', (expected, who, to) => {
    expect(code(who, to)).toBe(expected)
  })
})

describe('whoever has a spot here gets no second one', () => {
  test.each(['public', 'offer'] as const)('a live %s hold is answered with itself', kind => {
    expect(decideHold(member(here(kind)), admission())).toEqual({ outcome: 'own', holdId: `${kind} 0` })
  })
  test('a booking is named', () => {
    expect(outcome(member(here('booking')), admission())).toMatchObject({ code: 'already-booked', facts: { bookingId: 'booking 0' } })
  })
  test('what is elsewhere is no spot here', () => {
    expect(ownSpot(member(elsewhere('public'), elsewhere('booking', 90)), session)).toBeUndefined()
  })
})

test.each([
  ['draft', 'not-found'],
  ['published', 'admitted'],
  ['in_progress', 'admitted'],
  ['completed', 'session-not-bookable'],
  ['cancelled', 'session-not-bookable'],
] as const)('a class that is %s: %s', (status, expected) => {
  expect(code(member(), admission({ session: { ...session, status } }))).toBe(expected)
})

const opensAt = startsAt.subtract({ hours: 720 })
test.each<[string, Temporal.Instant, number, string]>([
  ['a tick before it opens', opensAt.subtract(tick), 0, 'booking-not-open'],
  ['as it opens', opensAt, 0, 'admitted'],
  ['a tick before it closes', startsAt.subtract(tick), 0, 'admitted'],
  ['as it closes', startsAt, 0, 'booking-closed'],
  ['a tick before an early close', startsAt.subtract({ minutes: 30 }).subtract(tick), 30, 'admitted'],
  ['at an early close', startsAt.subtract({ minutes: 30 }), 30, 'booking-closed'],
])('%s (%s), closing %i minutes before: %s', (_, at, bookingClosesMinutes, expected) => {
  const lots = [lotOf('pack', { validFrom: opensAt.subtract({ hours: 1 }) })]
  expect(code({ commitments: [], lots, blockedUntil: null }, admission({ now: at, settings: { ...defaultSettings, bookingClosesMinutes } }))).toBe(expected)
})

test('a window that is not open says when it opens, and one that is closed when it closed', () => {
  expect(outcome(member(), admission({ now: opensAt.subtract(tick) }))).toMatchObject({ facts: { opensAt: String(opensAt) } })
  expect(outcome(member(), admission({ now: startsAt }))).toMatchObject({ facts: { closedAt: String(startsAt) } })
})

describe('a spot is public only beyond those taken and those whose turn it is', () => {
  test.each([
    [11, 0, 12, true],
    [12, 0, 12, false],
    [11, 1, 12, false],
    [10, 1, 12, true],
    [0, 1, 1, false],
    [0, 0, 1, true],
  ])('%i taken, %i waiting, capacity %i: %s', (taken, waiting, capacity, expected) => {
    expect(hasPublicSpot(admission({ session: { ...session, taken, waiting, capacity } }))).toBe(expected)
    expect(code(member(), admission({ session: { ...session, taken, waiting, capacity } })) === 'admitted').toBe(expected)
  })
})

const queueOf = (waitlistLength: number) => ({ kind: 'class', waitlistPaused: false, waitlistLength }) as const
test.each([
  ['open', queueOf(2), 3],
  ['full', queueOf(3), 3],
  ['full', queueOf(4), 3],
  ['open', queueOf(4), 0],
  ['paused', { ...queueOf(0), waitlistPaused: true }, 0],
  ['none', { ...queueOf(0), kind: 'one_to_one' }, 0],
] as const)('a waitlist is %s: %j of at most %i', (expected, of, waitlistMax) => {
  expect(waitlistDoor(of, { waitlistMax })).toBe(expected)
})

const release = now.add({ minutes: 3 })
test.each<[string, number, Temporal.Instant | null, object]>([
  ['session-held', 0, release, { nextReleaseAt: String(release), waitlistLength: 2, canJoinWaitlist: true }],
  ['session-full', 0, null, { waitlistLength: 2, canJoinWaitlist: true }],
  ['session-full', 1, release, { waitlistLength: 2, canJoinWaitlist: true }],
  ['session-full', 1, null, { waitlistLength: 2, canJoinWaitlist: true }],
])('%s when %i have a claim on the next spot and a hold runs out at %s', (expected, waiting, nextReleaseAt, facts) => {
  const full = { ...session, taken: 12, waiting, waitlistLength: 2 }
  const no = outcome(member(), admission({ session: full, nextReleaseAt }))
  expect(no).toMatchObject({ code: expected, facts })
  expect(Object.keys((no as Problem).facts).sort()).toEqual(Object.keys(facts).sort())
})

test.each([release, null])('nobody is sent to a waitlist that is paused, a hold that runs out at %s', nextReleaseAt => {
  const paused = { ...session, taken: 12, waiting: 0, waitlistLength: 2, waitlistPaused: true }
  const no = outcome(member(), admission({ session: paused, nextReleaseAt })) as Problem
  expect([no.facts['canJoinWaitlist'], no.detail.includes('join')]).toEqual([false, false])
})

describe('the cap is on live public holds', () => {
  const publics = (count: number) => Array.from({ length: count }, (_, at) => elsewhere('public', 100 + 10 * at))
  test('the third is held, the fourth refused with the counts', () => {
    expect(code(member(...publics(2)), admission())).toBe('admitted')
    expect(outcome(member(...publics(3)), admission())).toMatchObject({ code: 'too-many-holds', facts: { liveHolds: 3, liveHoldsMax: 3 } })
  })
  test('offers and bookings do not count', () => {
    expect(code(member(...publics(2), elsewhere('offer', 50), elsewhere('booking', 60)), admission())).toBe('admitted')
  })
  test('the studio sets it', () => {
    expect(code(member(...publics(1)), admission({ settings: { ...defaultSettings, liveHoldsMax: 1 } }))).toBe('too-many-holds')
  })
})

describe('two classes overlap when each starts before the other ends', () => {
  const hour = { hours: 1 }
  test.each<[string, Temporal.Instant, Temporal.Instant, boolean]>([
    ['one that ends as this starts', startsAt.subtract(hour), startsAt, false],
    ['one that ends a tick later', startsAt.subtract(hour), startsAt.add(tick), true],
    ['one that starts as this ends', endsAt, endsAt.add(hour), false],
    ['one that starts a tick earlier', endsAt.subtract(tick), endsAt.add(hour), true],
    ['one at the same time', startsAt, endsAt, true],
    ['one inside it', startsAt.add(tick), endsAt.subtract(tick), true],
    ['one around it', startsAt.subtract(hour), endsAt.add(hour), true],
  ])('%s', (_, start, end, expected) => {
    const other = elsewhere('public', 1, { startsAt: start, endsAt: end })
    expect(overlapping(member(other), session) !== undefined).toBe(expected)
    expect(code(member(other), admission())).toBe(expected ? 'overlapping-booking' : 'admitted')
  })
  test('a class does not overlap itself', () => {
    expect(overlapping(member(here('booking')), session)).toBeUndefined()
  })
  test.each([
    ['booking', 'otherBookingId', 'otherHoldId'],
    ['public', 'otherHoldId', 'otherBookingId'],
    ['offer', 'otherHoldId', 'otherBookingId'],
  ] as const)('a %s in the way is named as %s', (kind, named, not) => {
    const other = elsewhere(kind, 0, { sessionId: 'other' as SessionId, id: 'it' as BookingId })
    const { facts } = outcome(member(other), admission()) as Problem
    expect(facts).toMatchObject({ otherSessionId: 'other', [named]: 'it', otherStartsAt: String(other.startsAt), otherEndsAt: String(other.endsAt) })
    expect(facts).not.toHaveProperty(not)
  })
})

test.each<[string, Temporal.Instant, number, Temporal.Instant]>([
  ['its full time', now, 0, now.add({ seconds: 600 })],
  ['its full time to the tick', startsAt.subtract({ seconds: 600 }), 0, startsAt],
  ['to the close of booking', startsAt.subtract({ seconds: 599 }), 0, startsAt],
  ['to an early close', startsAt.subtract({ minutes: 35 }), 30, startsAt.subtract({ minutes: 30 })],
])('a hold lasts %s (%s, closing %i minutes before): to %s', (_, at, bookingClosesMinutes, expected) => {
  const decision = decideHold(member(), admission({ now: at, settings: { ...defaultSettings, bookingClosesMinutes } }))
  expect(decision).toMatchObject({ outcome: 'admitted', options: [{ method: 'credits', credits: 100 }] })
  expect('expiresAt' in decision && String(decision.expiresAt)).toBe(String(expected))
})

test.each([
  [100, 'This class costs 1 credit and you have 0.5 that', { creditsNeeded: 1, creditsAvailable: 0.5 }],
  [250, 'This class costs 2.5 credits and you have 0.5 that', { creditsNeeded: 2.5, creditsAvailable: 0.5 }],
])('at %i hundredths, whoever has half a credit is told what is missing', (priceCredits, sentence, facts) => {
  const who = { commitments: [], lots: [lotOf('rest', { creditsBalance: 50 })], blockedUntil: null }
  const no = outcome(who, admission({ session: { ...session, priceCredits } })) as Problem
  expect(no).toMatchObject({ code: 'insufficient-credits', facts })
  expect(no.detail).toContain(sentence)
})

describe('a class that is asked for again is judged by how things are now', () => {
  const expiresAt = (to: Admission) => {
    const decided = decideHold(member(), to)
    return decided.outcome === 'admitted' ? decided.expiresAt : null
  }
  const later = now.add({ hours: 2 })
  const longer = { ...defaultSettings, holdSeconds: 900 }

  test('at a later instant', () => {
    const same = { ...session }
    expect(expiresAt(admission({ session: same }))).toEqual(now.add({ seconds: 600 }))
    expect(expiresAt(admission({ session: same, now: later }))).toEqual(later.add({ seconds: 600 }))
  })
  test('under other settings', () => {
    const same = { ...session }
    expect(expiresAt(admission({ session: same }))).toEqual(now.add({ seconds: 600 }))
    expect(expiresAt(admission({ session: same, settings: longer }))).toEqual(now.add({ seconds: 900 }))
  })
  test('moved, later and under other settings at once', () => {
    const same = { ...session }
    expect(expiresAt(admission({ session: same }))).toEqual(now.add({ seconds: 600 }))
    same.startsAt = startsAt.add({ hours: 1 })
    expect(expiresAt(admission({ session: same, now: later, settings: longer }))).toEqual(later.add({ seconds: 900 }))
  })
})

test.each<[string, Member, Partial<Admission>, string]>([
  ['too early', member(), { now: startsAt.subtract({ hours: 31 * 24 }) }, `Booking for this class opens at ${wall(startsAt.subtract({ hours: 30 * 24 }))}.`],
  ['too late', member(), { now: startsAt }, `Booking for this class closed at ${wall(startsAt)}.`],
  ['blocked', blocked(), {}, `After too many late cancellations or missed classes you can book again from ${wall(startsAt)}.`],
])('%s: the no says in the studio’s own time until when or since when', (_, who, differs, words) => {
  const settings = { ...defaultSettings, timeZone: 'Europe/Madrid' }
  expect((outcome(who, admission({ settings, ...differs })) as Problem).detail).toBe(words)
})

function wall(at: Temporal.Instant): string {
  const { hour, minute, day, year } = at.toZonedDateTimeISO('Europe/Madrid')
  const month = at.toZonedDateTimeISO('Europe/Madrid').toLocaleString('en-GB', { month: 'long' })
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')} on ${day} ${month} ${year}`
}
