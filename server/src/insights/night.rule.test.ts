// The instant of the nightly check, on both sides of it, and on the nights that are an hour shorter or longer.
import { expect, test } from 'vitest'
import { lastDue, nextDue } from './night.rule.ts'

const madrid = 'Europe/Madrid'
const both = (now: string, zone = madrid) => [lastDue, nextDue].map(due => String(due(Temporal.Instant.from(now), zone)))

test('it is due from 03:23 of the studio on, and was due the night before until then', () => {
  expect(both('2027-01-11T02:22:59.999999Z')).toEqual(['2027-01-10T02:23:00Z', '2027-01-11T02:23:00Z'])
  expect(both('2027-01-11T02:23:00Z')).toEqual(['2027-01-11T02:23:00Z', '2027-01-12T02:23:00Z'])
  expect(both('2027-01-11T22:59:00Z')).toEqual(['2027-01-11T02:23:00Z', '2027-01-12T02:23:00Z'])
})

test('the day is the studio’s, not Greenwich’s', () => {
  expect(both('2027-01-11T23:30:00Z', 'Asia/Tokyo')).toEqual(['2027-01-11T18:23:00Z', '2027-01-12T18:23:00Z'])
  expect(both('2027-01-12T05:00:00Z', 'America/Los_Angeles')).toEqual(['2027-01-11T11:23:00Z', '2027-01-12T11:23:00Z'])
})

test('it follows the clock through both nights of DST, once each', () => {
  expect(both('2027-03-28T12:00:00Z')).toEqual(['2027-03-28T01:23:00Z', '2027-03-29T01:23:00Z'])
  expect(both('2027-10-31T12:00:00Z')).toEqual(['2027-10-31T02:23:00Z', '2027-11-01T02:23:00Z'])
})
