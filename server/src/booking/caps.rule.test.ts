// How many spots a member may have: in a day and a week of the studio's own zone, and ahead.
import { expect, test } from 'vitest'
import { classOf } from '../../test/classes.ts'
import type { SessionId } from '../platform/ids.ts'
import { defaultSettings } from '../schedule/settings.ts'
import { capReached, looksBack, refuseOverCaps } from './caps.rule.ts'

const now = Temporal.Instant.from('2027-01-13T12:00:00Z')
/** A class of an hour at this wall time in Madrid. */
const at = (wall: string, id = wall) => {
  const startsAt = Temporal.PlainDateTime.from(wall).toZonedDateTime('Europe/Madrid').toInstant()
  return classOf({ id: id as SessionId, startsAt, endsAt: startsAt.add({ minutes: 60 }) })
}

interface Wish {
  have: string[]
  wants: string
  caps: Partial<typeof defaultSettings>
}

function reached({ have, wants, caps }: Wish) {
  const commitments = have.map(wall => ({ ...at(wall), sessionId: at(wall).id }))
  const settings = { ...defaultSettings, timeZone: 'Europe/Madrid', ...caps }
  return capReached({ commitments }, { session: at(wants), settings, now })?.cap ?? null
}

test.each<[string, Wish, string | null]>([
  ['no cap, no limit', { have: ['2027-01-14T07:00', '2027-01-14T09:00'], wants: '2027-01-14T18:00', caps: {} }, null],
  ['one below the day’s cap', { have: ['2027-01-14T07:00'], wants: '2027-01-14T18:00', caps: { bookingsPerDayMax: 2 } }, null],
  ['at the day’s cap', { have: ['2027-01-14T07:00'], wants: '2027-01-14T18:00', caps: { bookingsPerDayMax: 1 } }, 'day'],
  ['the day is the studio’s: 00:30 in Madrid is not the day before, as it is in UTC', { have: ['2027-01-14T20:00'], wants: '2027-01-15T00:30', caps: { bookingsPerDayMax: 1 } }, null],
  ['what was this morning counts for today', { have: ['2027-01-13T07:00'], wants: '2027-01-13T18:00', caps: { bookingsPerDayMax: 1 } }, 'day'],
  ['Sunday is the last day of the week', { have: ['2027-01-17T23:00'], wants: '2027-01-14T07:00', caps: { bookingsPerWeekMax: 1 } }, 'week'],
  ['Monday begins another', { have: ['2027-01-18T00:00'], wants: '2027-01-14T07:00', caps: { bookingsPerWeekMax: 1 } }, null],
  ['the Monday of the same week counts', { have: ['2027-01-11T00:00'], wants: '2027-01-14T07:00', caps: { bookingsPerWeekMax: 1 } }, 'week'],
  ['the Sunday before does not', { have: ['2027-01-10T23:59'], wants: '2027-01-14T07:00', caps: { bookingsPerWeekMax: 1 } }, null],
  ['a cap is for a person, whatever the class', { have: ['2027-01-15T07:00', '2027-01-16T09:00'], wants: '2027-01-20T07:00', caps: { bookingsUpcomingMax: 2 } }, 'upcoming'],
  ['what is over is not ahead', { have: ['2027-01-13T12:00', '2027-01-16T09:00'], wants: '2027-01-20T07:00', caps: { bookingsUpcomingMax: 2 } }, null],
  ['what runs a minute longer is', { have: ['2027-01-13T12:01', '2027-01-16T09:00'], wants: '2027-01-20T07:00', caps: { bookingsUpcomingMax: 2 } }, 'upcoming'],
  ['the class itself does not count against itself', { have: ['2027-01-14T07:00'], wants: '2027-01-14T07:00', caps: { bookingsPerDayMax: 1 } }, null],
])('%s', (_, wish, expected) => {
  expect(reached(wish)).toBe(expected)
})

test('the past is read only where a day or a week is capped', () => {
  const { bookingsPerDayMax, bookingsPerWeekMax } = defaultSettings
  expect(looksBack({ bookingsPerDayMax, bookingsPerWeekMax })).toBe(false)
  expect(looksBack({ bookingsPerDayMax: 1, bookingsPerWeekMax })).toBe(true)
  expect(looksBack({ bookingsPerDayMax, bookingsPerWeekMax: 1 })).toBe(true)
})

test('a refusal says how many one may have, of one as of several', () => {
  const refused = (max: number) => {
    const commitments = ['2027-01-14T07:00', '2027-01-14T09:00'].map(wall => ({ ...at(wall), sessionId: at(wall).id }))
    const settings = { ...defaultSettings, timeZone: 'Europe/Madrid', bookingsPerDayMax: max }
    expect(() => refuseOverCaps({ commitments }, { session: at('2027-01-14T18:00'), settings, now })).toThrow(max === 1 ? 'one class a day' : '2 classes a day')
  }
  refused(1)
  refused(2)
})
