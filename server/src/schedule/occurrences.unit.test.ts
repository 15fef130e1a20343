// Series across the nights when clocks change: any day, any hour, in zones that change at odd times or by odd amounts.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { countBefore, daysOf, occurrenceOn } from './occurrences.ts'
import { readRecurrence } from './recurrence.rule.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const days = (text: string, startsOn: string, from: string, until: string) =>
  daysOf(readRecurrence(text, day(startsOn)), day(startsOn), { from: day(from), until: day(until) }).map(String)
const at = (on: string, wallTime: string, timeZone = 'Europe/Madrid', durationMinutes = 60) =>
  occurrenceOn(day(on), { wallTime, timeZone, durationMinutes })

describe('the days of a rule', () => {
  test.each([
    ['FREQ=WEEKLY;BYDAY=MO,TH', '2026-11-26', ['2026-11-26', '2026-11-30', '2026-12-03', '2026-12-07']],
    ['FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH', '2026-11-26', ['2026-11-26', '2026-12-07']],
    ['FREQ=WEEKLY;BYDAY=MO;UNTIL=20261130', '2026-11-26', ['2026-11-30']],
    ['FREQ=WEEKLY;BYDAY=MO;UNTIL=20261129', '2026-11-26', []],
    ['FREQ=DAILY;INTERVAL=5;COUNT=2', '2026-11-26', ['2026-11-26', '2026-12-01']],
    ['FREQ=DAILY;COUNT=3', '2026-11-24', ['2026-11-26']],
    ['FREQ=MONTHLY;BYDAY=1TH,-1MO', '2026-11-01', ['2026-11-30', '2026-12-03']],
  ])('%s from %s on', (text, startsOn, expected) => {
    expect(days(text, startsOn, '2026-11-26', '2026-12-08')).toEqual(expected)
  })

  test('leave out a month that has no such day, and know the last of every month', () => {
    expect(days('FREQ=MONTHLY;BYMONTHDAY=31', '2026-01-01', '2026-01-01', '2026-06-01')).toEqual(['2026-01-31', '2026-03-31', '2026-05-31'])
    expect(days('FREQ=MONTHLY;BYMONTHDAY=-1', '2026-01-01', '2026-01-01', '2026-04-01')).toEqual(['2026-01-31', '2026-02-28', '2026-03-31'])
  })

  test('are none in an empty span', () => expect(days('FREQ=DAILY', '2026-01-01', '2026-01-05', '2026-01-05')).toEqual([]))

  test('counted before a split and after it add up', () => {
    const rule = readRecurrence('FREQ=WEEKLY;BYDAY=MO,TH;COUNT=10', day('2026-11-26'))
    expect(countBefore(rule, day('2026-11-26'), day('2026-12-07'))).toBe(3)
  })
})

describe('an hour in the night when clocks change', () => {
  test('that is skipped is held as much later as the clocks jump, and the next day at its hour again', () => {
    expect(at('2027-03-28', '02:30')).toMatchObject({ startsAt: Temporal.Instant.from('2027-03-28T01:30:00Z'), clocks: 'skipped' })
    expect(at('2027-03-29', '02:30')).toMatchObject({ startsAt: Temporal.Instant.from('2027-03-29T00:30:00Z'), clocks: null })
    expect(at('2027-10-03', '02:15', 'Australia/Lord_Howe').startsAt.toZonedDateTimeISO('Australia/Lord_Howe').toPlainTime().toString()).toBe('02:45:00')
  })

  test('that comes twice is held the first time', () => {
    expect(at('2027-10-31', '02:30')).toMatchObject({ startsAt: Temporal.Instant.from('2027-10-31T00:30:00Z'), clocks: 'twice' })
  })

  test('a class through the change is as long as ever', () => {
    const { startsAt, endsAt } = at('2027-10-31', '01:30', 'Europe/Madrid', 120)
    expect(startsAt.until(endsAt).total('minutes')).toBe(120)
    expect(endsAt.toZonedDateTimeISO('Europe/Madrid').toPlainTime().toString()).toBe('02:30:00')
  })
})

const zones = ['Europe/Madrid', 'America/New_York', 'Australia/Lord_Howe', 'Africa/Cairo', 'America/Sao_Paulo', 'Asia/Kathmandu', 'Pacific/Apia', 'UTC']
const anyZone = fc.constantFrom(...zones)
const anyHour = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 })).map(([h, m]) => `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`)
// Twenty years on both sides of every rule of DST these zones have had lately.
const anyDay = fc.integer({ min: 0, max: 7300 }).map(offset => day('2012-01-01').add({ days: offset }))

