// Guarantees of stopping a series and of closures: nothing is made any more, who is affected is shown first, and nobody loses anything.
import { expect, test } from 'vitest'
import type { EndingPreview } from '@fitflow/contract/closures.ts'
import { aDatabase } from '../../test/database.ts'
import { aFrontDesk } from '../../test/front-desk.ts'
import { aSeries, sessionsOf } from '../../test/series.ts'
import { aServer } from '../../test/server.ts'
import { aLot, aMember, anAdmin, aSession, aTrainer } from '../../test/world.ts'
import { growSeries } from '../schedule/grow-series.ts'

const { db, clock } = await aDatabase()
const desk = await aFrontDesk(db)
const server = await aServer(db)
const admin = await anAdmin(db)

async function aPayer(name = 'Mia Member') {
  const member = await aMember(db, name)
  await aLot(db, member)
  return member
}

const balanceOf = async ({ id }: { id: string }) => (await db.sql`select credits_balance from memberships where user_id = ${id}`)[0]?.['creditsBalance']
const stop = (id: string, body: object, headers = {}) => server.ask(admin, 'POST', `/api/v1/admin/series/${id}/stop`, { body, headers })
const close = (from: Temporal.Instant, to: Temporal.Instant, reason = 'Works') =>
  server.ask(admin, 'POST', '/api/v1/admin/closures', { body: { startsAt: String(from), endsAt: String(to), reason } })

test('a series that stops keeps its past, cancels what is ahead with everything returned, and makes no more', async () => {
  const { series } = await aSeries(db)
  const [first, second] = await sessionsOf(db, series.id)
  const member = await aPayer()
  await desk.book(member, { id: second!.id as never })
  const path = `/api/v1/admin/series/${series.id}/stop-preview?endsBefore=${second!.on}&booked=cancel`
  const { json } = await server.ask(admin, 'GET', path)
  const preview = json as EndingPreview
  expect(preview.sessions).toHaveLength(7)
  expect(preview.sessions[0]).toMatchObject({ id: second!.id, people: [{ user: { name: 'Mia Member' }, fate: 'returned', creditsReturned: 1 }] })
  expect(preview).toMatchObject({ kept: [], creditsReturned: 1, sentence: '7 classes would be cancelled; one person would be told, and everything would come back to them.' })

  expect(await stop(series.id, { endsBefore: second!.on, booked: 'cancel' })).toMatchObject({ status: 200, json: { endsBefore: second!.on } })
  const after = await sessionsOf(db, series.id)
  expect(after.map(one => one.status)).toEqual(['published', ...Array<string>(7).fill('cancelled')])
  expect(after[0]!.id).toBe(first!.id)
  expect(await balanceOf(member)).toBe(1000)
  clock.advance({ hours: 24 * 14 })
  await growSeries(desk.house)
  expect(await sessionsOf(db, series.id)).toHaveLength(8)
})

test('asked to keep what is booked, it keeps what somebody holds, has booked or waits for, and nothing else', async () => {
  const { series } = await aSeries(db, { template: { defaultCapacity: 1 }, wallTime: '08:00' })
  const [, booked, held, wished] = await sessionsOf(db, series.id)
  const [one, two, three] = [await aPayer(), await aPayer(), await aPayer()]
  const { booking } = await desk.book(one, { id: booked!.id as never })
  await desk.hold(two, { id: held!.id as never })
  const taken = await desk.book(two, { id: wished!.id as never })
  await desk.join(three, { id: wished!.id as never })
  await db.sql`update waitlist_entries set passed_over_reason = 'insufficient-credits' where user_id = ${three.id}`
  await db.sql`update class_sessions set waiting = 0 where id = ${wished!.id}`
  await desk.cancel(two, taken.booking)
  const { json } = await server.ask(admin, 'GET', `/api/v1/admin/series/${series.id}/stop-preview?endsBefore=${booked!.on}&booked=keep`)
  expect((json as EndingPreview).kept).toMatchObject([{ id: booked!.id, booked: 1 }, { id: held!.id, booked: 0 }, { id: wished!.id }])
  await stop(series.id, { endsBefore: booked!.on, booked: 'keep' })
  const statuses = (await sessionsOf(db, series.id)).map(session => session.status)
  expect(statuses.slice(0, 5)).toEqual(['published', 'published', 'published', 'published', 'cancelled'])
  expect(await db.sql`select status from bookings where id = ${booking.id}`).toEqual([{ status: 'confirmed' }])
})

test('an earlier end stays when a later one is asked for, and an older version is refused', async () => {
  const { series } = await aSeries(db, { wallTime: '09:00' })
  const sessions = await sessionsOf(db, series.id)
  await stop(series.id, { endsBefore: sessions[2]!.on, booked: 'cancel' })
  expect((await stop(series.id, { endsBefore: sessions[4]!.on, booked: 'cancel' })).json).toMatchObject({ endsBefore: sessions[2]!.on })
  expect((await stop(series.id, { endsBefore: sessions[1]!.on, booked: 'cancel' }, { 'if-match': '"1"' })).status).toBe(412)
})

