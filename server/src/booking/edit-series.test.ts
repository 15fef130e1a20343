// Guarantees of editing a series: sessions move and are never replaced, each keeps what is its own, nobody loses by it.
import type { Series, SeriesDetail } from '@fitflow/contract/series.ts'
import type { SeriesEditPreview } from '@fitflow/contract/series-edits.ts'
import { describe, expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { aFrontDesk } from '../../test/front-desk.ts'
import { aSeries, sessionsOf, type SeriesSession } from '../../test/series.ts'
import { aServer } from '../../test/server.ts'
import { aLot, aMember, anAdmin, aSession, aTemplate, aTrainer } from '../../test/world.ts'
import type { SeriesId, SessionId } from '../platform/ids.ts'
import { growSeries } from '../schedule/grow-series.ts'

// 11 January 2027, a Monday, 09:00; series are on Wednesdays at 07:00 from the 13th.
const { db, clock } = await aDatabase()
const { ask } = await aServer(db)
const desk = await aFrontDesk(db)
const [admin, sam] = await Promise.all([anAdmin(db), aTrainer(db, 'Sam')])

const edit = (id: SeriesId, body: object, by = admin) => ask(by, 'PATCH', `/api/v1/admin/series/${id}`, { body })
const preview = async (id: SeriesId, query: Record<string, string>) =>
  (await ask(admin, 'GET', `/api/v1/admin/series/${id}/change-preview?${new URLSearchParams(query)}`)).json as SeriesEditPreview
const change = (id: string, body: object) => ask(admin, 'PATCH', `/api/v1/admin/sessions/${id}`, { body })
const hoursOf = (list: readonly SeriesSession[]) => list.map(one => one.startsAt.slice(11, 16))
const nth = (list: readonly SeriesSession[], at: number) => ({ ...(list[at] as SeriesSession), id: (list[at] as SeriesSession).id as SessionId })

async function aPayer() {
  const member = await aMember(db)
  await aLot(db, member)
  return member
}

describe('all of a series', () => {
  test('takes another hour with its ids and bookings; who booked may leave free', async () => {
    const { series } = await aSeries(db)
    const before = await sessionsOf(db, series.id)
    const member = await aPayer()
    clock.set(Temporal.Instant.from('2027-01-12T09:00:00Z'))
    const { booking } = await desk.book(member, nth(before, 0))
    const shown = await preview(series.id, { scope: 'all', wallTime: '08:30' })
    expect(shown).toMatchObject({ classes: 8, refusals: [], people: [{ fate: 'moved', user: { id: member.id }, freeCancelUntil: '2027-01-13T08:30:00Z' }] })
    expect(await edit(series.id, { scope: 'all', wallTime: '08:30' })).toMatchObject({ status: 200, json: { id: series.id, wallTime: '08:30' } })
    const after = await sessionsOf(db, series.id)
    expect(after.map(one => [one.id, one.on])).toEqual(before.map(one => [one.id, one.on]))
    expect(new Set(hoursOf(after))).toEqual(new Set(['08:30']))
    const [row] = await db.sql`select status, starts_at, free_cancel_until from bookings where id = ${booking.id}`
    const startsAt = Temporal.Instant.from('2027-01-13T08:30:00Z')
    expect(row).toEqual({ status: 'confirmed', startsAt, freeCancelUntil: startsAt })
    expect(await growSeries(desk.house)).toBe(0)
  })

  test('leaves alone what a session says for itself, field by field, and what has begun, is over or cancelled', async () => {
    const { series } = await aSeries(db, { startsOn: '2027-01-13' })
    const list = await sessionsOf(db, series.id)
    await change(nth(list, 1).id, { startsAt: '2027-01-20T10:00:00Z' })
    await change(nth(list, 2).id, { capacity: 7 })
    await change(nth(list, 3).id, { trainerId: sam.id })
    await change(nth(list, 4).id, { status: 'cancelled' })
    clock.set(Temporal.Instant.from('2027-01-13T07:00:00Z'))
    const pat = await aTrainer(db, 'Pat')
    const done = await edit(series.id, { scope: 'all', wallTime: '08:00', durationMinutes: 30, capacity: 5, trainerId: pat.id })
    expect(done.status).toBe(200)
    const shape = (await sessionsOf(db, series.id)).map(({ startsAt, minutes, capacity, trainerId }) => [startsAt.slice(11, 16), minutes, capacity, trainerId])
    const [was, is] = [['07:00', nth(list, 0).minutes, nth(list, 0).capacity, nth(list, 0).trainerId], ['08:00', 30, 5, pat.id]]
    const own = ['10:00', nth(list, 0).minutes, 5, pat.id]
    expect(shape).toEqual([was, own, ['08:00', 30, 7, pat.id], ['08:00', 30, 5, sam.id], was, is, is, is])
    await edit(series.id, { scope: 'all', wallTime: '09:00' })
    expect(hoursOf(await sessionsOf(db, series.id))).toEqual(['07:00', '10:00', '09:00', '09:00', '07:00', '09:00', '09:00', '09:00'])
  })

  test('takes along again a session that was moved away and then back to where the series has it', async () => {
    const { series } = await aSeries(db, { startsOn: '2027-01-20' })
    const list = await sessionsOf(db, series.id)
    for (const at of [1, 2]) await change(nth(list, at).id, { startsAt: nth(list, at).startsAt.replace('T07', 'T10') })
    await change(nth(list, 1).id, { startsAt: nth(list, 1).startsAt })
    expect((await edit(series.id, { scope: 'all', wallTime: '08:00' })).status).toBe(200)
    expect(hoursOf(await sessionsOf(db, series.id)).slice(0, 4)).toEqual(['08:00', '08:00', '10:00', '08:00'])
  })

  test('cancels by the studio whom it would put into two classes, with everything back, and the preview names them', async () => {
    const { series } = await aSeries(db, { startsOn: '2027-01-20' })
    const [first] = await sessionsOf(db, series.id)
    const other = await aSession(db, { startsAt: Temporal.Instant.from('2027-01-20T12:30:00Z') })
    const member = await aPayer()
    const { booking } = await desk.book(member, nth([first as SeriesSession], 0))
    await desk.book(member, other)
    const shown = await preview(series.id, { scope: 'all', wallTime: '12:00' })
    expect(shown.people).toMatchObject([{ id: booking.id, fate: 'returned', creditsReturned: 1 }])
    expect((await edit(series.id, { scope: 'all', wallTime: '12:00' })).status).toBe(200)
    const [row] = await db.sql`select status, cancel_kind from bookings where id = ${booking.id}`
    expect(row).toEqual({ status: 'cancelled', cancelKind: 'studio' })
    expect((await db.sql`select credits_balance from memberships where user_id = ${member.id}`)[0]).toEqual({ creditsBalance: 900 })
  })

  test('is refused with every clash of the trainer, and then nothing has moved', async () => {
    const { id: templateId, trainerId } = await aTemplate(db)
    const { series } = await aSeries(db, { templateId, startsOn: '2027-01-20' })
    for (const day of ['2027-01-27', '2027-02-10']) await aSession(db, { trainerId, startsAt: Temporal.Instant.from(`${day}T15:00:00Z`) })
    const before = await sessionsOf(db, series.id)
    expect(await preview(series.id, { scope: 'all', wallTime: '15:00' })).toMatchObject({ clashes: [{}, {}], refusals: [{ code: 'trainer-busy' }], people: [] })
    const told = await edit(series.id, { scope: 'all', wallTime: '15:00' })
    expect(told).toMatchObject({ status: 409, problem: { code: 'trainer-busy', clashes: [{ startsAt: '2027-01-27T15:00:00Z' }, { startsAt: '2027-02-10T15:00:00Z' }] } })
    expect(await sessionsOf(db, series.id)).toEqual(before)
  })

  test('tells a trainer nothing of when another one teaches', async () => {
    const owner = await aTrainer(db)
    const { id: templateId } = await aTemplate(db, { trainerId: owner.id })
    const { series } = await aSeries(db, { templateId, startsOn: '2027-01-20' })
    await aSession(db, { trainerId: sam.id, startsAt: Temporal.Instant.from('2027-01-27T07:00:00Z') })
    const { json } = await ask(owner, 'GET', `/api/v1/admin/series/${series.id}/change-preview?scope=all&trainerId=${sam.id}`)
    expect(json).toMatchObject({ refusals: [{ code: 'forbidden' }], clashes: [] })
    expect(await preview(series.id, { scope: 'all', trainerId: sam.id })).toMatchObject({ clashes: [{ startsAt: '2027-01-27T07:00:00Z' }] })
  })

  test('is refused a capacity that more spots are taken than, and is not there for another trainer', async () => {
    const { series } = await aSeries(db, { startsOn: '2027-01-20' })
    const [first] = await sessionsOf(db, series.id)
    for (const member of [await aPayer(), await aPayer()]) await desk.book(member, nth([first as SeriesSession], 0))
    expect(await edit(series.id, { scope: 'all', capacity: 1 })).toMatchObject({ status: 409, problem: { code: 'capacity-below-taken', taken: 2 } })
    expect((await edit(series.id, { scope: 'all', capacity: 2 })).status).toBe(200)
    expect((await edit(series.id, { scope: 'all', wallTime: '10:00' }, sam)).status).toBe(404)
  })

  test('has its new hour by the clocks of its own zone', async () => {
    const { series } = await aSeries(db, { rrule: 'FREQ=DAILY;UNTIL=20270129', startsOn: '2027-01-27' })
    await db.sql`update class_series set time_zone = 'Pacific/Auckland' where id = ${series.id}`
    expect((await edit(series.id, { scope: 'all', wallTime: '06:15' })).status).toBe(200)
    const list = await sessionsOf(db, series.id)
    const walls = list.map(one => Temporal.Instant.from(one.startsAt).toZonedDateTimeISO('Pacific/Auckland').toPlainDateTime().toString())
    expect(walls).toEqual(list.map(one => `${one.on}T06:15:00`))
  })
})

describe('this and following', () => {
  test('splits the series: what came before stays, ids and bookings go with the second part, and no day is made twice or lost', async () => {
    const { series } = await aSeries(db, { startsOn: '2027-01-20' })
    const before = await sessionsOf(db, series.id)
    await change(nth(before, 3).id, { status: 'cancelled' })
    const told = await edit(series.id, { scope: 'following', from: '2027-02-03', wallTime: '17:00' })
    const next = told.json as Series
    expect(next).toMatchObject({ continuesId: series.id, startsOn: '2027-02-03', wallTime: '17:00', endsBefore: null, nextAt: '2027-02-03T17:00:00Z' })
    expect((await ask(admin, 'GET', `/api/v1/admin/series/${series.id}`)).json).toMatchObject({ continuedById: next.id, endsBefore: '2027-02-03' })
    const [old, rest] = [await sessionsOf(db, series.id), await sessionsOf(db, next.id as SeriesId)]
    expect([...old, ...rest].map(one => [one.id, one.on])).toEqual(before.map(one => [one.id, one.on]))
    expect(hoursOf(old)).toEqual(['07:00', '07:00'])
    expect(hoursOf(rest)).toEqual(['17:00', '07:00', '17:00', '17:00', '17:00'].slice(0, rest.length))
    expect(await growSeries(desk.house)).toBe(0)
    clock.advance({ hours: 24 * 7 })
    expect(await growSeries(desk.house)).toBeGreaterThan(0)
    expect((await sessionsOf(db, series.id)).map(one => one.on)).toEqual(['2027-01-20', '2027-01-27'])
  })

  test('leaves the second part what is left of a count, and every other week the same weeks', async () => {
    const { series } = await aSeries(db, { rrule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;COUNT=5', startsOn: '2027-01-22' })
    const told = await edit(series.id, { scope: 'following', from: '2027-01-30', wallTime: '18:00' })
    const next = told.json as Series
    expect(next).toMatchObject({ startsOn: '2027-02-05', rrule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;COUNT=4' })
    expect((await sessionsOf(db, next.id as SeriesId)).map(one => one.on)).toEqual(['2027-02-05', '2027-02-19', '2027-03-05'].slice(0, 3))
  })

  test('from today on leaves alone the class that begins at this instant', async () => {
    const { series } = await aSeries(db, { rrule: 'FREQ=DAILY;COUNT=4', startsOn: '2027-01-23', wallTime: '21:00' })
    clock.set(Temporal.Instant.from('2027-01-24T21:00:00Z'))
    const told = await edit(series.id, { scope: 'following', from: '2027-01-24', wallTime: '22:00' })
    expect(told.status).toBe(200)
    expect(hoursOf(await sessionsOf(db, (told.json as Series).id as SeriesId))).toEqual(['21:00', '22:00', '22:00'])
  })

  test('from its first day on is the whole; without a day, from yesterday, or past its end it is refused', async () => {
    const { series } = await aSeries(db, { rrule: 'FREQ=DAILY;COUNT=3', startsOn: '2027-01-25', wallTime: '20:00' })
    expect((await edit(series.id, { scope: 'following', from: '2027-01-25', capacity: 3 })).json).toMatchObject({ id: series.id })
    const yesterday = String(clock.now()).slice(0, 10)
    expect((await edit(series.id, { scope: 'following', capacity: 3 })).status).toBe(400)
    expect((await edit(series.id, { scope: 'following', from: String(Temporal.PlainDate.from(yesterday).subtract({ days: 1 })), capacity: 3 })).status).toBe(400)
    expect((await edit(series.id, { scope: 'following', from: '2027-01-28', capacity: 4 })).status).toBe(400)
  })
})

test('a series that somebody else changed meanwhile is not changed on an old reading', async () => {
  const { series } = await aSeries(db, { startsOn: '2027-02-03' })
  expect((await edit(series.id, { scope: 'all', capacity: 3 })).status).toBe(200)
  const stale = await ask(admin, 'PATCH', `/api/v1/admin/series/${series.id}`, { body: { scope: 'all', capacity: 4 }, headers: { 'if-match': '"1"' } })
  expect(stale).toMatchObject({ status: 412, problem: { code: 'precondition-failed' } })
})

test('a class that a closure kept from an edit keeps its hour and size as its own when it is published again; the preview says so', async () => {
  const { series } = await aSeries(db, { rrule: 'FREQ=WEEKLY;BYDAY=WE;COUNT=3', startsOn: '2027-02-03' })
  const closure = (await ask(admin, 'POST', '/api/v1/admin/closures', { body: { startsAt: '2027-02-10T12:00:00Z', endsAt: '2027-02-10T18:00:00Z', reason: 'Works' } })).json as { id: string }
  expect((await edit(series.id, { scope: 'all', wallTime: '13:00', capacity: 5 })).status).toBe(200)
  await ask(admin, 'DELETE', `/api/v1/admin/closures/${closure.id}`)
  const shut = nth(await sessionsOf(db, series.id), 1)
  expect(shut).toMatchObject({ status: 'cancelled', startsAt: '2027-02-10T07:00:00Z', capacity: 12 })
  const asked = await ask(admin, 'GET', `/api/v1/admin/sessions/${shut.id}/change-preview?status=published`)
  expect(asked.json).toMatchObject({ sentence: 'Nobody is affected. It keeps its own time and number of spots: its series says otherwise.' })
  expect((await change(shut.id, { status: 'published' })).status).toBe(200)
  const owned = async () => ((await ask(admin, 'GET', `/api/v1/admin/series/${series.id}`)).json as SeriesDetail).occurrences.map(one => one.session?.own)
  expect(await owned()).toEqual([[], ['time', 'capacity'], []])
  // As its series has it, it is cancelled and published as before.
  await change(shut.id, { startsAt: '2027-02-10T13:00:00Z', capacity: 5 })
  for (const status of ['cancelled', 'published']) await change(shut.id, { status, ...(status === 'cancelled' ? { reason: 'Ill' } : {}) })
  expect(await owned()).toEqual([[], [], []])
})

test('a refused preview says in words what is wrong, and names the query', async () => {
  const { series } = await aSeries(db, { startsOn: '2027-02-03' })
  const past = await ask(admin, 'GET', `/api/v1/admin/series/${series.id}/change-preview?scope=following&from=2027-01-01&capacity=3`)
  expect(past.json).toMatchObject({ code: 'invalid-request', errors: [{ path: 'query/from' }] })
  const { refusals } = await preview(series.id, { scope: 'all', trainerId: (await aMember(db)).id })
  expect(refusals).toEqual([{ code: 'invalid-request', detail: expect.stringContaining('somebody who teaches') as string }])
})