/** The days of a zone that are not 24 hours long: the only ones on which anything can go wrong. */
function oddDays(timeZone: string): Temporal.PlainDate[] {
  const all = Array.from({ length: 7300 }, (_, offset) => day('2012-01-01').add({ days: offset }))
  return all.filter(one => one.toZonedDateTime(timeZone).hoursInDay !== 24)
}
const oddOf = new Map(zones.map(zone => [zone, oddDays(zone)]))

describe('in every zone', () => {
  const hourOf = (wallTime: string, timeZone: string) => ({ wallTime, timeZone, durationMinutes: 45 })
  const holds = (on: Temporal.PlainDate, wallTime: string, timeZone: string) => {
    const { startsAt, endsAt, clocks } = occurrenceOn(on, hourOf(wallTime, timeZone))
    const shown = startsAt.toZonedDateTimeISO(timeZone)
    const asked = Temporal.PlainTime.from(wallTime)
    expect(endsAt.epochMilliseconds - startsAt.epochMilliseconds).toBe(45 * 60_000)
    if (clocks === 'skipped') expect(Temporal.PlainDateTime.compare(shown.toPlainDateTime(), on.toPlainDateTime(asked))).toBe(1)
    else expect([shown.toPlainDate().toString(), shown.toPlainTime().toString()]).toEqual([on.toString(), asked.toString()])
    if (clocks !== 'twice') return
    const again = shown.add({ hours: 1 })
    const halfHourLater = shown.add({ minutes: 30 })
    expect([again, halfHourLater].some(one => one.toPlainTime().equals(asked) && one.toPlainDate().equals(on))).toBe(true)
  }

  test('07:00 stays 07:00, whatever the clocks did in the night', () => {
    fc.assert(fc.property(anyDay, anyZone, (on, timeZone) => {
      const { startsAt, clocks } = occurrenceOn(on, hourOf('07:00', timeZone))
      expect([clocks, startsAt.toZonedDateTimeISO(timeZone).toPlainTime().toString()]).toEqual([null, '07:00:00'])
    }))
  })

  test('any hour of any day is held at its hour, or says why not', () => {
    expect(() => fc.assert(fc.property(anyDay, anyHour, anyZone, holds))).not.toThrow()
  })

  test('also on the days of 23, 25, 23½ and 24½ hours, every quarter of them', () => {
    for (const [timeZone, odd] of oddOf) {
      for (const on of odd) for (let quarter = 0; quarter < 24; quarter++) holds(on, `0${quarter >> 2}:${['00', '15', '30', '45'][quarter & 3]}`, timeZone)
    }
    expect((oddOf.get('Australia/Lord_Howe') ?? []).length).toBeGreaterThan(30)
  })

  test('a day of 23 hours and one of 25 have one class each', () => {
    fc.assert(fc.property(fc.constantFrom('2027-03-28', '2027-10-31', '2027-03-14', '2027-11-07'), anyHour, (on, wallTime) => {
      const within = { from: day(on).subtract({ days: 1 }), until: day(on).add({ days: 2 }) }
      const found = daysOf(readRecurrence('FREQ=DAILY', day(on)), day('2027-01-01'), within)
      const starts = found.map(one => String(occurrenceOn(one, hourOf(wallTime, 'Europe/Madrid')).startsAt))
      expect([new Set(starts).size, found.length]).toEqual([3, 3])
    }))
  })

  test('the days of two spans side by side are the days of both', () => {
    const anyRule = fc.constantFrom('FREQ=DAILY;INTERVAL=3', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE,SU', 'FREQ=MONTHLY;BYDAY=-1FR', 'FREQ=MONTHLY;BYMONTHDAY=31,-31', 'FREQ=WEEKLY;BYDAY=TU;COUNT=40')
    fc.assert(fc.property(anyRule, anyDay, fc.nat(100), fc.nat(100), (text, startsOn, first, second) => {
      const rule = readRecurrence(text, startsOn)
      const middle = startsOn.add({ days: first })
      const until = middle.add({ days: second })
      const apart = [...daysOf(rule, startsOn, { from: startsOn, until: middle }), ...daysOf(rule, startsOn, { from: middle, until })]
      expect(apart.map(String)).toEqual(daysOf(rule, startsOn, { from: startsOn, until }).map(String))
      expect(new Set(apart.map(String)).size).toBe(apart.length)
    }))
  })
})
