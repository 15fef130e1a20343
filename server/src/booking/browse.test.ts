// Guarantees of the schedule page: what is on it, in which order and pages, what the asker has there, and how fresh it is.
import { expect, test } from 'vitest'
import type { Session, SessionQuery } from '@fitflow/contract/sessions.ts'
import type { Page } from '@fitflow/contract/scalars.ts'
import { aDatabase } from '../../test/database.ts'
import { aFrontDesk, refusal } from '../../test/front-desk.ts'
import { anotherHandle } from '../../test/handles.ts'
import { aLot, aMember, aSession, aTemplate, aTrainer, type Person, type SessionWish } from '../../test/world.ts'
import { openSettings } from '../schedule/settings.ts'
import { openBrowse } from './browse.ts'
import type { Rendered } from './rendered.ts'

const { db, clock, url } = await aDatabase()
const desk = await aFrontDesk(db)
const browse = openBrowse(desk.house)
const elsewhere = anotherHandle({ url, clock })
const far = openBrowse({ db: elsewhere, settings: await openSettings(elsewhere) })

const read = ({ json }: Rendered) => JSON.parse(json.toString()) as Page<Session>
const ask = async (query: SessionQuery = {}, who: Person | null = null, where = browse) => read(await where.page(query, who?.id ?? null))
const idsOf = ({ items }: Page<Session>) => items.map(item => item.id)

// A day of its own for each test: nobody sees another's classes.
let day = Temporal.PlainDate.from('2027-02-01')
const nextDay = () => (day = day.add({ days: 1 }))
const on = (date: Temporal.PlainDate): { from: string; to: string } => ({ from: String(date), to: String(date) })
const aClass = (hour: number, wish: SessionWish = {}) =>
  aSession(db, { startsAt: day.toZonedDateTime({ timeZone: 'UTC', plainTime: { hour } }).toInstant(), ...wish })
const aPayer = async () => {
  const member = await aMember(db)
  await aLot(db, member)
  return member
}

test('a day’s classes by start, and nobody else’s: neither drafts nor other days', async () => {
  nextDay()
  const [evening, morning] = [await aClass(18), await aClass(7)]
  await aClass(9, { status: 'draft' })
  const midnight = await aClass(24 - 1)
  day = day.add({ days: 1 })
  await aClass(0)
  expect(idsOf(await ask(on(day.subtract({ days: 1 }))))).toEqual([morning.id, evening.id, midnight.id])
})

test('filters by trainer, by type, and by whether a spot is free, each alone and together', async () => {
  const query = on(nextDay())
  const trainer = await aTrainer(db)
  const yoga = await aTemplate(db, { type: 'Yoga', trainerId: trainer.id })
  const strength = await aTemplate(db, { type: 'Strength', trainerId: trainer.id })
  const [one, two, three] = [await aClass(7, { templateId: yoga.id }), await aClass(9, { templateId: strength.id }), await aClass(11, { templateId: yoga.id, capacity: 1 })]
  const others = await aClass(13)
  await desk.hold(await aPayer(), three)
  expect(idsOf(await ask({ ...query, trainer_id: trainer.id }))).toEqual([one.id, two.id, three.id])
  expect(idsOf(await ask({ ...query, type: 'Strength' }))).toEqual([two.id, others.id])
  expect(idsOf(await ask({ ...query, available: true }))).toEqual([one.id, two.id, others.id])
  expect(idsOf(await ask({ ...query, trainer_id: trainer.id, type: 'Yoga', available: true }))).toEqual([one.id])
})

test('pages lead through everything once, also where classes start together and one is added in between', async () => {
  const query = { ...on(nextDay()), limit: 2 }
  const made = [await aClass(7), await aClass(7), await aClass(7), await aClass(9), await aClass(9)]
  const first = await ask(query)
  expect(idsOf(first)).toEqual([made[0]!.id, made[1]!.id])
  await aClass(6)
  const second = await ask({ ...query, cursor: first.nextCursor! })
  const third = await ask({ ...query, cursor: second.nextCursor! })
  expect([...idsOf(second), ...idsOf(third)]).toEqual(made.slice(2).map(session => session.id))
  expect(third.nextCursor).toBeNull()
  await refusal('invalid-request', ask({ ...query, cursor: 'forged' }))
})

test('a page that is exactly full is the last one', async () => {
  const query = { ...on(nextDay()), limit: 2 }
  await aClass(7)
  await aClass(9)
  expect((await ask(query)).nextCursor).toBeNull()
})

