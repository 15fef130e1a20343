// Guarantees of an offer that has run out and that no sweep has come by for: whoever it was made to finds things as the clock has them.
import { expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { aFrontDesk, keyed, refusal } from '../../test/front-desk.ts'
import { aPayer, aQueue, countsOf, placeOf } from '../../test/queues.ts'
import { anAdmin, type Person } from '../../test/world.ts'
import type { SessionId } from '../platform/ids.ts'
import { bookForClient } from './book-for-client.ts'

const { db, clock } = await aDatabase()
const desk = await aFrontDesk(db)
const stage = { db, clock, desk }
const admin = await anAdmin(db)
const noon = Temporal.Instant.from('2027-01-11T12:00:00Z')
const night = Temporal.Instant.from('2027-01-11T23:00:00Z')

interface Offered {
  session: { id: SessionId }
  who: Person
}

const nobodyElse = { taken: 1, waiting: 0, waitlistLength: 0 }
const stateOf = async ({ session, who }: Offered) =>
  (await db.sql`select state from waitlist_entries where session_id = ${session.id} and user_id = ${who.id} order by created_at`).map(row => String(row['state']))

/** One waits, is offered the only spot, lets that run out, and is offered it again: this offer is their last. */
async function aLastOffer(): Promise<Offered> {
  clock.set(noon)
  const { session, booked, waiting } = await aQueue(stage, { length: 1 })
  await desk.cancel(booked[0]!.member, booked[0]!.booking)
  await desk.settle()
  clock.advance({ minutes: 5 })
  await desk.sweep()
  await desk.settle()
  return { session, who: waiting[0]! }
}

/** One is offered the only spot of an early class in the night, and may sleep through it. */
async function anOfferInTheNight(): Promise<Offered> {
  clock.set(night)
  const { session, booked, waiting } = await aQueue(stage, { length: 1, startsAt: night.add({ hours: 9 }) })
  await desk.cancel(booked[0]!.member, booked[0]!.booking)
  await desk.settle()
  return { session, who: waiting[0]! }
}

/** The offer itself is still theirs a millisecond before its end. */
async function untilItsEnd({ session, who }: Offered): Promise<void> {
  clock.advance({ minutes: 5 })
  clock.advance({ milliseconds: -1 })
  expect((await desk.hold(who, session)).kind).toBe('offer')
  clock.advance({ milliseconds: 1 })
}

const byStaff = ({ session, who }: Offered) =>
  bookForClient(desk.house, session.id, { keyed: keyed(admin), context: admin.context, wish: { userId: who.id, means: { method: 'any' } }, squeeze: false })

test.each([
  ['their last offer', aLastOffer, 'expired'],
  ['an offer they slept through', anOfferInTheNight, 'left'],
])('they take a public spot at the end of %s, and wait no longer', async (_, anOffer, end) => {
  const offered = await anOffer()
  await untilItsEnd(offered)
  expect((await desk.hold(offered.who, offered.session)).kind).toBe('public')
  expect(await countsOf(db, offered.session)).toEqual(nobodyElse)
  expect(await stateOf(offered)).toEqual([end])
})

test.each([
  ['their last offer', aLastOffer, 'expired'],
  ['an offer they slept through', anOfferInTheNight, 'left'],
])('staff book them at the end of %s, and they wait no longer', async (_, anOffer, end) => {
  const offered = await anOffer()
  await untilItsEnd(offered)
  expect((await byStaff(offered)).status).toBe(201)
  expect(await countsOf(db, offered.session)).toEqual(nobodyElse)
  expect(await stateOf(offered)).toEqual([end])
})

test('at the end of their last offer they may join anew, behind whoever waits; before it they have the offer', async () => {
  const offered = await aLastOffer()
  const next = await aPayer(db)
  await desk.join(next, offered.session)
  clock.advance({ minutes: 5 })
  clock.advance({ milliseconds: -1 })
  await refusal('already-held', desk.join(offered.who, offered.session))
  clock.advance({ milliseconds: 1 })
  expect(await desk.join(offered.who, offered.session)).toMatchObject({ position: 2, length: 2 })
  expect(await stateOf(offered)).toEqual(['expired', 'waiting'])
  expect(await countsOf(db, offered.session)).toEqual({ taken: 0, waiting: 2, waitlistLength: 2 })
  await desk.settle()
  expect((await placeOf(db, next, offered.session)).offer).not.toBeNull()
  expect(await placeOf(db, offered.who, offered.session)).toMatchObject({ position: 1, length: 1 })
})

test('at the end of an offer after which they go to the end of the queue they are waiting already', async () => {
  const offered = await anOfferInTheNight()
  await desk.join(await aPayer(db), offered.session)
  clock.advance({ minutes: 5 })
  await refusal('already-waiting', desk.join(offered.who, offered.session))
})
