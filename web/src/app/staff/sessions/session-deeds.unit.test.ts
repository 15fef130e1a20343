// Which deeds a session's page offers: for a 1:1 none that the server refuses.
import { expect, test } from 'vitest'
import { deedsOf } from './session-deeds.ts'

const [startsAt, endsAt] = ['2026-11-30T10:00:00Z', '2026-11-30T11:00:00Z']
const published = { status: 'published', kind: 'class', availabilityId: null, startsAt, endsAt, spotsLeft: 0, waitlistLength: 0, held: 0, everBooked: false } as const
const oneToOne = { ...published, kind: 'one_to_one' } as const
const slot = { ...oneToOne, availabilityId: 'a' } as const
const before = Date.parse(startsAt) - 1
const deeds = (...[session, now = before]: [Parameters<typeof deedsOf>[0], number?]) => [...deedsOf(session, now)]

test('a full class can be booked, squeezed into, resized, and has a waitlist', () => {
  expect(deeds(published)).toEqual(['book', 'squeeze', 'move', 'substitute', 'resize', 'take-back', 'cancel', 'waitlist'])
  expect(deeds({ ...published, spotsLeft: 1 })).not.toContain('squeeze')
})

test('a 1:1 has one place: nobody is squeezed in, it has no capacity to set and no waitlist', () => {
  expect(deeds(oneToOne)).toEqual(['move', 'substitute', 'take-back', 'cancel'])
  expect(deeds({ ...oneToOne, spotsLeft: 1 })).toEqual(['book', 'move', 'substitute', 'take-back', 'cancel'])
})

test('a 1:1 that was booked by its time is not published again, nor taken back', () => {
  expect(deeds(slot)).toEqual(['move', 'substitute', 'cancel'])
  expect(deeds({ ...slot, status: 'cancelled' })).toEqual([])
  expect(deeds({ ...oneToOne, status: 'cancelled' })).toEqual(['publish-again'])
})

test('a class is a draft again only where nobody ever had anything', () => {
  for (const touched of [{ held: 1 }, { waitlistLength: 1 }, { everBooked: true }]) expect(deeds({ ...published, ...touched })).not.toContain('take-back')
})

test('from its start on a class no longer moves, from its end on nothing does', () => {
  expect(deeds(published, Date.parse(startsAt))).toEqual(['book', 'squeeze', 'substitute', 'resize', 'cancel', 'waitlist'])
  expect(deeds({ ...published, status: 'cancelled' }, Date.parse(startsAt))).toEqual([])
  expect(deeds({ ...published, status: 'draft' }, Date.parse(startsAt))).toEqual(['substitute', 'resize', 'cancel'])
  expect(deeds(published, Date.parse(endsAt))).toEqual([])
})
