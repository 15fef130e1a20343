// Guarantees of the quiet hours: nobody is woken for a class that can wait, and nobody loses their place by sleeping.
import { expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { aFrontDesk } from '../../test/front-desk.ts'
import { aQueue, countsOf, holdsOf, placeOf } from '../../test/queues.ts'
import { listBookings } from './my-bookings.ts'

const { db, clock } = await aDatabase()
const desk = await aFrontDesk(db)
const stage = { db, clock, desk }
const evening = Temporal.Instant.from('2027-01-11T23:00:00Z')
const morning = Temporal.Instant.from('2027-01-12T07:00:00Z')
const states = (session: { id: string }) =>
  db.sql<{ state: string; passedOverReason: string | null }[]>`
    select state, passed_over_reason from waitlist_entries where session_id = ${session.id} order by created_at`

test('an offer of the night holds its spot, shows at once, is told at 07:00 and lasts five minutes from then', async () => {
  clock.set(evening)
  const { session, booked, waiting } = await aQueue(stage, { length: 2, startsAt: morning.add({ hours: 30 }) })
  await desk.cancel(booked[0]!.member, booked[0]!.booking)
  await desk.settle()
  const place = await placeOf(db, waiting[0]!, session)
  expect(place.offer).toMatchObject({ tellAt: String(morning), expiresAt: String(morning.add({ minutes: 5 })) })
  clock.set(morning.add({ minutes: 5 }).subtract({ milliseconds: 1 }))
  await desk.sweep()
  expect(await countsOf(db, session)).toEqual({ taken: 1, waiting: 1, waitlistLength: 1 })
  clock.set(morning.add({ minutes: 5 }))
  await desk.sweep()
  await desk.settle()
  expect(await holdsOf(db, waiting[1]!)).toHaveLength(1)
})

test('an offer of the night can be accepted at once', async () => {
  clock.set(evening)
  const { booked, waiting } = await aQueue(stage, { length: 1, startsAt: morning.add({ hours: 30 }) })
  await desk.cancel(booked[0]!.member, booked[0]!.booking)
  await desk.settle()
  const { booking } = await desk.confirm(waiting[0]!, (await holdsOf(db, waiting[0]!))[0]!)
  expect(booking.freeCancelUntil).toBe(String(clock.now().add({ minutes: 30 })))
})

test('booked at once in the night, one may still cancel free until 07:30', async () => {
  clock.set(evening)
  const { booked, waiting } = await aQueue(stage, { length: 1, mode: 'auto', startsAt: morning.add({ hours: 30 }) })
  await desk.cancel(booked[0]!.member, booked[0]!.booking)
  await desk.settle()
  const { items } = await listBookings(db, { scope: 'upcoming' }, { userId: waiting[0]!.id, context: waiting[0]!.context })
  expect(items).toMatchObject([{ freeCancelUntil: String(morning.add({ minutes: 30 })) }])
})

test('for a class before 09:00 it is sent at once; if it expires the next is asked, and the sleeper keeps their place for the morning', async () => {
  clock.set(evening)
  const { session, booked, waiting } = await aQueue(stage, { length: 3, capacity: 2, startsAt: morning.add({ hours: 1 }) })
  await desk.cancel(booked[0]!.member, booked[0]!.booking)
  await desk.settle()
  expect((await placeOf(db, waiting[0]!, session)).offer).toMatchObject({ tellAt: null, expiresAt: String(clock.now().add({ minutes: 5 })) })
  clock.advance({ minutes: 5 })
  await desk.sweep()
  await desk.settle()
  expect(await placeOf(db, waiting[0]!, session)).toMatchObject({ position: 1, passedOver: 'quiet-hours', offer: null })
  expect(await desk.confirm(waiting[1]!, (await holdsOf(db, waiting[1]!))[0]!)).toBeDefined()
  expect(await countsOf(db, session)).toEqual({ taken: 2, waiting: 1, waitlistLength: 2 })
  // The rest of the night is not theirs, and the reason stays.
  await desk.wake()
  expect(await states(session)).toMatchObject([{ passedOverReason: 'quiet-hours' }, { state: 'accepted' }, { passedOverReason: null }])
  clock.set(morning)
  expect(await desk.wake()).toBe(1)
  expect(await placeOf(db, waiting[0]!, session)).toMatchObject({ position: 1, passedOver: null })
  expect(await countsOf(db, session)).toEqual({ taken: 2, waiting: 2, waitlistLength: 2 })
  await desk.cancel(booked[1]!.member, booked[1]!.booking)
  await desk.settle()
  expect(await holdsOf(db, waiting[0]!)).toHaveLength(1)
  clock.advance({ minutes: 5 })
  await desk.sweep()
  await desk.settle()
  expect(await states(session)).toMatchObject([{ state: 'waiting', passedOverReason: null }, {}, { state: 'offered' }])
})

test('whom everybody slept past, the morning wakes: the spot is offered again then', async () => {
  clock.set(evening)
  const { session, booked, waiting } = await aQueue(stage, { length: 1, startsAt: morning.add({ hours: 1 }) })
  await desk.cancel(booked[0]!.member, booked[0]!.booking)
  await desk.settle()
  clock.advance({ minutes: 5 })
  await desk.sweep()
  await desk.settle()
  expect(await countsOf(db, session)).toEqual({ taken: 0, waiting: 0, waitlistLength: 1 })
  clock.set(morning)
  await Promise.all([desk.wake(), desk.wake()])
  expect(await holdsOf(db, waiting[0]!)).toHaveLength(1)
})

test('an offer that runs out just after the night goes to the next first, not to the same again', async () => {
  clock.set(morning.subtract({ minutes: 2 }))
  const { session, booked, waiting } = await aQueue(stage, { length: 2, startsAt: morning.add({ minutes: 90 }) })
  await desk.cancel(booked[0]!.member, booked[0]!.booking)
  await desk.settle()
  clock.set(morning.add({ minutes: 4 }))
  await desk.sweep()
  await desk.wake()
  await desk.settle()
  expect(await states(session)).toMatchObject([{ passedOverReason: 'quiet-hours' }, { state: 'offered' }])
  clock.advance({ minutes: 1 })
  await desk.wake()
  expect(await placeOf(db, waiting[0]!, session)).toMatchObject({ position: 1, passedOver: null })
})
