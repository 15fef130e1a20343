// Guarantees when staff change a class: nobody loses a spot by it, and whoever waits gains one.
import { expect, test } from 'vitest'
import type { SessionChange, StaffSession } from '@fitflow/contract/sessions.ts'
import { aDatabase } from '../../test/database.ts'
import { aFrontDesk, keyed, refusal } from '../../test/front-desk.ts'
import { aLot, aMember, anAdmin, aSession, aTrainer, type Person } from '../../test/world.ts'
import { expectVersion } from '../platform/etag.ts'
import { newId, type SessionId } from '../platform/ids.ts'
import { editSession } from './edit-session.ts'
import { listHolds } from './my-holds.ts'

const { db, clock } = await aDatabase()
const desk = await aFrontDesk(db)
const admin = await anAdmin(db)

async function edit(who: Person, { id }: { id: SessionId }, change: SessionChange, ifMatch?: string): Promise<StaffSession> {
  const refuseStale = (version: number) => expectVersion(ifMatch === undefined ? {} : { 'if-match': ifMatch }, version)
  const answer = await editSession(desk.house, id, { keyed: keyed(who), context: who.context, change, refuseStale })
  return JSON.parse(answer.body)
}

async function aPayer(): Promise<Person> {
  const member = await aMember(db)
  await aLot(db, member)
  return member
}

/** A class of three: two have booked, one holds, two wait. */
async function aFullClass() {
  const session = await aSession(db, { capacity: 3 })
  const members = await Promise.all(Array.from({ length: 5 }, aPayer))
  const [first, second, third, fourth, fifth] = members as [Person, Person, Person, Person, Person]
  const booking = await desk.book(first, session)
  await desk.book(second, session)
  const hold = await desk.hold(third, session)
  await desk.join(fourth, session)
  clock.advance({ seconds: 1 })
  await desk.join(fifth, session)
  return { session, booking, hold, booker: first, holder: third, waiting: [fourth, fifth] as const }
}

const offersOf = async (who: Person) => (await listHolds(db, { userId: who.id, context: who.context })).items.filter(hold => hold.kind === 'offer')

test('a class that people have a part in is not taken back: the counts are told, and nothing has changed', async () => {
  const { session } = await aFullClass()
  const no = await refusal('session-state', edit(admin, session, { status: 'draft' }))
  expect(no.facts).toMatchObject({ state: 'published', held: 1, booked: 2, waiting: 2 })
  const [row] = await db.sql`select status, starts_at, taken, waiting from class_sessions where id = ${session.id}`
  expect(row).toEqual({ status: 'published', startsAt: session.startsAt, taken: 3, waiting: 2 })
})

test('a cancelled class cancels what is in it, and when it is published again its spots are free and its bookings stay cancelled', async () => {
  const { session, booking, booker } = await aFullClass()
  expect(await edit(admin, session, { status: 'cancelled', reason: 'The heating is out' })).toMatchObject({ status: 'cancelled', taken: 0, waiting: 0 })
  expect(await edit(admin, session, { status: 'published' })).toMatchObject({ status: 'published', taken: 0, spotsLeft: 3 })
  const [row] = await db.sql`select status, cancel_kind from bookings where id = ${booking.booking.id}`
  expect(row).toEqual({ status: 'cancelled', cancelKind: 'studio' })
  expect((await desk.book(booker, session)).booking.status).toBe('confirmed')
})

test('a class is not published again once it would have started, nor while its trainer teaches something else', async () => {
  const trainer = await aTrainer(db)
  const session = await aSession(db, { trainerId: trainer.id })
  await edit(admin, session, { status: 'cancelled' })
  const other = await aSession(db, { trainerId: trainer.id, startsAt: session.startsAt })
  const no = await refusal('trainer-busy', edit(admin, session, { status: 'published' }))
  expect(no.facts).toMatchObject({ otherSessionId: other.id })
  await edit(admin, other, { status: 'cancelled' })
  clock.set(session.startsAt)
  await refusal('session-state', edit(admin, session, { status: 'published' }))
})

