// Whatever frees a spot hands it on once: to the first who waits, and to nobody else however often it is heard of.
import { expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { aFrontDesk, keyed } from '../../test/front-desk.ts'
import { aPayer, aQueue, countsOf, holdsOf } from '../../test/queues.ts'
import { anAdmin, aSession, system, type Person } from '../../test/world.ts'
import { transact } from '../platform/tx.ts'
import { editSession } from './edit-session.ts'

const { db, clock } = await aDatabase()
const desk = await aFrontDesk(db)
const admin = await anAdmin(db)

interface Full {
  session: Awaited<ReturnType<typeof aSession>>
  waiting: Person[]
}

async function bookedUp() {
  const { session, booked, waiting } = await aQueue({ db, clock, desk }, { length: 3 })
  const { member, booking } = booked[0]!
  return { session, waiting, member, booking }
}

/** A class whose one spot somebody holds, while three wait. */
async function heldUp() {
  const session = await aSession(db, { capacity: 1 })
  const holder = await aPayer(db)
  const hold = await desk.hold(holder, session)
  const waiting: Person[] = []
  for (let n = 0; n < 3; n++) {
    clock.advance({ seconds: 1 })
    waiting.push(await aPayer(db))
    await desk.join(waiting[n]!, session)
  }
  return { session, waiting, holder, hold }
}

/** The same with the spot on offer to the first of them. */
async function offered() {
  const { session, waiting, holder, hold } = await heldUp()
  await desk.release(holder, hold)
  await desk.settle()
  const [first, ...others] = waiting as [Person, ...Person[]]
  const [offer] = await holdsOf(db, first)
  return { session, first, offer: offer!, waiting: others }
}

const raise = ({ id }: Full['session'], capacity: number) =>
  editSession(desk.house, id, { keyed: keyed(admin), context: admin.context, change: { capacity }, refuseStale: () => undefined })

const triggers: [string, () => Promise<Full>][] = [
  ['a cancellation', async () => {
    const full = await bookedUp()
    await desk.cancel(full.member, full.booking)
    return full
  }],
  ['a hold that was released', async () => {
    const full = await heldUp()
    await desk.release(full.holder, full.hold)
    return full
  }],
  ['a hold that ran out', async () => {
    const full = await heldUp()
    clock.advance({ minutes: 11 })
    await Promise.all([desk.sweep(), desk.sweep()])
    return full
  }],
  ['an offer that was declined', async () => {
    const full = await offered()
    await desk.release(full.first, full.offer)
    return full
  }],
  ['an offer that ran out', async () => {
    const full = await offered()
    clock.advance({ minutes: 6 })
    await Promise.all([desk.sweep(), desk.sweep()])
    return full
  }],
  ['an offer whose member left', async () => {
    const full = await offered()
    await desk.leave(full.first, full.session)
    return full
  }],
  ['raised capacity', async () => {
    const full = await bookedUp()
    await raise(full.session, 2)
    return full
  }],
  ['a no-show', async () => {
    const full = await bookedUp()
    clock.set(full.session.startsAt.add({ minutes: 11 }))
    await Promise.all([desk.markNoShows(), desk.markNoShows()])
    return full
  }],
]

test.each(triggers)('%s hands its spot on once, to the first in line', async (_, trigger) => {
  const { session, waiting } = await trigger()
  await Promise.all([desk.settle(), desk.settle()])
  const first = await db.sql`select user_id from spot_holds where session_id = ${session.id} and kind = 'offer' and status = 'active'`
  expect(first).toEqual([{ userId: waiting[0]!.id }])
  const counts = await countsOf(db, session)
  // Heard of again, there is nothing left to hand on.
  await transact(db, system, {}, async tx => tx.emit('session.changed', { sessionId: session.id, version: 1 }))
  await desk.settle()
  expect(await countsOf(db, session)).toEqual(counts)
  expect(await db.sql`select user_id from spot_holds where session_id = ${session.id} and kind = 'offer' and status = 'active'`).toEqual(first)
})

test('raised by two, two are served at once, in order', async () => {
  const { session, waiting } = await bookedUp()
  await raise(session, 3)
  await desk.settle()
  expect((await Promise.all(waiting.map(who => holdsOf(db, who)))).map(list => list.length)).toEqual([1, 1, 0])
})

test('whoever asks for a spot that is on offer to them is answered with the offer', async () => {
  const { session, first, offer } = await offered()
  expect(await desk.hold(first, session)).toMatchObject({ id: offer.id, kind: 'offer' })
  expect(await countsOf(db, session)).toMatchObject({ taken: 1 })
})
