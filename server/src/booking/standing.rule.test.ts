// What becomes of a standing reservation in one session: every no by its name, in order, and the boundary instants of its turn.
import { describe, expect, test } from 'vitest'
import { classOf } from '../../test/classes.ts'
import { lotOf } from '../../test/lots.ts'
import type { BookingId, HoldId, SessionId } from '../platform/ids.ts'
import type { Problem } from '../platform/problem.ts'
import { defaultSettings } from '../schedule/settings.ts'
import type { Commitment, Member } from './admission.rule.ts'
import { decideStanding, isTurn, standingState, standingTurn, type Has, type StandingAsk } from './standing.rule.ts'

const session = classOf()
const { startsAt, endsAt } = session
const tick = { nanoseconds: 1 }
const settings = { ...defaultSettings, bookingClosesMinutes: 30, bookingsPerDayMax: 1, waitlistMax: 3 }
const now = startsAt.subtract({ hours: 48 })
const before = (hours: number, differs: Partial<Commitment> = {}): Commitment => {
  const start = startsAt.subtract({ hours })
  return { kind: 'booking', id: `b ${hours}` as BookingId, sessionId: `class ${hours}` as SessionId, startsAt: start, endsAt: start.add({ hours: 1 }), ...differs }
}
const here = (kind: Commitment['kind']) => before(0, { kind, id: `${kind} here` as HoldId, sessionId: session.id })
const able: Member = { commitments: [], lots: [lotOf('pack')], blockedUntil: null }

function outcome(member: Partial<Member>, ask: Partial<StandingAsk> = {}): string {
  try {
    return decideStanding({ ...able, ...member }, { session, settings, now, joinsWaitlist: true, isWaiting: false, ...ask })
  } catch (error) {
    return (error as Problem).code
  }
}

const full = { ...session, taken: session.capacity }
const poor = { lots: [] }
const blocked = { ...poor, blockedUntil: endsAt }

test.each<[string, string, Partial<Member>, Partial<StandingAsk>]>([
  ['free and able', 'book', {}, {}],
  ['the last spot', 'book', {}, { session: { ...session, taken: session.capacity - 1 } }],
  ['full', 'wait', {}, { session: full }],
  ['full with nothing to pay with: means are asked when a spot is offered', 'wait', poor, { session: full }],
  ['free, but somebody waits for it', 'wait', {}, { session: { ...session, taken: session.capacity - 1, waiting: 1, waitlistLength: 1 } }],
  ['full, and does not wait', 'session-full', {}, { session: full, joinsWaitlist: false }],
  ['full with room for one more in the queue', 'wait', {}, { session: { ...full, waitlistLength: 2 } }],
  ['full, and so is the queue', 'waitlist-full', {}, { session: { ...full, waitlistLength: 3 } }],
  ['full, and the queue is paused', 'waitlist-closed', {}, { session: { ...full, waitlistPaused: true } }],
  ['booked by hand already, whatever else', 'already-booked', { ...blocked, commitments: [here('booking')] }, { session: full }],
  ['holds a spot there', 'later', { ...blocked, commitments: [here('public')] }, {}],
  ['has an offer there', 'waits already', { ...blocked, commitments: [here('offer')] }, { isWaiting: true }],
  ['waits there', 'waits already', blocked, { session: full, isWaiting: true }],
  ['an instant before the close', 'book', {}, { now: startsAt.subtract({ minutes: 30 }).subtract(tick) }],
  ['at the close', 'booking-closed', blocked, { now: startsAt.subtract({ minutes: 30 }) }],
  ['blocked before anything else of theirs', 'member-blocked', { ...blocked, commitments: [before(1)] }, { session: full }],
  ['one class a day, and has it', 'too-many-bookings', { ...poor, commitments: [before(1)] }, {}],
  ['ends when this starts', 'book', { commitments: [before(1)] }, { settings: defaultSettings }],
  ['ends an instant after this starts', 'overlapping-booking', { ...poor, commitments: [before(1, { endsAt: startsAt.add(tick) })] }, { settings: defaultSettings }],
  ['nothing to pay with', 'insufficient-credits', poor, {}],
])('%s: %s', (_, expected, member, ask) => {
  expect(outcome(member, ask)).toBe(expected)
})

describe('its turn', () => {
  const rolling = { ...defaultSettings, bookingOpensDays: 30, standingLeadMinutes: 60 }
  const opensAt = startsAt.subtract({ hours: 30 * 24 })

  test('comes an hour before the window opens, rolling or by the studio’s clock', () => {
    expect(standingTurn(startsAt, rolling)).toEqual(opensAt.subtract({ hours: 1 }))
    const drop = { ...rolling, timeZone: 'Europe/Madrid', bookingOpensMode: 'clock', bookingOpensWeekday: 1, bookingOpensTime: '09:00', bookingOpensLeadDays: 3 } as const
    const thursday = Temporal.Instant.from('2027-01-14T17:00:00Z')
    expect(String(standingTurn(thursday, drop))).toBe('2027-01-11T07:00:00Z')
  })

  test.each([
    ['an instant before', opensAt.subtract({ hours: 1 }).subtract(tick), false],
    ['at it', opensAt.subtract({ hours: 1 }), true],
    ['an instant before the start', startsAt.subtract(tick), true],
    ['at the start', startsAt, false],
  ])('%s: %s', (_, at, expected) => {
    expect(isTurn(startsAt, rolling, at)).toBe(expected)
  })
})

describe('how things stand', () => {
  const has = (differs: Partial<Has>): Has => ({ bookingId: null, status: null, entry: null, ...differs })
  test.each<[string, Partial<Parameters<typeof standingState>[0]>]>([
    ['coming', {}],
    ['skipped', { now: endsAt }],
    ['skipped', { outcome: 'skipped' }],
    ['booked', { outcome: 'booked', has: has({ status: 'confirmed' }) }],
    ['booked', { outcome: 'waitlisted', has: has({ status: 'confirmed' }) }],
    ['booked', { outcome: 'skipped', has: has({ status: 'confirmed' }) }],
    ['attended', { outcome: 'booked', has: has({ status: 'attended' }) }],
    ['no-show', { outcome: 'booked', has: has({ status: 'no_show' }) }],
    ['cancelled', { outcome: 'booked', has: has({ status: 'cancelled' }) }],
    ['waiting', { outcome: 'booked', has: has({ status: 'cancelled', entry: 'waiting' }) }],
    ['waiting', { outcome: 'waitlisted', has: has({ entry: 'waiting' }) }],
    ['offered', { outcome: 'waitlisted', has: has({ entry: 'offered' }) }],
    ['missed', { outcome: 'waitlisted' }],
    ['called-off', { session: { ...session, status: 'cancelled' } }],
    ['called-off', { session: { ...session, status: 'cancelled' }, outcome: 'booked', has: has({ status: 'cancelled' }) }],
  ])('%s', (expected, differs) => {
    expect(standingState({ session, outcome: null, has: undefined, now, ...differs })).toBe(expected)
  })
})
