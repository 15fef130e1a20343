// What the filters of the schedule let through.
import type { Session } from '@fitflow/contract/sessions.ts'
import { expect, test } from 'vitest'
import { byHour, choicesOf, matches } from './filters.ts'

const session = (change: Partial<Session> = {}): Session => ({
  id: 'a',
  templateId: 'b',
  name: 'Morning Strength',
  type: 'Strength',
  trainer: { id: 'alex', name: 'Alex' },
  startsAt: '2026-11-24T06:00:00Z',
  endsAt: '2026-11-24T07:00:00Z',
  capacity: 12,
  spotsLeft: 0,
  waitlistLength: 2,
  status: 'published',
  mine: null,
  price: { credits: 1, money: null },
  ...change,
})
const anything = { trainer: undefined, type: undefined, part: undefined, onlyFree: false }

test('a full class is shown until only free ones are wanted', () => {
  expect(matches(session(), anything, 420)).toBe(true)
  expect(matches(session(), { ...anything, onlyFree: true }, 420)).toBe(false)
  expect(matches(session({ spotsLeft: 1 }), { ...anything, onlyFree: true }, 420)).toBe(true)
})

test('noon and five in the evening begin a new part of the day', () => {
  const parts = [719, 720, 1019, 1020].map(minute => ['morning', 'afternoon', 'evening'].filter(part => matches(session(), { ...anything, part }, minute)))
  expect(parts).toEqual([['morning'], ['afternoon'], ['afternoon'], ['evening']])
})

test('classes that start together stand under one hour, the earliest first', () => {
  const late = session({ id: 'late', startsAt: '2026-11-24T17:00:00Z' })
  const hours = byHour([late, session({ id: 'one' }), session({ id: 'two' })])
  expect(hours.map(hour => hour.sessions.map(({ id }) => id))).toEqual([['one', 'two'], ['late']])
})

test('a choice that fits nothing on these days can still be seen and undone', () => {
  expect(choicesOf([session()], 'mara', 'Yoga')).toEqual({
    trainers: [{ id: 'alex', name: 'Alex' }, { id: 'mara', name: 'Chosen trainer' }],
    types: ['Strength', 'Yoga'],
  })
})
