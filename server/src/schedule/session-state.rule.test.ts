// The states of a class session: every way that is open, at the instant it opens or closes, and every way that is not.
import { sessionStatuses, type SessionStatus } from '@fitflow/contract/sessions.ts'
import { describe, expect, test } from 'vitest'
import type { Problem } from '../platform/problem.ts'
import { decideMove, decideStatus, nobody, refuseOver, refuseStart, statusDue } from './session-state.rule.ts'

const startsAt = Temporal.Instant.from('2027-01-11T18:00:00Z')
const endsAt = startsAt.add({ minutes: 60 })
const tick = { nanoseconds: 1 }
const instants = {
  'long before': startsAt.subtract({ hours: 5 }),
  'just before the start': startsAt.subtract(tick),
  'at the start': startsAt,
  'just before the end': endsAt.subtract(tick),
  'at the end': endsAt,
  'long after': endsAt.add({ hours: 5 }),
}
type Moment = keyof typeof instants
const moments = Object.keys(instants) as Moment[]
const beforeStart: Moment[] = ['long before', 'just before the start']
const beforeEnd: Moment[] = [...beforeStart, 'at the start', 'just before the end']
const afterStart: Moment[] = ['at the start', 'just before the end', 'at the end', 'long after']
const afterEnd: Moment[] = ['at the end', 'long after']

const open: Partial<Record<`${SessionStatus} → ${SessionStatus}`, readonly Moment[]>> = {
  'draft → published': beforeStart,
  'draft → cancelled': moments,
  'published → draft': beforeStart,
  'published → in_progress': afterStart,
  'published → cancelled': beforeEnd,
  'in_progress → completed': afterEnd,
  'in_progress → cancelled': beforeEnd,
  'cancelled → published': beforeStart,
}

const situation = (status: SessionStatus, moment: Moment, occupancy = nobody) => ({
  session: { status, startsAt, endsAt },
  now: instants[moment],
  occupancy,
})
const isRefused = (decide: () => void) => {
  try {
    decide()
    return false
  } catch (error) {
    expect((error as Problem).code).toBe('session-state')
    return true
  }
}

describe('a state is left for another only where and when the rules open the way', () => {
  for (const from of sessionStatuses) {
    for (const to of sessionStatuses) {
      test(`${from} → ${to}`, () => {
        const taken = moments.filter(moment => !isRefused(() => decideStatus(situation(from, moment), to)))
        expect(taken).toEqual(open[`${from} → ${to}`] ?? [])
      })
    }
  }
})

describe('a class that somebody has a part in', () => {
  const later = startsAt.add({ hours: 24 })
  const occupied = { held: 1, booked: 2, waiting: 3, everBooked: true }

  test.each(['held', 'booked', 'waiting'] as const)('is not taken back: one %s', part => {
    expect(isRefused(() => decideStatus(situation('published', 'long before', { ...nobody, [part]: 1 }), 'draft'))).toBe(true)
  })

  test('is cancelled and moved all the same', () => {
    expect(isRefused(() => decideStatus(situation('published', 'long before', occupied), 'cancelled'))).toBe(false)
    expect(isRefused(() => decideStatus(situation('in_progress', 'at the start', occupied), 'cancelled'))).toBe(false)
    expect(isRefused(() => decideMove(situation('published', 'long before', occupied), later))).toBe(false)
  })

  test('says who is in it when it is not taken back', () => {
    expect(() => decideStatus(situation('published', 'long before', occupied), 'draft')).toThrow(
      expect.objectContaining({ facts: { state: 'published', requested: 'draft', held: 1, booked: 2, waiting: 3 } }),
    )
  })

  test('starts and ends', () => {
    expect(isRefused(() => decideStatus(situation('published', 'at the start', occupied), 'in_progress'))).toBe(false)
    expect(isRefused(() => decideStatus(situation('in_progress', 'at the end', occupied), 'completed'))).toBe(false)
  })
})

test('a class that was ever booked never becomes a draft again, but may be cancelled once it is empty', () => {
  const once = { ...nobody, everBooked: true }
  expect(isRefused(() => decideStatus(situation('published', 'long before', once), 'draft'))).toBe(true)
  expect(isRefused(() => decideStatus(situation('published', 'long before', once), 'cancelled'))).toBe(false)
  expect(isRefused(() => decideMove(situation('published', 'long before', once), endsAt))).toBe(false)
})

test('only a coming draft or published class is moved', () => {
  const later = endsAt.add({ hours: 24 })
  const movable = (status: SessionStatus) => moments.filter(moment => !isRefused(() => decideMove(situation(status, moment), later)))
  expect(sessionStatuses.filter(status => movable(status).length > 0)).toEqual(['draft', 'published'])
  expect(movable('draft')).toEqual(beforeStart)
  expect(movable('published')).toEqual(beforeStart)
})

test('no class is made or moved to start now or earlier', () => {
  const now = instants['long before']
  expect(isRefused(() => refuseStart(now.add(tick), now))).toBe(false)
  expect(isRefused(() => refuseStart(now, now))).toBe(true)
  expect(isRefused(() => refuseStart(now.add({ hours: 24 * 800 }), now))).toBe(true)
  expect(isRefused(() => refuseStart(now.subtract(tick), now))).toBe(true)
  expect(isRefused(() => decideMove(situation('published', 'long before'), now))).toBe(true)
  expect(isRefused(() => decideMove(situation('published', 'long before'), now.add(tick)))).toBe(false)
})

test('capacity and trainer change until the end, never after and never of a cancelled or completed class', () => {
  const changeable = (status: SessionStatus) =>
    moments.filter(moment => !isRefused(() => refuseOver({ status, startsAt, endsAt }, instants[moment])))
  expect(changeable('draft')).toEqual(beforeEnd)
  expect(changeable('published')).toEqual(beforeEnd)
  expect(changeable('in_progress')).toEqual(beforeEnd)
  expect(changeable('completed')).toEqual([])
  expect(changeable('cancelled')).toEqual([])
})

describe('time alone', () => {
  const due: Record<SessionStatus, { to: SessionStatus | null; when: readonly Moment[] }> = {
    draft: { to: 'cancelled', when: afterStart },
    published: { to: 'in_progress', when: afterStart },
    in_progress: { to: 'completed', when: afterEnd },
    completed: { to: null, when: [] },
    cancelled: { to: null, when: [] },
  }
  for (const status of sessionStatuses) {
    const { to, when } = due[status]
    test(`takes a ${status} class ${to ? `to ${to}` : 'nowhere'}`, () => {
      for (const moment of moments) {
        const found = statusDue({ status, startsAt, endsAt }, instants[moment])
        expect(found, moment).toBe(when.includes(moment) ? to : null)
        if (found) decideStatus(situation(status, moment), found)
      }
    })
  }
})
