// What the public may take: until the cutoff those who wait come first, from then on nobody does.
import { expect, test } from 'vitest'
import { classOf } from '../../test/classes.ts'
import { defaultSettings } from './settings.ts'
import { claims, spotsLeft } from './spots-left.rule.ts'

const session = classOf({ capacity: 5, taken: 2, waiting: 2 })
const cutoff = session.startsAt.subtract({ minutes: 30 })

test.each([
  [cutoff.subtract({ nanoseconds: 1 }), 2, 1],
  [cutoff, 0, 3],
  [session.startsAt, 0, 3],
])('at %s %i claims and %i left', (now, claimed, left) => {
  expect(claims(session, defaultSettings, now)).toBe(claimed)
  expect(spotsLeft(session, defaultSettings, now)).toBe(left)
})

test('more who wait than spots leave none, and a class that is over or off has none', () => {
  const before = cutoff.subtract({ hours: 1 })
  expect(spotsLeft({ ...session, waiting: 9 }, defaultSettings, before)).toBe(0)
  expect(spotsLeft({ ...session, status: 'cancelled' }, defaultSettings, before)).toBe(0)
  expect(spotsLeft({ ...session, status: 'completed' }, defaultSettings, before)).toBe(0)
})
