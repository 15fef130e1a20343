// What is foreseen of a standing reservation, class by class: on its days only, and by what the member has there or would have by then.
import { expect, test } from 'vitest'
import type { NewStanding } from '@fitflow/contract/standing.ts'
import { aDatabase } from '../../test/database.ts'
import { aSeries, sessionsOf, type SeriesSession } from '../../test/series.ts'
import { aStandingStage } from '../../test/standing.ts'
import type { Person } from '../../test/world.ts'
import type { SessionId } from '../platform/ids.ts'
import { readOnly } from '../platform/tx.ts'
import { defaultSettings, type Settings } from '../schedule/settings.ts'
import { previewStanding } from './preview-standing.ts'

// 11 January 2027, a Monday, 09:00; series are on Wednesdays at 07:00, of which the first four are open.
const { db, clock } = await aDatabase()
const { desk, aPayer } = await aStandingStage(db, clock)

async function foreseen(who: Person, wish: NewStanding, settings: Partial<Settings> = {}) {
  const { coming } = await readOnly(db, who.context, tx => previewStanding(tx, wish, { userId: who.id, settings: { ...defaultSettings, ...settings } }))
  return coming.map(one => ({ sessionId: one.sessionId, is: one.reason ?? one.outcome }))
}
const idsOf = (list: readonly SeriesSession[], ...at: number[]) => at.map(nth => list[nth]!.id as SessionId)

test('its classes are those from the first day to the last, both of them', async () => {
  const { series } = await aSeries(db)
  const list = await sessionsOf(db, series.id)
  const [, second, third] = list
  const coming = await foreseen(await aPayer(), { seriesId: series.id, from: second!.on, until: third!.on })
  expect(coming.map(one => one.sessionId)).toEqual(idsOf(list, 1, 2))
})

test('of a class a day it shows twelve', async () => {
  const { series } = await aSeries(db, { rrule: 'FREQ=DAILY', wallTime: '05:00' })
  expect(await foreseen(await aPayer(), { seriesId: series.id })).toHaveLength(12)
})

test('what would be booked in it counts against the caps of what follows', async () => {
  const { series } = await aSeries(db)
  const coming = await foreseen(await aPayer(), { seriesId: series.id }, { bookingsUpcomingMax: 2 })
  expect(coming.slice(0, 4).map(one => one.is)).toEqual(['booked', 'booked', 'too-many-bookings', 'too-many-bookings'])
})

test('where it is full they wait, or not when they do not wish to; where they hold a spot or wait already, that stays', async () => {
  const { series } = await aSeries(db, { capacity: 1 })
  const [full, held, waited] = idsOf(await sessionsOf(db, series.id), 0, 1, 2) as [SessionId, SessionId, SessionId]
  const [member, other] = [await aPayer(), await aPayer()]
  for (const id of [full, waited]) await desk.book(other, { id })
  await desk.hold(member, { id: held })
  await desk.join(member, { id: waited })
  const told = async (joinsWaitlist?: boolean) => {
    const wish = { seriesId: series.id, ...(joinsWaitlist === undefined ? {} : { joinsWaitlist }) }
    return (await foreseen(member, wish)).slice(0, 3).map(one => one.is)
  }
  expect(await told()).toEqual(['waitlisted', null, 'waitlisted'])
  expect(await told(false)).toEqual(['session-full', null, 'waitlisted'])
})
