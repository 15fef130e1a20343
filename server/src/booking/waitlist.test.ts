// Guarantees of the waitlist's core: its order, its offers, and that nobody jumps whoever waits.
import { expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { aFrontDesk, refusal } from '../../test/front-desk.ts'
import { aLot, aMember, aSession, system, type Person } from '../../test/world.ts'
import { openLots } from '../credits/open-lots.ts'
import { transact } from '../platform/tx.ts'
import { listHolds } from './my-holds.ts'
import { readPlace } from './waitlist-place.ts'

const { db, clock } = await aDatabase()
const desk = await aFrontDesk(db)

async function aPayer() {
  const member = await aMember(db)
  await aLot(db, member)
  return member
}

/** A class whose only spots are booked, and members who wait for one in this order. */
async function aQueue(length: number, capacity = 1) {
  const session = await aSession(db, { capacity })
  const booked = []
  for (let n = 0; n < capacity; n++) {
    const member = await aPayer()
    booked.push({ member, ...(await desk.book(member, session)) })
  }
  const waiting: Person[] = []
  for (let n = 0; n < length; n++) {
    clock.advance({ seconds: 1 })
    const member = await aPayer()
    await desk.join(member, session)
    waiting.push(member)
  }
  return { session, booked, waiting }
}

const place = (who: Person, session: { id: string }) => readPlace(db, session.id as never, { userId: who.id, context: who.context })
const offers = async (who: Person) => (await listHolds(db, { userId: who.id, context: who.context })).items
const counts = async (session: { id: string }) =>
  (await db.sql`select taken, waiting, waitlist_length from class_sessions where id = ${session.id}`)[0]

test('a freed spot is offered to the first in line for five minutes, and to nobody else', async () => {
  const { session, booked, waiting } = await aQueue(2)
  await desk.cancel(booked[0]!.member, booked[0]!.booking)
  await desk.settle()
  const [offer] = await offers(waiting[0]!)
  expect(offer).toMatchObject({ kind: 'offer', expiresAt: String(clock.now().add({ minutes: 5 })) })
  expect(await offers(waiting[1]!)).toEqual([])
  expect(await place(waiting[0]!, session)).toMatchObject({ position: null, length: 1, offer: { holdId: offer!.id } })
  expect(await place(waiting[1]!, session)).toMatchObject({ position: 1, length: 1, offer: null })
})

test('between a cancellation and its offer nobody jumps the queue', async () => {
  const { session, booked } = await aQueue(1)
  await desk.cancel(booked[0]!.member, booked[0]!.booking)
  await refusal('session-full', desk.hold(await aPayer(), session))
  expect(await counts(session)).toEqual({ taken: 0, waiting: 1, waitlistLength: 1 })
})

test('an accepted offer is a booking, and its member waits no longer', async () => {
  const { session, booked, waiting } = await aQueue(1)
  await desk.cancel(booked[0]!.member, booked[0]!.booking)
  await desk.settle()
  const hold = await desk.hold(waiting[0]!, session)
  expect(hold.kind).toBe('offer')
  expect((await desk.confirm(waiting[0]!, hold)).booking.status).toBe('confirmed')
  expect(await counts(session)).toEqual({ taken: 1, waiting: 0, waitlistLength: 0 })
})

test('a declined offer goes to the next, and a declined member is off the list', async () => {
  const { session, booked, waiting } = await aQueue(2)
  await desk.cancel(booked[0]!.member, booked[0]!.booking)
  await desk.settle()
  await desk.release(waiting[0]!, (await offers(waiting[0]!))[0]!)
  await desk.settle()
  expect(await offers(waiting[1]!)).toHaveLength(1)
  expect(await place(waiting[0]!, session)).toMatchObject({ position: null, offer: null })
})

test('an offer that runs out puts its member last, once; the second time they are off the list', async () => {
  const { session, booked, waiting } = await aQueue(2)
  await desk.cancel(booked[0]!.member, booked[0]!.booking)
  for (const next of [0, 1, 0]) {
    await desk.settle()
    expect(await offers(waiting[next]!)).toHaveLength(1)
    clock.advance({ minutes: 5 })
    await desk.sweep()
  }
  await desk.settle()
  expect(await place(waiting[0]!, session)).toMatchObject({ position: null, offer: null })
  expect(await offers(waiting[1]!)).toHaveLength(1)
})

test('several freed spots promote several people, in order', async () => {
  const { booked, waiting } = await aQueue(4, 3)
  for (const one of booked) await desk.cancel(one.member, one.booking)
  await desk.settle()
  const made = await Promise.all(waiting.map(offers))
  expect(made.map(list => list.length)).toEqual([1, 1, 1, 0])
})

test('whoever cannot pay is passed over with the reason, keeps their place, and is asked again once they can', async () => {
  const { session, booked } = await aQueue(0)
  const [poor, rich] = [await aMember(db), await aPayer()]
  await desk.join(poor, session)
  clock.advance({ seconds: 1 })
  await desk.join(rich, session)
  await desk.cancel(booked[0]!.member, booked[0]!.booking)
  await desk.settle()
  expect(await place(poor, session)).toMatchObject({ position: 1, passedOver: 'insufficient-credits' })
  expect(await offers(rich)).toHaveLength(1)
  expect(await counts(session)).toEqual({ taken: 1, waiting: 0, waitlistLength: 1 })
  await grant(poor)
  await desk.settle()
  expect(await place(poor, session)).toMatchObject({ position: 1, passedOver: null })
  expect(await counts(session)).toEqual({ taken: 1, waiting: 1, waitlistLength: 1 })
  await desk.release(rich, (await offers(rich))[0]!)
  await desk.settle()
  expect(await offers(poor)).toHaveLength(1)
})

async function grant({ id: userId }: Person): Promise<void> {
  await transact(db, system, {}, async tx => {
    const validUntil = tx.now.add({ hours: 2400 })
    const lots = openLots(tx, [{ userId, credits: 500, planType: 'complimentary', name: 'Gift', reason: 'a gift', validUntil }], 'UTC')
    tx.emit('credit.granted', { transactionIds: lots.flatMap(lot => lot.line?.id ?? []), userId, bookingId: null })
  })
}

test('whoever has something else at that time is passed over, and served when that is gone', async () => {
  const { session, booked, waiting } = await aQueue(1)
  const other = await aSession(db, { startsAt: session.startsAt.add({ minutes: 30 }) })
  const hold = await desk.hold(waiting[0]!, other)
  await desk.cancel(booked[0]!.member, booked[0]!.booking)
  await desk.settle()
  expect(await place(waiting[0]!, session)).toMatchObject({ passedOver: 'overlapping-booking' })
  await desk.release(waiting[0]!, hold)
  await desk.settle()
  expect(await offers(waiting[0]!)).toHaveLength(1)
})

test('raising the capacity promotes whoever waits', async () => {
  const { session, waiting } = await aQueue(2)
  await transact(db, system, { sessions: [session.id] }, async tx => {
    await tx.sql`update class_sessions set capacity = 2, version = version + 1 where id = ${session.id}`
    tx.emit('session.changed', { sessionId: session.id, version: 99 })
  })
  await desk.settle()
  expect(await offers(waiting[0]!)).toHaveLength(1)
  expect(await offers(waiting[1]!)).toHaveLength(0)
})

test('joining: once, only when nothing is free, and not while holding or booked', async () => {
  const { session, booked, waiting } = await aQueue(1)
  await refusal('already-waiting', desk.join(waiting[0]!, session))
  await refusal('already-booked', desk.join(booked[0]!.member, session))
  await refusal('session-not-full', desk.join(await aPayer(), await aSession(db)))
  const [holder, small] = [await aPayer(), await aSession(db, { capacity: 1 })]
  await desk.hold(holder, small)
  await refusal('already-held', desk.join(holder, small))
  clock.set(session.startsAt)
  await refusal('waitlist-closed', desk.join(await aPayer(), session))
})

test('leaving the list gives an offer to the next', async () => {
  const { session, booked, waiting } = await aQueue(2)
  await desk.cancel(booked[0]!.member, booked[0]!.booking)
  await desk.settle()
  await desk.leave(waiting[0]!, session)
  await desk.settle()
  expect(await offers(waiting[1]!)).toHaveLength(1)
  await refusal('not-found', desk.leave(waiting[0]!, session))
})

test('taking a public spot ends one’s own wait', async () => {
  const { session, waiting } = await aQueue(1)
  await db.sql`update class_sessions set capacity = 3 where id = ${session.id}`
  await desk.hold(waiting[0]!, session)
  expect(await counts(session)).toEqual({ taken: 2, waiting: 0, waitlistLength: 0 })
})

test('the same event handled twice makes one offer', async () => {
  const { booked, waiting } = await aQueue(2)
  await desk.cancel(booked[0]!.member, booked[0]!.booking)
  await Promise.all([desk.settle(), desk.settle()])
  expect((await Promise.all(waiting.map(offers))).map(list => list.length)).toEqual([1, 0])
})
