// What is said of a standing reservation before it is made is what comes of it; members and staff are told and shown the same.
import { expect, test } from 'vitest'
import type { SessionDetail } from '@fitflow/contract/sessions.ts'
import type { Standing, StandingForStaff, StandingPreview, StandingSeries } from '@fitflow/contract/standing.ts'
import { aDatabase } from '../../test/database.ts'
import { aServer } from '../../test/server.ts'
import { aSeries, sessionsOf } from '../../test/series.ts'
import { aStandingStage } from '../../test/standing.ts'
import { aLot, aMember, aTrainer } from '../../test/world.ts'
import type { SessionId } from '../platform/ids.ts'

const { db, clock } = await aDatabase()
const stage = await aStandingStage(db, clock)
const { ask } = await aServer(db)
const api = '/api/v1'

test('the preview is the outcome: what is open is booked while the credits last, what is full is waited for, the rest has its turn', async () => {
  const tomorrow = String(clock.now().toZonedDateTimeISO('UTC').toPlainDate().add({ days: 1 }))
  const { series } = await aSeries(db, { startsOn: tomorrow, capacity: 1 })
  const [first] = await sessionsOf(db, series.id)
  await stage.desk.book(await stage.aPayer(), { id: first!.id as SessionId })
  const member = await aMember(db)
  await aLot(db, member, { credits: 200 })
  const { json } = await ask(member, 'GET', `${api}/standing/preview?seriesId=${series.id}`)
  const { coming } = json as StandingPreview
  expect(coming.map(one => [one.outcome, one.reason, one.credits]).slice(0, 4)).toEqual([
    ['waitlisted', null, null], ['booked', null, 1], ['booked', null, 1], ['skipped', 'insufficient-credits', null],
  ])
  expect(coming.at(-1)).toMatchObject({ outcome: null, reason: null, credits: null })
  await stage.reserve(member, { seriesId: series.id })
  await stage.run()
  const [standing] = await stage.read(member)
  const told = (list: readonly { sessionId: string; outcome: string | null; decidesAt: string }[]) => list.map(one => [one.sessionId, one.outcome, one.decidesAt])
  expect(told(standing!.coming)).toEqual(told(coming))
})

test('a member reads which series they may reserve, and on the page of a class whether they have', async () => {
  const { series, session } = await stage.aComingSession()
  const member = await stage.aPayer()
  const seen = async () => {
    const { json: list } = await ask(member, 'GET', `${api}/standing/series`)
    const { json: page } = await ask(member, 'GET', `${api}/sessions/${session.id}`)
    return [(list as { items: StandingSeries[] }).items.find(one => one.seriesId === series.id)?.standingId, (page as SessionDetail).series]
  }
  expect(await seen()).toEqual([null, { id: series.id, rrule: 'FREQ=WEEKLY;BYDAY=WE', isOpen: true, standingId: null }])
  const { json } = await ask(member, 'POST', `${api}/standing`, { body: { seriesId: series.id } })
  const { id } = json as Standing
  expect(await seen()).toEqual([id, { id: series.id, rrule: 'FREQ=WEEKLY;BYDAY=WE', isOpen: true, standingId: id }])
  expect((await ask(null, 'GET', `${api}/sessions/${session.id}`)).json).toMatchObject({ series: { standingId: null } })
  await db.sql`update class_series set ends_before = ${String(clock.now()).slice(0, 10)}::date where id = ${series.id}`
  expect(await seen()).toEqual([undefined, { id: series.id, rrule: 'FREQ=WEEKLY;BYDAY=WE', isOpen: false, standingId: id }])
})

test('staff reserve for a client in their own series, see who has a place in the order of booking, and end it', async () => {
  const [alex, sam] = [await aTrainer(db, 'Alex'), await aTrainer(db, 'Sam')]
  const { series } = await aSeries(db, { template: { trainerId: alex.id } })
  const [first, second] = [await stage.aPayer(), await stage.aPayer()]
  const make = (by: typeof alex, client: { id: string }) => ask(by, 'POST', `${api}/admin/clients/${client.id}/standing`, { body: { seriesId: series.id } })
  expect((await make(sam, first)).status).toBe(404)
  expect((await make(alex, { id: crypto.randomUUID() })).status).toBe(404)
  expect((await make(alex, first)).status).toBe(201)
  clock.advance({ milliseconds: 1 })
  expect((await make(alex, second)).status).toBe(201)
  expect((await make(alex, first)).problem).toMatchObject({ code: 'already-reserved', detail: expect.stringMatching(/^This client has a standing reservation in .* already\.$/) })
  const listed = async () => ((await ask(alex, 'GET', `${api}/admin/series/${series.id}/standing`)).json as { items: StandingForStaff[] }).items
  expect((await listed()).map(one => one.client.id)).toEqual([first.id, second.id])
  const { id } = (await listed())[0]!
  expect((await ask(sam, 'DELETE', `${api}/standing/${id}`)).status).toBe(404)
  expect((await ask(second, 'DELETE', `${api}/standing/${id}`)).status).toBe(404)
  expect((await ask(alex, 'DELETE', `${api}/standing/${id}`)).status).toBe(204)
  expect((await listed()).map(one => one.client.id)).toEqual([second.id])
  await stage.run()
  expect((await ask(alex, 'GET', `${api}/admin/clients/${second.id}/standing`)).json).toMatchObject({ items: [{ endedAt: null }] })
})
