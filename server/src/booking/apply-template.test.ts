// Guarantees of giving a template's numbers to its coming classes: only what is ahead changes, what is somebody's own stays, nobody loses by it.
import type { ApplyTemplatePreview } from '@fitflow/contract/series-edits.ts'
import { expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { aFrontDesk } from '../../test/front-desk.ts'
import { aSeries, sessionsOf } from '../../test/series.ts'
import { aServer } from '../../test/server.ts'
import { aLot, aMember, anAdmin, aSession, aTemplate, aTrainer } from '../../test/world.ts'

// 11 January 2027, a Monday, 09:00; series are on Wednesdays at 07:00 from the 13th.
const { db } = await aDatabase()
const { ask } = await aServer(db)
const desk = await aFrontDesk(db)
const [admin, sam, pat] = await Promise.all([anAdmin(db), aTrainer(db, 'Sam'), aTrainer(db, 'Pat')])
const admins = '/api/v1/admin'

const change = (id: string, body: object) => ask(admin, 'PATCH', `${admins}/templates/${id}`, { body })
const apply = (id: string, body: object = {}, by = admin) => ask(by, 'POST', `${admins}/templates/${id}/apply`, { body })
const preview = async (id: string, query = '') => (await ask(admin, 'GET', `${admins}/templates/${id}/apply-preview${query}`)).json as ApplyTemplatePreview
const at = (iso: string) => Temporal.Instant.from(iso)
const numbersOf = (list: Awaited<ReturnType<typeof sessionsOf>>) => list.map(one => [one.minutes, one.capacity, one.trainerId])

test('every class ahead takes over length, size, trainer and price, and what a class or its series says for itself stays', async () => {
  const template = await aTemplate(db)
  const { series } = await aSeries(db, { templateId: template.id })
  const { series: own } = await aSeries(db, { templateId: template.id, wallTime: '12:00', durationMinutes: 30, capacity: 5 })
  const lone = await aSession(db, { templateId: template.id, startsAt: at('2027-01-15T10:00:00Z') })
  const list = await sessionsOf(db, series.id)
  await ask(admin, 'PATCH', `${admins}/sessions/${list[1]!.id}`, { body: { capacity: 7 } })
  await ask(admin, 'PATCH', `${admins}/sessions/${list[2]!.id}`, { body: { status: 'cancelled' } })
  await ask(admin, 'PATCH', `${admins}/sessions/${list[3]!.id}`, { body: { startsAt: '2027-02-03T17:00:00Z' } })
  await ask(admin, 'PATCH', `${admins}/sessions/${list[4]!.id}`, { body: { trainerId: pat.id } })
  expect((await preview(template.id)).classes).toBe(0)

  await change(template.id, { durationMinutes: 75, defaultCapacity: 20, trainerId: sam.id, credits: 2 })
  const shown = await preview(template.id)
  expect(shown).toMatchObject({ classes: 16, repriced: 16, refusals: [], people: [], sentence: 'Nobody is affected.' })
  expect(await apply(template.id)).toMatchObject({ status: 200, json: { classes: 16 } })
  const is = [75, 20, sam.id]
  const cancelled = [60, 12, template.trainerId]
  expect(numbersOf(await sessionsOf(db, series.id))).toEqual([is, [75, 7, sam.id], cancelled, [60, 20, sam.id], [75, 20, pat.id], is, is, is])
  expect(numbersOf(await sessionsOf(db, own.id))).toEqual(Array.from({ length: 8 }, () => [30, 5, sam.id]))
  const rows = await db.sql`select capacity, price_credits, capacity_overridden from class_sessions where id = ${lone.id}`
  expect(rows).toEqual([{ capacity: 20, priceCredits: 200, capacityOverridden: false }])
  expect((await preview(template.id)).classes).toBe(0)
})

test('from a day on, what comes before stays; who has booked keeps their spot and their price, and may leave free', async () => {
  const template = await aTemplate(db)
  const { series } = await aSeries(db, { templateId: template.id })
  const [first, second] = await sessionsOf(db, series.id)
  const member = await aMember(db, 'Mia Member')
  await aLot(db, member)
  const { booking } = await desk.book(member, { id: second!.id as never })
  await change(template.id, { durationMinutes: 45, credits: 3 })
  const shown = await preview(template.id, `?from=${second!.on}`)
  expect(shown).toMatchObject({ classes: 7, people: [{ user: { name: 'Mia Member' }, fate: 'moved', freeCancelUntil: second!.startsAt }] })
  expect(await apply(template.id, { from: second!.on })).toMatchObject({ json: { classes: 7 } })
  expect((await sessionsOf(db, series.id)).slice(0, 3).map(one => [one.id, one.minutes])).toEqual([[first!.id, 60], [second!.id, 45], [expect.any(String), 45]])
  expect(await db.sql`select status, credits_used from bookings where id = ${booking.id}`).toEqual([{ status: 'confirmed', creditsUsed: 100 }])
})

test('a clash or too few spots refuse it all, and nothing has changed; another trainer’s template is not there', async () => {
  const template = await aTemplate(db)
  const { series } = await aSeries(db, { templateId: template.id })
  const [first] = await sessionsOf(db, series.id)
  await aSession(db, { trainerId: template.trainerId, startsAt: at('2027-02-10T08:00:00Z') })
  await change(template.id, { durationMinutes: 90 })
  expect((await preview(template.id)).clashes).toHaveLength(1)
  expect((await apply(template.id)).problem.code).toBe('trainer-busy')
  await change(template.id, { durationMinutes: 60, defaultCapacity: 1 })
  for (const name of ['Ann', 'Ben']) {
    const member = await aMember(db, name)
    await aLot(db, member)
    await desk.book(member, { id: first!.id as never })
  }
  expect((await preview(template.id)).refusals).toMatchObject([{ code: 'capacity-below-taken' }])
  expect((await apply(template.id)).problem.code).toBe('capacity-below-taken')
  expect(new Set((await sessionsOf(db, series.id)).map(one => `${one.minutes} ${one.capacity}`))).toEqual(new Set(['60 12']))
  expect((await apply(template.id, {}, sam)).status).toBe(404)
})

test('a trainer gives their template to their own classes, and leaves alone those that somebody else teaches', async () => {
  const template = await aTemplate(db, { trainerId: pat.id })
  const { series } = await aSeries(db, { templateId: template.id, wallTime: '15:00' })
  const [first] = await sessionsOf(db, series.id)
  await ask(admin, 'PATCH', `${admins}/sessions/${first!.id}`, { body: { trainerId: sam.id } })
  await change(template.id, { defaultCapacity: 9 })
  expect(await apply(template.id, {}, pat)).toMatchObject({ status: 200, json: { classes: 7 } })
  expect((await sessionsOf(db, series.id)).map(one => one.capacity)).toEqual([12, 9, 9, 9, 9, 9, 9, 9])
})
