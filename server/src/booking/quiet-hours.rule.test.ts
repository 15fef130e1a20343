// When nobody is woken: the studio's quiet hours over midnight, within a day, on the nights of DST, and never.
import { describe, expect, test } from 'vitest'
import { isEarlyClass, quietUntil } from './quiet-hours.rule.ts'

const timeZone = 'Europe/Madrid'
const night = { timeZone, quietHoursStart: '22:00', quietHoursEnd: '07:00' }
const siesta = { timeZone, quietHoursStart: '14:00', quietHoursEnd: '16:00' }
const at = (wall: string) => Temporal.PlainDateTime.from(wall).toZonedDateTime(timeZone).toInstant()
const words = (instant: Temporal.Instant | null) => (instant === null ? null : String(instant))

describe('over midnight', () => {
  test.each([
    ['2027-01-12T21:59:59.999', null],
    ['2027-01-12T22:00', '2027-01-13T07:00'],
    ['2027-01-13T00:00', '2027-01-13T07:00'],
    ['2027-01-13T06:59:59.999', '2027-01-13T07:00'],
    ['2027-01-13T07:00', null],
    ['2027-01-13T12:00', null],
  ])('at %s quiet until %s', (wall, until) => {
    expect(words(quietUntil(at(wall), night))).toBe(until && String(at(until)))
  })
})

describe('within a day', () => {
  test.each([
    ['2027-01-12T13:59:59.999', null],
    ['2027-01-12T14:00', '2027-01-12T16:00'],
    ['2027-01-12T15:59:59.999', '2027-01-12T16:00'],
    ['2027-01-12T16:00', null],
    ['2027-01-12T23:00', null],
  ])('at %s quiet until %s', (wall, until) => {
    expect(words(quietUntil(at(wall), siesta))).toBe(until && String(at(until)))
  })
})

test('equal ends are never quiet', () => {
  const off = { timeZone, quietHoursStart: '22:00', quietHoursEnd: '22:00' }
  for (const wall of ['2027-01-12T21:59', '2027-01-12T22:00', '2027-01-12T22:01']) expect(quietUntil(at(wall), off)).toBeNull()
})

describe('07:00 is 07:00 on the nights of DST, however long they are', () => {
  test.each([
    // An hour is skipped: 22:00+01:00 to 07:00+02:00 is eight hours.
    ['2027-03-27T21:00:00Z', '2027-03-28T05:00:00Z'],
    ['2027-03-28T01:30:00Z', '2027-03-28T05:00:00Z'],
    ['2027-03-28T05:00:00Z', null],
    // An hour comes twice: 22:00+02:00 to 07:00+01:00 is ten.
    ['2027-10-30T20:00:00Z', '2027-10-31T06:00:00Z'],
    ['2027-10-31T01:30:00Z', '2027-10-31T06:00:00Z'],
    ['2027-10-31T06:00:00Z', null],
  ])('at %s quiet until %s', (instant, until) => {
    expect(words(quietUntil(Temporal.Instant.from(instant), night))).toBe(until)
  })
})

describe('a class before 09:00 on the morning that ends them is early', () => {
  test.each([
    ['2027-01-13T07:00', '2027-01-12T23:00', true],
    ['2027-01-13T07:00', '2027-01-13T08:59:59.999', true],
    ['2027-01-13T07:00', '2027-01-13T09:00', false],
    ['2027-01-13T07:00', '2027-01-14T08:00', false],
    // Quiet hours that end after nine: what begins before their end cannot wait for it.
    ['2027-01-13T10:00', '2027-01-13T09:59:59.999', true],
    ['2027-01-13T10:00', '2027-01-13T10:00', false],
    // The morning of a DST night.
    ['2027-03-28T07:00', '2027-03-28T08:59', true],
    ['2027-03-28T07:00', '2027-03-28T09:00', false],
  ])('quiet until %s, class at %s: %s', (ends, starts, expected) => {
    expect(isEarlyClass(at(starts), at(ends), timeZone)).toBe(expected)
  })
})
