// What the class page offers, in each state somebody may find it.
import type { SessionDetail } from '@fitflow/contract/sessions.ts'
import { expect, test } from 'vitest'
import { classStateAt } from './class-state.ts'

const at = Date.parse('2026-11-24T06:00:00Z')
const free: SessionDetail = {
  id: 'a',
  templateId: 'b',
  name: 'Morning Strength',
  type: 'Strength',
  trainer: { id: 'c', name: 'Alex' },
  startsAt: '2026-11-24T07:00:00Z',
  endsAt: '2026-11-24T08:00:00Z',
  capacity: 12,
  spotsLeft: 3,
  waitlistLength: 0,
  status: 'published',
  mine: null,
  price: { credits: 1, money: null },
  description: '',
  bookingOpensAt: '2026-11-01T07:00:00Z',
  bookingClosesAt: '2026-11-24T07:00:00Z',
  nextReleaseAt: null,
  myHoldId: null,
  myBookingId: null,
  availabilityId: null,
  series: null,
  waitlist: 'open',
  version: 1,
}

test.each<[string, Partial<SessionDetail>]>([
  ['free', {}],
  ['full', { spotsLeft: 0 }],
  ['held-by-others', { spotsLeft: 0, nextReleaseAt: '2026-11-24T06:05:00Z' }],
  ['held', { mine: 'held', spotsLeft: 0 }],
  ['offered', { mine: 'offered', spotsLeft: 0 }],
  ['waiting', { mine: 'waiting', spotsLeft: 0, nextReleaseAt: '2026-11-24T06:05:00Z' }],
  ['offered', { mine: 'offered', startsAt: '2026-11-24T05:50:00Z', status: 'in_progress' }],
  ['waiting', { mine: 'waiting', startsAt: '2026-11-24T05:50:00Z', status: 'in_progress' }],
  ['over', { mine: 'waiting', startsAt: '2026-11-24T05:00:00Z', status: 'completed' }],
  ['not-open', { bookingOpensAt: '2026-11-24T06:00:00.001Z' }],
  ['free', { bookingOpensAt: '2026-11-24T06:00:00Z' }],
  ['full', { bookingOpensAt: '2026-11-24T06:00:00Z', spotsLeft: 0 }],
  ['closed', { bookingClosesAt: '2026-11-24T06:00:00Z' }],
  ['over', { startsAt: '2026-11-24T06:00:00Z' }],
  ['booked', { mine: 'booked', startsAt: '2026-11-24T05:00:00Z', status: 'in_progress' }],
  ['cancelled', { mine: 'booked', status: 'cancelled' }],
])('a class is %s', (state, change) => {
  expect(classStateAt({ ...free, ...change }, at)).toBe(state)
})

test('whoever teaches a class is offered no spot in it, but keeps one they have', () => {
  expect(classStateAt(free, at, 'c')).toBe('own')
  expect(classStateAt({ ...free, mine: 'booked' }, at, 'c')).toBe('booked')
  expect(classStateAt(free, at, 'd')).toBe('free')
})
