// Guarantees around the start: until when spots are offered, when they are public again, who may join late, and that nobody waits for ever.
import { expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { aFrontDesk, refusal } from '../../test/front-desk.ts'
import { aPayer, aQueue, countsOf, holdsOf, placeOf } from '../../test/queues.ts'
import { system } from '../../test/world.ts'
import { transact } from '../platform/tx.ts'
import { readSessionPage } from './session-page.ts'

const { db, clock } = await aDatabase()
const desk = await aFrontDesk(db)
const stage = { db, clock, desk }
const spotsLeft = async (session: { id: string }) =>
  (await readSessionPage(desk.house, session.id as never, { userId: null, context: system })).spotsLeft

test('a spot freed at the cutoff is public again, and one freed before it is not', async () => {
  const { session, booked } = await aQueue(stage, { length: 3, capacity: 2 })
  const cutoff = session.startsAt.subtract({ minutes: 30 })
  clock.set(cutoff.subtract({ milliseconds: 1 }))
  await desk.cancel(booked[0]!.member, booked[0]!.booking)
  expect(await spotsLeft(session)).toBe(0)
  await refusal('session-full', desk.hold(await aPayer(db), session))
  await desk.settle()
  expect(await countsOf(db, session)).toEqual({ taken: 2, waiting: 2, waitlistLength: 2 })
  clock.set(cutoff)
  await desk.cancel(booked[1]!.member, booked[1]!.booking)
  await desk.settle()
  expect(await countsOf(db, session)).toEqual({ taken: 1, waiting: 2, waitlistLength: 2 })
  expect(await spotsLeft(session)).toBe(1)
  await refusal('session-not-full', desk.join(await aPayer(db), session))
  await desk.hold(await aPayer(db), session)
})

test('an offer made before the cutoff ends at the start at the latest, and its spot is then public, not offered on', async () => {
  const { session, booked, waiting } = await aQueue(stage, { length: 2 })
  clock.set(session.startsAt.subtract({ minutes: 31 }))
  await desk.cancel(booked[0]!.member, booked[0]!.booking)
  await desk.settle()
  clock.advance({ minutes: 5 })
  await desk.sweep()
  await desk.settle()
  expect((await Promise.all(waiting.map(who => holdsOf(db, who)))).flat()).toEqual([])
  expect(await spotsLeft(session)).toBe(1)
})

test('no offer is sent after the start: a spot freed before it is nobody’s then', async () => {
  const { session, booked, waiting } = await aQueue(stage, { length: 1 })
  clock.set(session.startsAt.subtract({ minutes: 1 }))
  await desk.cancel(booked[0]!.member, booked[0]!.booking)
  clock.set(session.startsAt)
  await desk.settle()
  expect(await holdsOf(db, waiting[0]!)).toEqual([])
})

/** Marks a booking as a no-show, and touches the class: whatever wakes the Waitlist Manager, it looks at what is true. */
async function miss({ booking }: { booking: { id: string; sessionId: string } }) {
  await transact(db, system, {}, async tx => {
    await tx.sql`update bookings set status = 'no_show' where id = ${booking.id}`
    tx.emit('session.changed', { sessionId: booking.sessionId, version: 1 })
  })
}

test('a no-show’s spot is offered until 20 minutes after the start, exactly once, and can be taken while the class runs', async () => {
  const { session, booked, waiting } = await aQueue(stage, { length: 2, capacity: 2 })
  clock.set(session.startsAt.add({ minutes: 16 }))
  await db.sql`update class_sessions set status = 'in_progress' where id = ${session.id}`
  await miss(booked[0]!)
  await Promise.all([desk.settle(), desk.settle()])
  const [offer] = await holdsOf(db, waiting[0]!)
  expect(offer).toMatchObject({ kind: 'offer', expiresAt: String(session.startsAt.add({ minutes: 20 })) })
  expect(await holdsOf(db, waiting[1]!)).toEqual([])
  expect(await countsOf(db, session)).toEqual({ taken: 2, waiting: 1, waitlistLength: 1 })
  expect((await desk.confirm(waiting[0]!, offer!)).booking.status).toBe('confirmed')
})

test('declined, a no-show’s spot goes to the next; nobody left, it stays free and no other no-show gives theirs up', async () => {
  const { session, booked, waiting } = await aQueue(stage, { length: 2, capacity: 2 })
  clock.set(session.startsAt.add({ minutes: 10 }))
  await miss(booked[0]!)
  await desk.settle()
  await desk.release(waiting[0]!, (await holdsOf(db, waiting[0]!))[0]!)
  await desk.settle()
  await desk.release(waiting[1]!, (await holdsOf(db, waiting[1]!))[0]!)
  await desk.settle()
  await miss(booked[1]!)
  await desk.settle()
  expect(await countsOf(db, session)).toEqual({ taken: 1, waiting: 0, waitlistLength: 0 })
})

test('a no-show nobody waits for keeps the spot', async () => {
  const { session, booked } = await aQueue(stage, { length: 0 })
  clock.set(session.startsAt.add({ minutes: 10 }))
  await miss(booked[0]!)
  await desk.settle()
  expect(await countsOf(db, session)).toMatchObject({ taken: 1 })
})

test('after late joining ends a no-show changes nothing', async () => {
  const { session, booked, waiting } = await aQueue(stage, { length: 1 })
  clock.set(session.startsAt.add({ minutes: 20 }))
  await miss(booked[0]!)
  await desk.settle()
  expect(await holdsOf(db, waiting[0]!)).toEqual([])
  expect(await countsOf(db, session)).toMatchObject({ taken: 1 })
})

test('a late-join offer cannot be accepted after late joining has ended', async () => {
  const { session, booked, waiting } = await aQueue(stage, { length: 1 })
  clock.set(session.startsAt.add({ minutes: 18 }))
  await miss(booked[0]!)
  await desk.settle()
  const [offer] = await holdsOf(db, waiting[0]!)
  clock.set(session.startsAt.add({ minutes: 20 }))
  await refusal('hold-expired', desk.confirm(waiting[0]!, offer!))
})

test('nobody waits for ever: when late joining has ended the list is closed, by however many workers, once, and each who waited is told', async () => {
  const { session, waiting } = await aQueue(stage, { length: 2 })
  clock.set(session.startsAt.add({ minutes: 20 }).subtract({ milliseconds: 1 }))
  await desk.closeLists()
  expect(await countsOf(db, session)).toMatchObject({ waitlistLength: 2 })
  clock.advance({ milliseconds: 1 })
  await Promise.all([desk.closeLists(), desk.closeLists()])
  expect(await countsOf(db, session)).toEqual({ taken: 1, waiting: 0, waitlistLength: 0 })
  expect(await placeOf(db, waiting[0]!, session)).toMatchObject({ position: null, length: 0 })
  expect(await db.sql`select state from waitlist_entries where session_id = ${session.id}`).toEqual([{ state: 'closed' }, { state: 'closed' }])
  const told = await db.sql`select data ->> 'userId' as user_id from outbox where topic = 'waitlist.closed' and data ->> 'sessionId' = ${session.id} order by id`
  expect(told.map(one => one.userId)).toEqual(waiting.map(who => who.id))
})
