// The three steps of the cancellation policy at the seconds where they turn, by elapsed time, also across a change of the clocks.
import { describe, expect, test } from 'vitest'
import { decideCancellation, isWorse, type CancellationPolicy } from './cancellation.rule.ts'

const policy: CancellationPolicy = { version: 1, fullReturnHours: 24, halfReturnHours: 12, halfReturnPercent: 50 }
const startsAt = Temporal.Instant.from('2027-01-13T07:00:00Z')
const before = (left: Temporal.DurationLike, start = startsAt) => ({ startsAt: start, now: start.subtract(left), freeCancelUntil: null })
const rule = (left: Temporal.DurationLike, start = startsAt) => decideCancellation(before(left, start), 100, policy).rule

describe('how long before the start decides what comes back', () => {
  test.each([
    [{ hours: 24, seconds: 1 }, 'full'],
    [{ hours: 24, nanoseconds: 1 }, 'full'],
    [{ hours: 24 }, 'half'],
    [{ hours: 24, seconds: -1 }, 'half'],
    [{ hours: 12, seconds: 1 }, 'half'],
    [{ hours: 12 }, 'half'],
    [{ hours: 12, nanoseconds: -1 }, 'none'],
    [{ hours: 12, seconds: -1 }, 'none'],
    [{ seconds: 1 }, 'none'],
  ] as const)('%j before the start: %s', (left, expected) => {
    expect(rule(Temporal.Duration.from({ hours: 0 }).add(plain(left)))).toBe(expected)
  })
})

describe('until an instant it may be free, whatever the window', () => {
  const now = startsAt.subtract({ hours: 1 })
  test.each([
    [{ nanoseconds: 1 }, 'full'],
    [{ nanoseconds: 0 }, 'none'],
    [{ nanoseconds: -1 }, 'none'],
  ] as const)('with %j of it left: %s', (left, expected) => {
    expect(decideCancellation({ startsAt, now, freeCancelUntil: now.add(left) }, 100, policy).rule).toBe(expected)
  })
})

/** Durations of mixed sign are not durations: added up in nanoseconds. */
function plain({ hours = 0, seconds = 0, nanoseconds = 0 }: { hours?: number; seconds?: number; nanoseconds?: number }) {
  return Temporal.Duration.from({ nanoseconds: hours * 3.6e12 + seconds * 1e9 + nanoseconds })
}

describe('hours are elapsed time, whatever the wall clock does in between', () => {
  // Madrid, 28 March 2027: at 02:00 the clocks go to 03:00, so 07:00 the day before is 23 h earlier.
  const spring = Temporal.ZonedDateTime.from('2027-03-28T07:00[Europe/Madrid]')
  // Madrid, 31 October 2027: at 03:00 they go back to 02:00, so 07:00 the day before is 25 h earlier.
  const autumn = Temporal.ZonedDateTime.from('2027-10-31T07:00[Europe/Madrid]')
  const atSameHourTheDayBefore = (start: Temporal.ZonedDateTime) =>
    decideCancellation({ startsAt: start.toInstant(), now: start.subtract({ days: 1 }).toInstant(), freeCancelUntil: null }, 100, policy).rule

  test('the day before at the same hour is 23 h in spring: half', () => {
    expect(atSameHourTheDayBefore(spring)).toBe('half')
  })
  test('the day before at the same hour is 25 h in autumn: full', () => {
    expect(atSameHourTheDayBefore(autumn)).toBe('full')
  })
  test.each([spring, autumn])('24 h + 1 s, 24 h and 24 h − 1 s before %s', start => {
    const at = start.toInstant()
    expect(rule({ hours: 24, seconds: 1 }, at)).toBe('full')
    expect(rule({ hours: 24 }, at)).toBe('half')
    expect(rule({ hours: 23, minutes: 59, seconds: 59 }, at)).toBe('half')
    expect(rule({ hours: 12 }, at)).toBe('half')
    expect(rule({ hours: 11, minutes: 59, seconds: 59 }, at)).toBe('none')
  })
})

describe('what comes back and what is kept add up', () => {
  test.each([
    [{ hours: 30 }, 150, 150, 0],
    [{ hours: 20 }, 150, 75, 75],
    [{ hours: 20 }, 125, 63, 62],
    [{ hours: 20 }, 1, 1, 0],
    [{ hours: 20 }, 0, 0, 0],
    [{ hours: 2 }, 150, 0, 150],
  ] as const)('%j before the start, %i hundredths paid: %i back, %i kept', (left, paid, creditsReturned, creditsForfeited) => {
    expect(decideCancellation(before(left), paid, policy)).toMatchObject({ creditsReturned, creditsForfeited })
  })
  test('the studio sets the hours and the share', () => {
    const own = { version: 2, fullReturnHours: 6, halfReturnHours: 3, halfReturnPercent: 25 }
    expect(decideCancellation(before({ hours: 6, seconds: 1 }), 100, own).rule).toBe('full')
    expect(decideCancellation(before({ hours: 6 }), 100, own)).toEqual({ rule: 'half', creditsReturned: 25, creditsForfeited: 75 })
    expect(decideCancellation(before({ hours: 2, minutes: 59 }), 100, own).rule).toBe('none')
  })
})

describe('worse means less comes back than was shown', () => {
  test.each([
    ['full', 'full', false],
    ['half', 'full', true],
    ['none', 'full', true],
    ['full', 'half', false],
    ['half', 'half', false],
    ['none', 'half', true],
    ['half', 'none', false],
    ['none', 'none', false],
  ] as const)('now %s, shown %s: %s', (now, shown, expected) => {
    expect(isWorse(now, shown)).toBe(expected)
  })
})
