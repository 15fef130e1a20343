// Guarantees of changing and stopping a series of which there is little to change: it says so, and writes nothing.
import type { StopPreview } from '@fitflow/contract/closures.ts'
import type { Series } from '@fitflow/contract/series.ts'
import type { SeriesEditPreview } from '@fitflow/contract/series-edits.ts'
import { expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { aFrontDesk } from '../../test/front-desk.ts'
import { aSeries, sessionsOf } from '../../test/series.ts'
import { aServer } from '../../test/server.ts'
import { aLot, aMember, anAdmin } from '../../test/world.ts'

// 11 January 2027, a Monday, 09:00; series are on Wednesdays at 07:00 from the 20th.
const { db } = await aDatabase()
const { ask } = await aServer(db)
const desk = await aFrontDesk(db)
const admin = await anAdmin(db)
const made = async (wish = {}) => (await aSeries(db, { startsOn: '2027-01-20', ...wish })).series

const edit = async (id: string, body: object) => (await ask(admin, 'PATCH', `/api/v1/admin/series/${id}`, { body })).json as Series
const editPreview = async (id: string, query: Record<string, string>) =>
  (await ask(admin, 'GET', `/api/v1/admin/series/${id}/change-preview?${new URLSearchParams(query)}`)).json as SeriesEditPreview
const stop = (id: string, endsBefore: string, booked = 'keep') => ask(admin, 'POST', `/api/v1/admin/series/${id}/stop`, { body: { endsBefore, booked } })
const stopPreview = (id: string, endsBefore: string, booked = 'keep') => ask(admin, 'GET', `/api/v1/admin/series/${id}/stop-preview?${new URLSearchParams({ endsBefore, booked })}`)
const auditsOf = async (id: string) => (await db.sql`select action from audit_log where entity_id = ${id}`).map(row => row['action'])
const partsOf = async (templateId: string) => Number((await db.sql`select count(*) from class_series where template_id = ${templateId}`)[0]!['count'])

test.each([
  ['the whole', { scope: 'all' }],
  ['from a day on', { scope: 'following', from: '2027-02-03' }],
])('a change of %s to what it is like already splits nothing, makes no version, and says so', async (_, where) => {
  const series = await made({ capacity: 9 })
  const same = { ...where, wallTime: '07:00', capacity: 9 }
  expect(await editPreview(series.id, { ...where, wallTime: '07:00', capacity: '9' })).toMatchObject({
    ...{ changes: false, classes: 0, refusals: [], sentence: 'Nothing changes: the series is like that already.' },
  })
  const before = await auditsOf(series.id)
  expect(await edit(series.id, same)).toMatchObject({ id: series.id, version: series.version, endsBefore: null, continuedById: null })
  expect(await auditsOf(series.id)).toEqual(before)
  expect(await partsOf(series.templateId)).toBe(1)
  expect((await editPreview(series.id, { ...where, wallTime: '07:30' })).changes).toBe(true)
})

test('a change of a part that goes on as another names the day and the hour it does so, until that one has ended', async () => {
  const series = await made()
  expect((await editPreview(series.id, { scope: 'all', wallTime: '08:00' })).notes).toEqual([])
  const next = await edit(series.id, { scope: 'following', from: '2027-02-10', wallTime: '18:15' })
  const note = 'From 10 February 2027 on it goes on at 18:15 as a series of its own, and stays as it is: change that one too if it should follow.'
  expect((await editPreview(series.id, { scope: 'all', wallTime: '08:00' })).notes).toEqual([note])
  expect((await editPreview(series.id, { scope: 'following', from: '2027-01-27', wallTime: '08:00' })).notes).toEqual([note])
  expect((await editPreview(next.id, { scope: 'all', wallTime: '08:00' })).notes).toEqual([])
  await stop(next.id, '2027-02-10', 'cancel')
  expect((await editPreview(series.id, { scope: 'all', wallTime: '08:00' })).notes).toEqual([])
})

test('of a part whose next has ended, the one after that is named', async () => {
  const series = await made()
  const second = await edit(series.id, { scope: 'following', from: '2027-01-27', wallTime: '18:00' })
  await edit(second.id, { scope: 'following', from: '2027-02-10', wallTime: '19:00' })
  await stop(second.id, '2027-01-27', 'cancel')
  expect((await editPreview(series.id, { scope: 'all', wallTime: '08:00' })).notes).toMatchObject([expect.stringContaining('From 10 February 2027 on it goes on at 19:00')])
})

test('a day after the last class is refused by the preview as by the deed, the last day by neither', async () => {
  const series = await made({ rrule: 'FREQ=WEEKLY;BYDAY=WE;COUNT=3' })
  const late = { scope: 'following', from: '2027-02-04', wallTime: '08:00' }
  const detail = 'The series has no class on 4 February 2027 or later.'
  expect(await editPreview(series.id, late)).toMatchObject({ refusals: [{ code: 'invalid-request', detail }], sentence: detail })
  expect(await ask(admin, 'PATCH', `/api/v1/admin/series/${series.id}`, { body: late })).toMatchObject({ status: 400, problem: { detail } })
  const last = { ...late, from: '2027-02-03' }
  expect(await editPreview(series.id, last)).toMatchObject({ refusals: [], classes: 1 })
  expect(await edit(series.id, last)).toMatchObject({ continuesId: series.id, startsOn: '2027-02-03' })
})

test('a stop no earlier than the one that stands says so and writes nothing, unless classes that were kept go', async () => {
  const series = await made()
  const [, , kept] = await sessionsOf(db, series.id)
  const member = await aMember(db)
  await aLot(db, member)
  await desk.book(member, { id: kept!.id as never })
  const { json: first } = await stop(series.id, '2027-01-27')
  const before = await auditsOf(series.id)
  for (const day of ['2027-01-27', '2027-02-03']) {
    const notes = ['It makes no classes from 27 January 2027 on already, and that stays.']
    expect((await stopPreview(series.id, day)).json).toMatchObject({ changes: false, sessions: [], notes, sentence: 'No class would be cancelled.' })
    expect(await stop(series.id, day)).toMatchObject({ status: 200, json: { version: (first as Series).version, endsBefore: '2027-01-27' } })
  }
  expect(await auditsOf(series.id)).toEqual(before)
  expect((await stopPreview(series.id, '2027-01-26')).json).toMatchObject({ changes: true, notes: [] })
  expect((await stopPreview(series.id, '2027-02-03', 'cancel')).json).toMatchObject({ changes: true, sessions: [{ id: kept!.id }] })
  await stop(series.id, '2027-02-03', 'cancel')
  expect((await sessionsOf(db, series.id))[2]).toMatchObject({ id: kept!.id, status: 'cancelled' })
})

test('a stop before the first class, or of a part that goes on as another, is shown as what it is; one in the past is refused', async () => {
  const series = await made()
  expect((await stopPreview(series.id, '2027-01-20')).json).toMatchObject({ changes: true, notes: ['Its first class is on 20 January 2027: it would never begin.'] })
  await edit(series.id, { scope: 'following', from: '2027-02-10', wallTime: '18:15' })
  const shown = (await stopPreview(series.id, '2027-01-27')).json as StopPreview
  expect(shown.notes).toEqual(['From 10 February 2027 on it goes on at 18:15 as a series of its own, which is not stopped.'])
  expect([(await stopPreview(series.id, '2027-01-10')).status, (await stop(series.id, '2027-01-10')).status]).toEqual([400, 400])
  expect([(await stopPreview(series.id, '2027-01-11')).status, (await stop(series.id, '2027-01-11')).status]).toEqual([200, 200])
})
