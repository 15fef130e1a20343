// When a membership may be frozen and what that does to its end, at the instants where the answer turns.
import { describe, expect, test } from 'vitest'
import { lotOf } from '../../test/lots.ts'
import { decideFreeze, decideLift, freezeSpan, refuseEnded } from './freeze.rule.ts'
import type { Lot } from './lots.ts'

const timeZone = 'Europe/Madrid'
const now = Temporal.Instant.from('2027-01-11T09:00:00Z')
const at = { now, timeZone }
const ns = { nanoseconds: 1 }
const instant = (text: string) => Temporal.Instant.from(text)
const february = { from: instant('2027-01-31T23:00:00Z'), to: instant('2027-02-14T23:00:00Z') }

describe('the days of a freeze', () => {
  test('are the studio’s, both inclusive', () => {
    expect(freezeSpan({ from: '2027-02-01', until: '2027-02-14' }, at, 'body')).toEqual(february)
  })

  test('begin now when they begin today', () => {
    expect(freezeSpan({ from: '2027-01-11', until: '2027-01-11' }, at, 'body')).toEqual({ from: now, to: instant('2027-01-11T23:00:00Z') })
  })

  const wrong: [string, string, string, string][] = [
    ['a day that has passed', '2027-01-10', '2027-02-01', 'query/from'],
    ['an end before the beginning', '2027-02-02', '2027-02-01', 'query/until'],
    ['more than a year', '2027-02-01', '2028-02-02', 'query/until'],
  ]
  test.each(wrong)('are not %s', (_name, from, until, path) => {
    expect(() => freezeSpan({ from, until }, at, 'query')).toThrow(expect.objectContaining({ code: 'invalid-request', facts: { errors: [expect.objectContaining({ path })] } }))
  })

  test('may be a whole year', () => {
    expect(freezeSpan({ from: '2027-02-01', until: '2028-02-01' }, at, 'body').to).toEqual(instant('2028-02-01T23:00:00Z'))
  })
})

describe('a freeze', () => {
  const freeze = (differs: Partial<Lot>, span = february) => () => decideFreeze(lotOf('a', differs), span, at)

  test('moves the end later by as long as it lasts', () => {
    expect(freeze({ validUntil: instant('2027-03-01T23:00:00Z') })().validUntil).toEqual(instant('2027-03-15T23:00:00Z'))
  })

  test('leaves an end at midnight at midnight, across a night of DST too', () => {
    const march = { from: instant('2027-03-19T23:00:00Z'), to: instant('2027-04-02T22:00:00Z') }
    expect(freeze({ validUntil: instant('2027-03-26T23:00:00Z') }, march)().validUntil).toEqual(instant('2027-04-09T22:00:00Z'))
  })

  test('is refused once the lot has ended, from that very instant', () => {
    expect(freeze({ validUntil: now })).toThrow(expect.objectContaining({ code: 'membership-ended' }))
    expect(() => refuseEnded(lotOf('a', { validUntil: now.add(ns) }), now)).not.toThrow()
  })

  test('is refused where it would begin as the lot ends, and not a moment earlier', () => {
    expect(freeze({ validUntil: february.from })).toThrow(expect.objectContaining({ code: 'membership-ended' }))
    expect(freeze({ validUntil: february.from.add(ns) })).not.toThrow()
  })

  test('of a lot that begins inside it begins with the lot; one that begins as it ends is refused', () => {
    const begins = february.to.subtract({ hours: 24 })
    expect(freeze({ validFrom: begins })()).toMatchObject({ from: begins, to: february.to })
    expect(freeze({ validFrom: february.to })).toThrow(expect.objectContaining({ code: 'membership-ended' }))
  })

  test('is refused while another is under way or to come, and not once that is over', () => {
    const frozenFrom = now.subtract({ hours: 24 })
    expect(freeze({ frozenFrom, frozenUntil: now.add(ns) })).toThrow(expect.objectContaining({ code: 'membership-frozen' }))
    expect(freeze({ frozenFrom, frozenUntil: now })).not.toThrow()
  })
})

describe('lifting it', () => {
  const frozen = (differs: Partial<Lot> = {}) => lotOf('a', { frozenFrom: february.from, frozenUntil: february.to, validUntil: instant('2027-03-15T23:00:00Z'), ...differs })

  test('before it begins gives the old end back', () => {
    expect(decideLift(frozen(), at).validUntil).toEqual(instant('2027-03-01T23:00:00Z'))
  })

  test('in its midst takes back what was not used', () => {
    expect(decideLift(frozen(), { now: instant('2027-02-04T23:00:00Z'), timeZone }).validUntil).toEqual(instant('2027-03-05T23:00:00Z'))
  })

  test('never ends the lot before now', () => {
    const late = instant('2027-02-01T00:00:00Z')
    expect(decideLift(frozen({ validUntil: instant('2027-02-10T00:00:00Z') }), { now: late, timeZone }).validUntil).toEqual(late)
  })

  test('is refused as it ends, and where there is none', () => {
    expect(() => decideLift(frozen(), { now: february.to, timeZone })).toThrow(expect.objectContaining({ code: 'membership-not-frozen' }))
    expect(() => decideLift(frozen(), { now: february.to.subtract(ns), timeZone })).not.toThrow()
    expect(() => decideLift(lotOf('a'), at)).toThrow(expect.objectContaining({ code: 'membership-not-frozen' }))
  })
})