test('a class that has begun is not the series’ to stop', async () => {
  const { series } = await aSeries(db, { rrule: 'FREQ=DAILY', wallTime: '06:00' })
  const [next] = (await sessionsOf(db, series.id)).filter(one => one.startsAt > String(clock.now()))
  clock.advance({ seconds: clock.now().until(Temporal.Instant.from(next!.startsAt)).total('seconds') })
  await stop(series.id, { endsBefore: next!.on, booked: 'cancel' })
  const statuses = (await sessionsOf(db, series.id)).filter(one => one.on >= next!.on).map(one => one.status)
  expect(statuses[0]).toBe('published')
  expect(new Set(statuses.slice(1))).toEqual(new Set(['cancelled']))
})

test('a closure cancels what it touches and nothing that only meets it, and its reason is what people read', async () => {
  const day = clock.now().add({ hours: 24 * 20 }).round({ smallestUnit: 'hour' })
  const at = (hours: number) => day.add({ hours })
  const [before, into, inside, after] = [await aSession(db, { startsAt: at(-1) }), await aSession(db, { startsAt: at(-1).add({ minutes: 1 }) }), await aSession(db, { startsAt: at(2) }), await aSession(db, { startsAt: at(4) })]
  const member = await aPayer()
  await desk.book(member, inside)
  const span = `startsAt=${encodeURIComponent(String(at(0)))}&endsAt=${encodeURIComponent(String(at(4)))}`
  const { json } = await server.ask(admin, 'GET', `/api/v1/admin/closures-preview?${span}`)
  expect((json as EndingPreview).sessions.map(session => session.id)).toEqual([into.id, inside.id])
  expect(await close(at(0), at(4), 'A burst pipe')).toMatchObject({ status: 201, json: { reason: 'A burst pipe', liftedAt: null } })
  const rows = await db.sql<{ id: string; status: string }[]>`select id, status from class_sessions where id = any(${[before.id, into.id, inside.id, after.id]})`
  const statusOf = (id: string) => rows.find(row => row.id === id)?.status
  expect([before, into, inside, after].map(session => statusOf(session.id))).toEqual(['published', 'cancelled', 'cancelled', 'published'])
  expect(await balanceOf(member)).toBe(1000)
  const [receipt] = await db.sql`select sentence from decision_receipts where user_id = ${member.id} and rule = 'cancel-studio'`
  expect(receipt?.['sentence']).toContain('A burst pipe')
})

test('no series makes a class inside a closure, and once it is lifted those that are still missing are made', async () => {
  const on = clock.now().add({ hours: 24 * 70 }).toZonedDateTimeISO('UTC').toPlainDate()
  const closed = await close(on.toZonedDateTime('UTC').toInstant(), on.add({ days: 1 }).toZonedDateTime('UTC').toInstant())
  const { series } = await aSeries(db, { rrule: 'FREQ=DAILY', wallTime: '11:00', startsOn: String(on.subtract({ days: 1 })) })
  clock.advance({ hours: 24 * 20 })
  await growSeries(desk.house)
  const has = async () => (await sessionsOf(db, series.id)).some(one => one.on === String(on))
  expect(await has()).toBe(false)
  expect(await server.ask(admin, 'DELETE', `/api/v1/admin/closures/${(closed.json as { id: string }).id}`)).toMatchObject({ status: 200 })
  await growSeries(desk.house)
  expect(await has()).toBe(true)
})

test('closures are listed until they are over, then among the past ones', async () => {
  const now = clock.now()
  const made = await close(now.subtract({ hours: 1 }), now.add({ hours: 1 }))
  const { id } = made.json as { id: string }
  const listed = async (past: boolean) => ((await server.ask(await aTrainer(db), 'GET', `/api/v1/admin/closures?past=${past}&limit=200`)).json as { items: { id: string }[] }).items.some(one => one.id === id)
  expect([await listed(false), await listed(true)]).toEqual([true, false])
  clock.advance({ hours: 1 })
  expect([await listed(false), await listed(true)]).toEqual([false, true])
})

test('a closure that ends as it begins, is over, or ends farther ahead than two years, is refused', async () => {
  const now = clock.now()
  const far = now.toZonedDateTimeISO('UTC').add({ years: 2 }).toInstant()
  expect((await close(far.subtract({ hours: 1 }), far.add({ milliseconds: 1 }))).json).toMatchObject({ code: 'invalid-request', errors: [{ path: 'body/endsAt' }] })
  expect((await close(far.subtract({ hours: 1 }), far)).status).toBe(201)
  expect((await close(now.add({ hours: 1 }), now.add({ hours: 1 }))).json).toMatchObject({ code: 'invalid-request', errors: [{ path: 'body/endsAt' }] })
  expect((await close(now.subtract({ hours: 2 }), now)).json).toMatchObject({ code: 'invalid-request', errors: [{ path: 'body/endsAt' }] })
})