test('what the asker has in each class is theirs alone to see', async () => {
  const query = on(nextDay())
  const [mia, other] = [await aPayer(), await aPayer()]
  const [held, booked, waited, offered] = [await aClass(7), await aClass(9), await aClass(11, { capacity: 1 }), await aClass(13, { capacity: 1 })]
  await aClass(15)
  await desk.hold(mia, held)
  await desk.book(mia, booked)
  await desk.book(other, waited)
  await desk.join(mia, waited)
  const { booking } = await desk.book(other, offered)
  await desk.join(mia, offered)
  await desk.cancel(other, booking)
  await desk.settle()
  const mine = async (who: Person | null) => (await ask(query, who)).items.map(item => item.mine)
  expect(await mine(mia)).toEqual(['held', 'booked', 'waiting', 'offered', null])
  expect(await mine(other)).toEqual([null, null, 'booked', null, null])
  expect(await mine(null)).toEqual([null, null, null, null, null])
})

test('one’s own change, and a spot taken by anybody, are on the very next page; and soon in every other process', async () => {
  const query = on(nextDay())
  const [session, mia] = [await aClass(7, { capacity: 2 }), await aPayer()]
  const look = async (where = browse) => (await ask(query, mia, where)).items.map(({ mine, spotsLeft }) => ({ mine, spotsLeft }))
  expect([await look(), await look(far)]).toEqual([[{ mine: null, spotsLeft: 2 }], [{ mine: null, spotsLeft: 2 }]])
  const hold = await desk.hold(mia, session)
  expect(await look()).toEqual([{ mine: 'held', spotsLeft: 1 }])
  await expect.poll(() => look(far)).toEqual([{ mine: 'held', spotsLeft: 1 }])
  await desk.confirm(mia, hold)
  expect(await look()).toEqual([{ mine: 'booked', spotsLeft: 1 }])
  await expect.poll(() => look(far)).toEqual([{ mine: 'booked', spotsLeft: 1 }])
})

test('as long as nothing changes the same bytes are sent, under the same ETag; a change gives another', async () => {
  const query = on(nextDay())
  const [session, mia] = [await aClass(7), await aPayer()]
  const page = () => browse.page(query, mia.id)
  const first = await page()
  expect(await page()).toBe(first)
  expect((await browse.page(query, null)).etag).toBe(first.etag)
  await desk.hold(await aPayer(), session)
  const second = await page()
  expect(second.etag).not.toBe(first.etag)
  expect(await page()).toBe(second)
})

test('without a first day it begins now: what has begun is gone, to the instant', async () => {
  nextDay()
  const [gone, next] = [await aClass(7), await aClass(9)]
  clock.set(gone.startsAt)
  expect(idsOf(await ask({}))).toEqual([gone.id, next.id])
  clock.advance({ milliseconds: 1 })
  expect(idsOf(await ask({}))[0]).toBe(next.id)
})

test('without a first day the same bytes are sent as well, until a class enters at the far end, a fortnight ahead', async () => {
  nextDay()
  const [first] = [await aClass(9)]
  clock.set(first.startsAt.subtract({ hours: 1 }))
  const at = clock.now().add({ hours: 14 * 24, seconds: 30 })
  const far14 = await aSession(db, { startsAt: at })
  const page = await browse.page({}, null)
  expect(idsOf(read(page))).not.toContain(far14.id)
  clock.advance({ seconds: 30 })
  expect(await browse.page({}, null)).toBe(page)
  clock.advance({ milliseconds: 1 })
  expect(idsOf(await ask({}))).toContain(far14.id)
})

test('whoever has nothing there gets the same bytes; whoever has, gets others', async () => {
  const query = on(nextDay())
  const [session, mia, ben, zoe] = [await aClass(7), await aPayer(), await aPayer(), await aPayer()]
  await desk.hold(zoe, session)
  const page = await browse.page(query, mia.id)
  expect(await browse.page(query, ben.id)).toBe(page)
  expect(await browse.page(query, null)).toBe(page)
  expect(await browse.page(query, zoe.id)).not.toBe(page)
})

test('prices follow a change of the currency', async () => {
  const query = on(nextDay())
  await aClass(7, { dropInCents: 1500 })
  const money = async () => (await ask(query)).items.map(item => item.price.money)
  expect(await money()).toEqual([{ amount: 1500, currency: 'EUR' }])
  await db.sql`insert into settings (effective_from, "values", created_at) values (${clock.now()}, '{"currency": "USD"}', ${clock.now()})`
  db.signals.send({ settings: true })
  await expect.poll(money).toEqual([{ amount: 1500, currency: 'USD' }])
})
