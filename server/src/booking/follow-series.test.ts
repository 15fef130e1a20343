// A standing reservation goes with its series: into the part that continues it, and with a class that is moved.
import { expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { refusal } from '../../test/front-desk.ts'
import { sessionsOf } from '../../test/series.ts'
import { aStandingStage } from '../../test/standing.ts'
import { anAdmin } from '../../test/world.ts'
import { readOnly } from '../platform/tx.ts'
import type { SeriesId } from '../platform/ids.ts'
import { editSeries } from './edit-series.ts'
import { previewStop } from './stop-series.ts'

const { db, clock } = await aDatabase()
const { desk, command, aPayer, reserve, end, read, run, occurrence, aComingSession } = await aStandingStage(db, clock)
const admin = await anAdmin(db)

/** Staff give a series another hour from a day on: what follows is a series of its own. */
async function split(id: SeriesId, from: string, wallTime = '09:30'): Promise<SeriesId> {
  await editSeries(desk.house, id, { ...command(admin), edit: { scope: 'following', from, wallTime }, refuseStale: () => {} })
  const [next] = await db.sql<{ id: SeriesId }[]>`select id from class_series where continues_id = ${id} order by created_at desc limit 1`
  return next!.id
}

test('books in the part that continues its series, at its new hour, and shows the series as it is then', async () => {
  const { series, session, turnAt } = await aComingSession()
  const member = await aPayer()
  await reserve(member, { seriesId: series.id })
  const next = await split(series.id, session.on)
  clock.set(turnAt.add({ hours: 3 }))
  await run()
  expect(await occurrence(member, session.id)).toMatchObject({ state: 'booked', startsAt: String(session.startsAt.add({ minutes: 150 })) })
  expect((await read(member))[0]).toMatchObject({ seriesId: series.id, wallTime: '07:00' })
  clock.set(Temporal.PlainDate.from(session.on).toZonedDateTime('UTC').toInstant())
  expect((await read(member))[0]).toMatchObject({ seriesId: next, wallTime: '09:30' })
})

test('a member has one for all parts of a series, whichever part they ask for', async () => {
  const { series, session } = await aComingSession()
  const member = await aPayer()
  const next = await split(series.id, session.on)
  await reserve(member, { seriesId: next })
  await refusal('already-reserved', reserve(member, { seriesId: series.id }))
  const [, earlier] = await sessionsOf(db, series.id)
  await split(series.id, earlier!.on)
  await refusal('already-reserved', reserve(member, { seriesId: next }))
  expect(await db.sql`select from standing_reservations where user_id = ${member.id}`).toHaveLength(1)
})

test('taken in a later part it is good for those before, from its first day on', async () => {
  const { series, session, turnAt } = await aComingSession()
  const next = await split(series.id, session.on)
  const third = (await sessionsOf(db, next)).at(1)!
  await split(next, third.on, '10:00')
  const member = await aPayer()
  await reserve(member, { seriesId: next })
  clock.set(turnAt.add({ hours: 3 }))
  await run()
  expect((await occurrence(member, session.id))?.state).toBe('booked')
  expect((await occurrence(member, third.id))?.state).toBe('coming')
})

test('asked for at once in two parts of a series, one is made', async () => {
  const { series, session } = await aComingSession()
  const next = await split(series.id, session.on)
  const member = await aPayer()
  const outcomes = await Promise.allSettled([reserve(member, { seriesId: series.id }), reserve(member, { seriesId: next })])
  expect(outcomes.map(one => one.status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(outcomes.find(one => one.status === 'rejected')).toMatchObject({ reason: { code: 'already-reserved' } })
})

test('whoever stops a series hears how many reservations would have no classes then, up to the last day of each', async () => {
  const { series, session } = await aComingSession()
  const notes = async (endsBefore: string) => (await readOnly(db, admin.context, tx => previewStop(tx, desk.house, series.id, { endsBefore, booked: 'keep' }))).notes
  expect(await notes(session.on)).toEqual([])
  await reserve(await aPayer(), { seriesId: series.id, until: session.on })
  const one = 'One standing reservation in it has no classes from then on.'
  expect(await notes(session.on)).toEqual([one])
  expect(await notes(String(Temporal.PlainDate.from(session.on).add({ days: 1 })))).toEqual([])
  const gone = await aPayer()
  await end(gone, (await reserve(gone, { seriesId: series.id })).id)
  expect(await notes(session.on)).toEqual([one])
})
