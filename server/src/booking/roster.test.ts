// Who is in a class and who waits for it, as staff see it and as each member sees their own place.
import { expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { aFrontDesk, refusal } from '../../test/front-desk.ts'
import { aLot, aMember, anAdmin, aSession, type Person } from '../../test/world.ts'
import { newId, type SessionId } from '../platform/ids.ts'
import { readOnly } from '../platform/tx.ts'
import { readSessions, type ClassSession } from '../schedule/class-sessions.ts'
import { listHolds } from './my-holds.ts'
import { readSpotholders, takenBy } from './roster.ts'
import { listWaits, readPlace } from './waitlist-place.ts'

const { db, clock } = await aDatabase()
const desk = await aFrontDesk(db)
const admin = await anAdmin(db)

async function aPayer(name: string): Promise<Person> {
  const member = await aMember(db, name)
  await aLot(db, member)
  return member
}
const by = ({ id, context }: Person) => ({ userId: id, context })
const roster = ({ id }: ClassSession) =>
  readOnly(db, admin.context, async tx => readSpotholders(tx, (await readSessions(tx.sql, [id]))[0] as ClassSession))
const place = (who: Person, { id }: { id: SessionId }) => readPlace(db, id, by(who))

/** Anna has booked, Ben holds, Cleo has an offer, Dora waits first but is passed over, Emil waits. */
async function aClass() {
  const session = await aSession(db, { capacity: 3 })
  const [anna, ben, cleo, emil, leaving] = (await Promise.all(['Anna', 'Ben', 'Cleo', 'Emil', 'Finn'].map(aPayer))) as [Person, Person, Person, Person, Person]
  const dora = await aMember(db, 'Dora')
  await desk.book(anna, session)
  const { booking } = await desk.book(leaving, session)
  clock.advance({ seconds: 1 })
  const hold = await desk.hold(ben, session)
  for (const who of [dora, cleo, emil]) {
    clock.advance({ seconds: 1 })
    await desk.join(who, session)
  }
  await desk.cancel(leaving, booking)
  await desk.settle()
  return { session, anna, ben, cleo, dora, emil, hold }
}

test('staff see bookings, holds and offers in the order they were made, and the queue with its places and reasons', async () => {
  const { session, anna, ben, cleo, dora, emil, hold } = await aClass()
  const seen = await roster(session)
  expect(seen).toMatchObject({ sessionId: session.id, capacity: 3, taken: 3, waiting: 1 })
  expect(seen.entries.map(({ user, kind, status, expiresAt }) => ({ ...user, kind, status, expiresAt }))).toEqual([
    { id: anna.id, name: 'Anna', email: anna.email, kind: 'booking', status: 'confirmed', expiresAt: null },
    { id: ben.id, name: 'Ben', email: ben.email, kind: 'hold', status: 'active', expiresAt: hold.expiresAt },
    { id: cleo.id, name: 'Cleo', email: cleo.email, kind: 'offer', status: 'active', expiresAt: String(clock.now().add({ minutes: 5 })) },
  ])
  const [offer] = (await listHolds(db, by(cleo))).items
  expect(seen.waitlist.map(({ user, position, state, passedOver, offer: to }) => ({ name: user.name, position, state, passedOver, to: to?.holdId }))).toEqual([
    { name: 'Cleo', position: null, state: 'offered', passedOver: null, to: offer?.id },
    { name: 'Dora', position: 1, state: 'waiting', passedOver: 'insufficient-credits', to: undefined },
    { name: 'Emil', position: 2, state: 'waiting', passedOver: null, to: undefined },
  ])
  expect(dora.id).not.toBe(emil.id)
})

test('a member sees their own place and no other: waiting, passed over, offered, or none', async () => {
  const { session, anna, cleo, dora, emil } = await aClass()
  const none = { position: null, length: 2, odds: null, passedOver: null, offer: null }
  const [offer] = (await listHolds(db, by(cleo))).items
  expect(await place(emil, session)).toEqual({ ...none, position: 2 })
  expect(await place(dora, session)).toEqual({ ...none, position: 1, passedOver: 'insufficient-credits' })
  expect(await place(cleo, session)).toEqual({ ...none, offer: { holdId: offer?.id, expiresAt: offer?.expiresAt, madeAt: offer?.createdAt, tellAt: null } })
  expect(await place(anna, session)).toEqual(none)
})

test('an offer that has run out is shown no more, though no sweep has run', async () => {
  const { session, cleo } = await aClass()
  clock.advance({ minutes: 5 })
  expect(await place(cleo, session)).toMatchObject({ offer: null })
  expect((await listHolds(db, by(cleo))).items).toEqual([])
})

test('a member’s waits are listed with their classes, the soonest first', async () => {
  const { session, emil } = await aClass()
  const sooner = await aSession(db, { capacity: 1, startsAt: session.startsAt.subtract({ hours: 5 }) })
  await desk.book(await aPayer('Gina'), sooner)
  await desk.join(emil, sooner)
  const { items } = await listWaits(db, by(emil))
  expect(items.map(({ sessionId, position, length }) => ({ sessionId, position, length }))).toEqual([
    { sessionId: sooner.id, position: 1, length: 1 },
    { sessionId: session.id, position: 2, length: 2 },
  ])
  expect(items[0]?.session).toMatchObject({ name: 'Morning Strength', startsAt: String(sooner.startsAt) })
})

test('a draft has no waitlist to look at, and a class that never was has none either', async () => {
  const mia = await aPayer('Mia')
  await refusal('not-found', place(mia, await aSession(db, { status: 'draft' })))
  await refusal('not-found', place(mia, { id: newId<SessionId>() }))
})

test('the counts beside a list of classes are those of each class', async () => {
  const [{ session }, empty] = [await aClass(), await aSession(db)]
  const counts = await takenBy(db.sql, [session.id, empty.id])
  expect([counts.get(session.id), counts.get(empty.id)]).toMatchObject([{ held: 2, booked: 1, arrived: 0, everBooked: true }, undefined])
  await db.sql`update bookings set status = 'attended' where session_id = ${session.id} and status = 'confirmed'`
  expect((await takenBy(db.sql, [session.id])).get(session.id)).toMatchObject({ held: 2, booked: 1, arrived: 1 })
})
