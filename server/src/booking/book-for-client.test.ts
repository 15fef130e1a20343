// Guarantees when staff book for a client: the walk-in gets in, nobody is overbooked, nobody jumps who waits.
import { beforeEach, describe, expect, test } from 'vitest'
import type { BookedForClient, BookForClient } from '@fitflow/contract/session-changes.ts'
import { aDatabase } from '../../test/database.ts'
import { aFrontDesk, keyed, refusal } from '../../test/front-desk.ts'
import { aLot, aMember, anAdmin, aSession, aTrainer, type Person } from '../../test/world.ts'
import { newId, type SessionId, type UserId } from '../platform/ids.ts'
import { bookForClient } from './book-for-client.ts'

const { db, clock } = await aDatabase()
const desk = await aFrontDesk(db)
let admin: Person
beforeEach(async () => {
  admin = await anAdmin(db)
})

const paid: BookForClient['means'] = { method: 'any' }
async function book(session: { id: SessionId }, client: { id: UserId }, { by = admin, squeeze = false, means = paid } = {}): Promise<BookedForClient> {
  const wish = { userId: client.id, means }
  const answer = await bookForClient(desk.house, session.id, { keyed: keyed(by), context: by.context, wish, squeeze })
  return JSON.parse(answer.body) as BookedForClient
}
const countsOf = async ({ id }: { id: SessionId }) =>
  (await db.sql`select capacity, taken, waiting, waitlist_length as length from class_sessions where id = ${id}`)[0]

async function aPayer(): Promise<Person> {
  const member = await aMember(db)
  await aLot(db, member)
  return member
}

describe('a booking by staff', () => {
  test('is paid by the client, says who made it, and is told like any other', async () => {
    const [client, session] = [await aPayer(), await aSession(db)]
    const { booking, receipt } = await book(session, client)
    expect(booking).toMatchObject({ status: 'confirmed', creditsUsed: 1, method: 'credits' })
    expect(receipt.sentence).toMatch(/^Booked Morning Strength with 1 credit/)
    expect(await db.sql`select booked_by, user_id from bookings where id = ${booking.id}`).toEqual([{ bookedBy: admin.id, userId: client.id }])
    expect(await db.sql`select from outbox where topic = 'booking.confirmed' and data ->> 'bookingId' = ${booking.id}`).toHaveLength(1)
  })

  test('is made after booking has closed and while the class runs, and not once it is over', async () => {
    const session = await aSession(db, { startsAt: clock.now().add({ hours: 1 }) })
    clock.set(session.startsAt.add({ minutes: 5 }))
    await book(session, await aPayer())
    clock.set(session.endsAt)
    await refusal('session-not-bookable', book(session, await aPayer()))
  })

  test('costs nothing when it is a gift, and needs nothing on the account', async () => {
    const [client, session] = [await aMember(db), await aSession(db)]
    await refusal('insufficient-credits', book(session, client))
    const { booking } = await book(session, client, { means: { method: 'complimentary', reason: 'First visit' } })
    expect(booking).toMatchObject({ method: 'complimentary', creditsUsed: 0 })
  })

  test('takes a spot only where one is free for the public: whoever waits comes first', async () => {
    const session = await aSession(db, { capacity: 1 })
    const [first, waiting] = [await aPayer(), await aPayer()]
    const { booking } = await desk.book(first, session)
    await refusal('session-full', book(session, await aPayer()))
    await desk.join(waiting, session)
    await desk.cancel(first, booking)
    const no = await refusal('session-full', book(session, await aPayer()))
    expect(no.facts).toEqual({ taken: 0, waiting: 1, capacity: 1, canSqueezeIn: true })
    await desk.settle()
  })

  test('frees first what has run out', async () => {
    const [session, client] = [await aSession(db, { capacity: 1 }), await aPayer()]
    await desk.hold(await aPayer(), session)
    await refusal('session-full', book(session, client))
    clock.advance({ minutes: 10 })
    expect((await book(session, client)).booking.status).toBe('confirmed')
  })

  test('ends the client’s own place in the queue, and refuses a client who is in already, holds, or is elsewhere', async () => {
    const session = await aSession(db, { capacity: 1 })
    const [inside, waiting] = [await aPayer(), await aPayer()]
    await desk.book(inside, session)
    await desk.join(waiting, session)
    await refusal('already-booked', book(session, inside))
    await book(session, waiting, { squeeze: true })
    expect(await countsOf(session)).toEqual({ capacity: 2, taken: 2, waiting: 0, length: 0 })
    await refusal('overlapping-booking', book(await aSession(db), inside))
    const other = await aSession(db)
    const holder = await aPayer()
    await desk.hold(holder, other)
    await refusal('already-held', book(other, holder))
  })

  test('is made in spite of a block: staff may override it', async () => {
    const [client, session, now] = [await aPayer(), await aSession(db), clock.now()]
    await db.sql`
      insert into booking_blocks (user_id, strikes_max, starts_at, ends_at, created_at)
      values (${client.id}, 0, ${now}, ${now.add({ hours: 24 })}, ${now})`
    await refusal('member-blocked', desk.hold(client, session))
    expect((await book(session, client)).booking.status).toBe('confirmed')
  })

  test('is a trainer’s to make in their own class only; nobody who is not there can be booked', async () => {
    const [trainer, client] = [await aTrainer(db), await aPayer()]
    await book(await aSession(db, { trainerId: trainer.id }), client, { by: trainer })
    await refusal('not-found', book(await aSession(db), client, { by: trainer }))
    await refusal('not-found', book(await aSession(db), { id: newId<UserId>() }))
  })
})

describe('squeezing in', () => {
  test('takes no more than planned while a spot is free', async () => {
    const session = await aSession(db, { capacity: 1 })
    expect(await book(session, await aPayer(), { squeeze: true })).toMatchObject({ capacity: 1 })
  })

  test('makes the class one larger for this one, audited, and nobody who waits is passed by', async () => {
    const session = await aSession(db, { capacity: 1 })
    const [first, waiting, friend] = [await aPayer(), await aPayer(), await aPayer()]
    await desk.book(first, session)
    await desk.join(waiting, session)
    expect(await book(session, friend, { squeeze: true })).toMatchObject({ capacity: 2 })
    await desk.settle()
    expect(await countsOf(session)).toEqual({ capacity: 2, taken: 2, waiting: 1, length: 1 })
    const audit = await db.sql`select action, user_id from audit_log where entity_id = ${session.id} and action in ('squeezed in', 'changed')`
    expect(audit.map(one => one.action).sort()).toEqual(['changed', 'squeezed in'])
    expect(audit.map(one => one.userId)).toEqual([admin.id, admin.id])
  })

  test('a client with nothing to pay with leaves the class as it was', async () => {
    const [session, poor] = [await aSession(db, { capacity: 1 }), await aMember(db)]
    await desk.book(await aPayer(), session)
    await refusal('insufficient-credits', book(session, poor, { squeeze: true }))
    expect(await countsOf(session)).toMatchObject({ capacity: 1, taken: 1 })
  })
})
