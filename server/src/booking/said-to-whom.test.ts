// A refusal speaks to who reads it: of the client to staff, and to a trainer whom it is about themselves.
import { expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { aFrontDesk, refusal } from '../../test/front-desk.ts'
import { aServer, type Told } from '../../test/server.ts'
import { aLot, aMember, anAdmin, aSession, aTemplate, aTrainer, type Person } from '../../test/world.ts'

const { db, clock } = await aDatabase()
const { ask } = await aServer(db)
const desk = await aFrontDesk(db)
const admin = await anAdmin(db)

const said = ({ problem }: Told) => [problem.code, problem['detail']]
const wait = (by: Person, { id }: { id: string }, who: Person) => ask(by, 'POST', `/api/v1/admin/waitlist/${id}/entries`, { body: { userId: who.id } })
const book = (by: Person, { id }: { id: string }, who: Person) => ask(by, 'POST', `/api/v1/admin/sessions/${id}/bookings`, { body: { userId: who.id, means: { method: 'any' } } })
const change = (by: Person, { id }: { id: string }, body: object) => ask(by, 'PATCH', `/api/v1/admin/sessions/${id}`, { body })

async function aPayer(kind: (of: typeof db) => Promise<Person> = aMember): Promise<Person> {
  const member = await kind(db)
  await aLot(db, member)
  return member
}

test('staff who put somebody on a waitlist read of the client', async () => {
  const session = await aSession(db, { capacity: 2, startsAt: clock.now().add({ hours: 48 }) })
  const [books, holds, waits] = [await aPayer(), await aPayer(), await aPayer()]
  await desk.book(books, session)
  expect(said(await wait(admin, session, waits))).toEqual(['session-not-full', 'This class still has a free spot. Book it instead.'])
  await desk.hold(holds, session)
  expect((await wait(admin, session, waits)).status).toBe(201)
  expect(said(await wait(admin, session, books))).toEqual(['already-booked', 'This client already has a spot in this class.'])
  expect(said(await wait(admin, session, holds))).toEqual(['already-held', 'This client is holding a spot in this class already.'])
  expect(said(await wait(admin, session, waits))).toEqual(['already-waiting', 'This client is on this waitlist already.'])
  expect((await refusal('already-waiting', desk.join(waits, session))).message).toBe('You are on this waitlist already.')
  const [blocked, now] = [await aPayer(), clock.now()]
  await db.sql`insert into booking_blocks (user_id, starts_at, ends_at, strikes_max, created_at) values (${blocked.id}, ${now}, ${now.add({ hours: 1 })}, 0, ${now})`
  expect((await wait(admin, session, blocked)).problem).toMatchObject({ code: 'member-blocked', detail: expect.stringMatching(/ this client can book again from /) })
})

test('a trainer who books themselves in reads that they teach it, or have a spot, themselves', async () => {
  const alex = await aPayer(aTrainer)
  const own = await aSession(db, { trainerId: alex.id })
  expect(said(await book(alex, own, alex))).toEqual(['own-class', 'You teach this class yourself.'])
  expect(said(await book(admin, own, alex))).toEqual(['own-class', 'They teach this class themselves.'])
})

test('a trainer who makes, publishes or moves a class over a spot or class of theirs reads that it is theirs', async () => {
  const alex = await aPayer(aTrainer)
  const taken = await aSession(db, { startsAt: clock.now().add({ hours: 72 }) })
  await desk.book(alex, taken)
  const { id: templateId } = await aTemplate(db, { trainerId: alex.id })
  const startsAt = String(taken.startsAt)
  const make = (by: Person, at: string, status: string) => ask(by, 'POST', '/api/v1/admin/sessions', { body: { templateId, startsAt: at, status } })
  const yours = ['trainer-busy', 'You have a spot in “Morning Strength” at that time.']
  expect(said(await make(alex, startsAt, 'published'))).toEqual(yours)
  expect(said(await change(alex, (await make(alex, startsAt, 'draft')).json as { id: string }, { status: 'published' }))).toEqual(yours)
  const own = await aSession(db, { trainerId: alex.id, startsAt: taken.startsAt.add({ hours: 5 }) })
  expect(said(await change(alex, own, { startsAt }))).toEqual(yours)
  expect(said(await change(admin, own, { startsAt }))).toEqual(['trainer-busy', 'The trainer has a spot in “Morning Strength” at that time.'])
  const look = await ask(alex, 'GET', `/api/v1/admin/sessions/${own.id}/change-preview?startsAt=${encodeURIComponent(startsAt)}`)
  expect(look.json).toMatchObject({ sentence: yours[1] })
  expect(said(await make(alex, String(own.startsAt), 'published'))).toEqual(['trainer-busy', 'You already teach “Morning Strength” at that time.'])
  const later = await aSession(db, { trainerId: alex.id, startsAt: own.startsAt.add({ hours: 5 }) })
  expect(said(await change(alex, later, { startsAt: String(own.startsAt) }))).toEqual(['trainer-busy', 'You already teach “Morning Strength” at that time.'])
})

test('a substitute who is in that very class is named as being in it', async () => {
  const alex = await aPayer(aTrainer)
  const session = await aSession(db, { startsAt: clock.now().add({ hours: 96 }) })
  await desk.book(alex, session)
  expect(said(await change(admin, session, { trainerId: alex.id }))).toEqual(['trainer-busy', 'The trainer has a spot in “Morning Strength” itself.'])
})
