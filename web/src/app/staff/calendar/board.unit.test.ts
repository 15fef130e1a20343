// What of a day the calendar shows as closed, over midnight and by the hour.
import { expect, test } from 'vitest'
import { dayOf, minuteOfDay } from '../../api/zoned.ts'
import { saidOfShut, shutOn } from './board.ts'

const zone = 'Europe/Madrid'
const when = { dayOf: (iso: string) => dayOf(Date.parse(iso), zone), minuteOfDay: (iso: string) => minuteOfDay(Date.parse(iso), zone) }
const closure = (startsAt: string, endsAt: string) => ({ id: 'one', startsAt, endsAt, reason: 'Works', liftedAt: null })
const said = (day: string, ...closures: ReturnType<typeof closure>[]) => shutOn(closures, day, when).map(saidOfShut)

test('a closure of whole days shuts each of them and not the day that it ends with', () => {
  const days = closure('2026-12-23T23:00:00Z', '2026-12-25T23:00:00Z')
  expect(['2026-12-23', '2026-12-24', '2026-12-25', '2026-12-26'].map((day) => said(day, days))).toEqual([[], ['Closed: Works'], ['Closed: Works'], []])
})

test('one by the hour shuts its hours, over midnight too', () => {
  const night = closure('2026-12-24T19:00:00Z', '2026-12-25T08:30:00Z')
  expect(said('2026-12-24', night)).toEqual(['Closed, 20:00 to 24:00: Works'])
  expect(said('2026-12-25', night, closure('2026-12-25T11:00:00Z', '2026-12-25T12:00:00Z'))).toEqual(['Closed, 00:00 to 09:30: Works', 'Closed, 12:00 to 13:00: Works'])
})
