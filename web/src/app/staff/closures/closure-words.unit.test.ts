// Closures in words and out of a form, over midnight and a change of clocks.
import { expect, test } from 'vitest'
import { dayOf, formatter } from '../../api/zoned.ts'
import { alsoClosing, faultOf, spanInWords, spanOf, stateOf, type ClosureDraft } from './closure-words.ts'

const zone = 'Europe/Madrid'
const when = {
  dayOf: (iso: string) => dayOf(Date.parse(iso), zone),
  hour: (iso: string) => formatter(zone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(Date.parse(iso)),
  shortDay: (day: string) => day,
}
const draft: ClosureDraft = { whole: true, firstDay: '2026-12-24', lastDay: '2026-12-26', fromTime: '12:00', toTime: '18:00' }
const words = (differs: Partial<ClosureDraft>) => spanInWords(spanOf({ ...draft, ...differs }, zone)!, when)

test('whole days are closed to the end of the last one, and said without hours', () => {
  expect(spanOf(draft, zone)).toEqual({ startsAt: '2026-12-23T23:00:00.000Z', endsAt: '2026-12-26T23:00:00.000Z' })
  expect(words({})).toBe('2026-12-24 to 2026-12-26')
  expect(words({ lastDay: '2026-12-24' })).toBe('2026-12-24')
  // The clocks go back that night: the day has 25 hours.
  expect(spanOf({ ...draft, firstDay: '2026-10-25', lastDay: '2026-10-25' }, zone)).toEqual({ startsAt: '2026-10-24T22:00:00.000Z', endsAt: '2026-10-25T23:00:00.000Z' })
})

test('hours are said where they matter', () => {
  expect(words({ whole: false, lastDay: '2026-12-24' })).toBe('2026-12-24, 12:00 to 18:00')
  expect(words({ whole: false })).toBe('2026-12-24, 12:00 to 2026-12-26, 18:00')
})

test('what ends before it begins, misses a field or is over is no closure', () => {
  expect(spanOf({ ...draft, lastDay: '2026-12-23' }, zone)).toBe(null)
  expect(spanOf({ ...draft, whole: false, lastDay: '2026-12-24', toTime: '12:00' }, zone)).toBe(null)
  expect(spanOf({ ...draft, whole: false, fromTime: '' }, zone)).toBe(null)
  const end = Date.parse('2026-12-26T23:00:00Z')
  expect([faultOf(null, 0), faultOf(spanOf(draft, zone), end - 1), faultOf(spanOf(draft, zone), end)]).toEqual([
    'Say from when until when; it ends after it begins.', '', 'That is over already.',
  ])
  expect([end, end - 1].map((latest) => faultOf(spanOf(draft, zone), 0, latest))).toEqual(['', 'At most 2 years ahead: look at the year again.'])
})

test('it is ahead, now, over or lifted', () => {
  const closure = { id: 'one', startsAt: '2026-12-24T00:00:00Z', endsAt: '2026-12-25T00:00:00Z', reason: 'Works', liftedAt: null }
  const at = (iso: string) => stateOf(closure, Date.parse(iso))
  expect(['2026-12-23T23:59:59Z', '2026-12-24T00:00:00Z', '2026-12-24T23:59:59Z', '2026-12-25T00:00:00Z'].map(at)).toEqual(['ahead', 'now', 'now', 'over'])
  expect(stateOf({ ...closure, liftedAt: '2026-12-20T00:00:00Z' }, 0)).toBe('lifted')
})

test('what keeps a part of it closed is another closure in force that shares a moment with it', () => {
  const closure = (id: string, startsAt: string, endsAt: string, liftedAt: string | null = null) => ({ id, startsAt: `2026-12-${startsAt}T00:00:00Z`, endsAt: `2026-12-${endsAt}T00:00:00Z`, reason: id, liftedAt })
  const lifted = closure('lifted', '24', '26', '2026-12-01T00:00:00Z')
  const it = closure('it', '24', '26')
  const all = [closure('before', '23', '24'), it, closure('inside', '25', '26'), closure('after', '26', '27'), lifted]
  expect(alsoClosing(it, all).map((one) => one.id)).toEqual(['inside'])
})
