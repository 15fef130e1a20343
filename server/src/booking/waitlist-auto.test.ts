// Guarantees of automatic promotion: booked at once where means cover it, free to cancel, and never so late that it is a trap.
import { expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { aFrontDesk } from '../../test/front-desk.ts'
import { aPayer, aQueue, countsOf, holdsOf, placeOf } from '../../test/queues.ts'
import { aMember, aSession, type Person } from '../../test/world.ts'
import { listBookings } from './my-bookings.ts'

const { db, clock } = await aDatabase()
const desk = await aFrontDesk(db)
const stage = { db, clock, desk }
const upcoming = async (who: Person) =>
  (await listBookings(db, { scope: 'upcoming' }, { userId: who.id, context: who.context })).items

test('in auto mode the first in line is booked at once, pays with their credits, and may cancel free for 30 minutes', async () => {
  const { session, booked, waiting } = await aQueue(stage, { length: 2, mode: 'auto' })
  await desk.cancel(booked[0]!.member, booked[0]!.booking)
  await desk.settle()
  const [booking] = await upcoming(waiting[0]!)
  expect(booking).toMatchObject({ status: 'confirmed', creditsUsed: 1, freeCancelUntil: String(clock.now().add({ minutes: 30 })) })
  expect(await upcoming(waiting[1]!)).toEqual([])
  expect(await countsOf(db, session)).toEqual({ taken: 1, waiting: 1, waitlistLength: 1 })
  expect(await placeOf(db, waiting[0]!, session)).toMatchObject({ position: null })
})

test('an accepted offer’s booking cancels free for 30 minutes too', async () => {
  const { booked, waiting } = await aQueue(stage, { length: 1 })
  await desk.cancel(booked[0]!.member, booked[0]!.booking)
  await desk.settle()
  const { booking } = await desk.confirm(waiting[0]!, (await holdsOf(db, waiting[0]!))[0]!)
  expect(booking.freeCancelUntil).toBe(String(clock.now().add({ minutes: 30 })))
})

test('nobody is auto-added inside the late window and then charged: under 12 h it is an offer, and accepted it still cancels free', async () => {
  const { booked, waiting } = await aQueue(stage, { length: 1, mode: 'auto', startsAt: clock.now().add({ hours: 11 }) })
  await desk.cancel(booked[0]!.member, booked[0]!.booking)
  await desk.settle()
  expect(await upcoming(waiting[0]!)).toEqual([])
  const [offer] = await holdsOf(db, waiting[0]!)
  expect(offer).toMatchObject({ kind: 'offer' })
  const { booking } = await desk.confirm(waiting[0]!, offer!)
  expect(await desk.preview(waiting[0]!, booking)).toMatchObject({ rule: 'full', creditsReturned: 1 })
})

test('several freed spots book several in one go, and whoever cannot pay is passed over, not booked', async () => {
  const { session, booked } = await aQueue(stage, { length: 0, capacity: 2, mode: 'auto' })
  const [poor, first, second] = [await aMember(db), await aPayer(db), await aPayer(db)]
  for (const who of [poor, first, second]) {
    clock.advance({ seconds: 1 })
    await desk.join(who, session)
  }
  for (const one of booked) await desk.cancel(one.member, one.booking)
  await desk.settle()
  expect((await Promise.all([poor, first, second].map(upcoming))).map(list => list.length)).toEqual([0, 1, 1])
  expect(await placeOf(db, poor, session)).toMatchObject({ position: 1, passedOver: 'insufficient-credits' })
  expect(await countsOf(db, session)).toEqual({ taken: 2, waiting: 0, waitlistLength: 1 })
})

test('nobody is added to two classes at once: the second is passed over', async () => {
  const one = await aQueue(stage, { length: 0, mode: 'auto' })
  const other = await aQueue(stage, { length: 0, mode: 'auto', startsAt: one.session.startsAt.add({ minutes: 30 }) })
  const member = await aPayer(db)
  await desk.join(member, one.session)
  await desk.join(member, other.session)
  await desk.cancel(one.booked[0]!.member, one.booked[0]!.booking)
  await desk.cancel(other.booked[0]!.member, other.booked[0]!.booking)
  await desk.settle()
  expect(await upcoming(member)).toHaveLength(1)
  expect(await placeOf(db, member, other.session)).toMatchObject({ passedOver: 'overlapping-booking' })
})

test('promoted, then cancelled: the next in line is served, exactly once, and nothing stays behind', async () => {
  const { session, booked, waiting } = await aQueue(stage, { length: 2, mode: 'auto' })
  await desk.cancel(booked[0]!.member, booked[0]!.booking)
  await desk.settle()
  await desk.cancel(waiting[0]!, (await upcoming(waiting[0]!))[0]!)
  await desk.settle()
  expect((await Promise.all(waiting.map(upcoming))).map(list => list.length)).toEqual([0, 1])
  expect(await countsOf(db, session)).toEqual({ taken: 1, waiting: 0, waitlistLength: 0 })
})

test('who has no means left when the spot comes keeps the place: credits are asked for at the offer, not at the join', async () => {
  const { session, booked } = await aQueue(stage, { length: 0, mode: 'auto' })
  const member = await aMember(db)
  await desk.join(member, session)
  await desk.cancel(booked[0]!.member, booked[0]!.booking)
  await desk.settle()
  expect(await placeOf(db, member, session)).toMatchObject({ position: 1, passedOver: 'insufficient-credits' })
  await desk.hold(await aPayer(db), session)
  await desk.hold(await aPayer(db), await aSession(db))
})