test('a class that somebody once booked becomes no draft again, though it is empty; it may be cancelled and published anew', async () => {
  const [member, session] = [await aPayer(), await aSession(db)]
  await desk.cancel(member, (await desk.book(member, session)).booking)
  const no = await refusal('session-state', edit(admin, session, { status: 'draft' }))
  expect(no.facts).toMatchObject({ held: 0, booked: 0, waiting: 0 })
  expect(await edit(admin, session, { status: 'cancelled' })).toMatchObject({ status: 'cancelled' })
  expect(await edit(admin, session, { status: 'published' })).toMatchObject({ status: 'published' })
})

test('the capacity goes down to what is taken, and not below', async () => {
  const [session, members] = [await aSession(db, { capacity: 9 }), await Promise.all([aPayer(), aPayer(), aPayer()])]
  await desk.book(members[0], session)
  await desk.book(members[1], session)
  await desk.hold(members[2], session)
  const no = await refusal('capacity-below-taken', edit(admin, session, { capacity: 2 }))
  expect(no.facts).toEqual({ capacity: 2, taken: 3 })
  expect(await edit(admin, session, { capacity: 3 })).toMatchObject({ capacity: 3, taken: 3, held: 1, booked: 2, spotsLeft: 0 })
})

test('a raised capacity is offered to as many of those who wait as now fit, in their order', async () => {
  const { session, waiting } = await aFullClass()
  await edit(admin, session, { capacity: 4 })
  await desk.settle()
  expect([await offersOf(waiting[0]), await offersOf(waiting[1])]).toMatchObject([[{ sessionId: session.id }], []])
  const after = await edit(admin, session, { capacity: 9 })
  expect(after, 'whoever waits comes before the public').toMatchObject({ taken: 4, held: 2, waiting: 1, spotsLeft: 4 })
  await desk.settle()
  expect(await offersOf(waiting[1])).toHaveLength(1)
})

test('what is asked in one change happens together or not at all', async () => {
  const session = await aSession(db)
  const startsAt = String(session.startsAt.add({ hours: 2 }))
  await refusal('session-state', edit(admin, session, { startsAt, capacity: 5, status: 'draft' }).then(() => edit(admin, session, { startsAt: String(clock.now()), capacity: 7 })))
  const [row] = await db.sql`select capacity, status, starts_at from class_sessions where id = ${session.id}`
  expect(row).toEqual({ capacity: 5, status: 'draft', startsAt: Temporal.Instant.from(startsAt) })
})

test('a trainer changes their own classes; another’s is not there, nor is one that never was', async () => {
  const trainer = await aTrainer(db)
  const [own, others] = [await aSession(db, { trainerId: trainer.id }), await aSession(db)]
  expect(await edit(trainer, own, { capacity: 5 })).toMatchObject({ capacity: 5 })
  await refusal('not-found', edit(trainer, others, { capacity: 5 }))
  await refusal('not-found', edit(admin, { id: newId<SessionId>() }, { capacity: 5 }))
})

test('an edit made on what has changed since is refused, one on what is there now is not', async () => {
  const session = await aSession(db)
  await desk.hold(await aPayer(), session)
  const no = await refusal('precondition-failed', edit(admin, session, { capacity: 5 }, `W/"v${session.version}-abc"`))
  expect(no.facts).toEqual({ version: session.version + 1 })
  const after = await edit(admin, session, { capacity: 5 }, `W/"v${session.version + 1}-abc"`)
  expect(after).toMatchObject({ capacity: 5, version: session.version + 2 })
})

test('the same key edits once', async () => {
  const session = await aSession(db)
  const command = { keyed: keyed(admin), context: admin.context, change: { capacity: 5 }, refuseStale: () => {} }
  const answers = [await editSession(desk.house, session.id, command), await editSession(desk.house, session.id, command)]
  expect(answers.map(answer => answer.replayed)).toEqual([false, true])
  expect((await db.sql`select from outbox where data->>'sessionId' = ${session.id}`).length).toBe(1)
})
