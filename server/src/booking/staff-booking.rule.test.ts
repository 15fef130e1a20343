// When staff may book somebody: what binds members does not bind them, what is physical does.
import { describe, expect, test } from 'vitest'
import { classOf } from '../../test/classes.ts'
import type { BookingId, SessionId } from '../platform/ids.ts'
import type { Problem } from '../platform/problem.ts'
import { defaultSettings } from '../schedule/settings.ts'
import type { Commitment } from './admission.rule.ts'
import { decideStaffBooking } from './staff-booking.rule.ts'

const session = classOf({ capacity: 2, taken: 1 })
const { startsAt, endsAt } = session
const nobody = { commitments: [] }
const decide = (of: Partial<Parameters<typeof decideStaffBooking>[1]> = {}, member: { commitments: Commitment[] } = nobody) => {
  try {
    return decideStaffBooking(member, { session, settings: defaultSettings, now: startsAt.subtract({ hours: 1 }), squeeze: false, ...of })
  } catch (error) {
    return (error as Problem).code
  }
}

test.each([
  ['months ahead', startsAt.subtract({ hours: 2000 }), 'free'],
  ['at the start', startsAt, 'free'],
  ['an instant before the end', endsAt.subtract({ nanoseconds: 1 }), 'free'],
  ['at the end', endsAt, 'session-not-bookable'],
] as const)('%s', (_, now, expected) => {
  expect(decide({ now })).toBe(expected)
})

test.each([
  ['draft', 'session-not-bookable'],
  ['published', 'free'],
  ['in_progress', 'free'],
  ['completed', 'session-not-bookable'],
  ['cancelled', 'session-not-bookable'],
] as const)('a class that is %s: %s', (status, expected) => {
  expect(decide({ session: { ...session, status } })).toBe(expected)
})

describe('a class without a public spot', () => {
  const full = { ...session, taken: 2 }
  const owed = { ...session, waiting: 1, waitlistLength: 1 }
  test.each([['full', full], ['with its last spot owed to who waits', owed]] as const)('%s is refused, and squeezed in when that is asked', (_, one) => {
    expect(decide({ session: one })).toBe('session-full')
    expect(decide({ session: one, squeeze: true })).toBe('squeezed')
  })

  test('is never a 1:1 for two', () => {
    expect(decide({ session: { ...full, kind: 'one_to_one' }, squeeze: true })).toBe('session-full')
  })

  test('asking to squeeze in takes no more than planned while a spot is free', () => {
    expect(decide({ squeeze: true })).toBe('free')
  })
})

test('a no about the client speaks of them, and keeps its facts', () => {
  const refusal = (differs: Partial<Commitment>) => {
    try {
      return decideStaffBooking({ commitments: [commitment(differs)] }, { session, settings: defaultSettings, now: startsAt, squeeze: false })
    } catch (error) {
      return error as Problem
    }
  }
  expect(refusal({ sessionId: session.id })).toMatchObject({ detail: 'This client already has a spot in this class.', facts: { bookingId: 'b' } })
  expect(refusal({})).toMatchObject({ detail: 'This client has something else at that time.' })
})

const commitment = (differs: Partial<Commitment>): Commitment => ({ kind: 'booking', id: 'b' as BookingId, sessionId: 'other' as SessionId, startsAt, endsAt, ...differs })

test.each([
  ['has booked it', { sessionId: session.id }, 'already-booked'],
  ['holds it', { sessionId: session.id, kind: 'public' }, 'already-held'],
  ['is elsewhere at that time', {}, 'overlapping-booking'],
  ['comes from a class that ends as it begins', { startsAt: startsAt.subtract({ hours: 1 }), endsAt: startsAt }, 'free'],
] as const)('a client who %s', (_, differs, expected) => {
  expect(decide({}, { commitments: [commitment(differs)] })).toBe(expected)
})
