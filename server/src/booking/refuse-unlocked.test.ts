// The sold-out class, refused without a lock: it refuses only whom the locks would refuse, and writes nothing.
import { beforeEach, expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { aFrontDesk, keyed, refusal } from '../../test/front-desk.ts'
import { anotherHandle } from '../../test/handles.ts'
import { aLot, aMember, aSession, type Person } from '../../test/world.ts'
import type { ClassSession } from '../schedule/class-sessions.ts'
import type { HoldAsk } from './hold-spots.ts'
import { refuseUnlocked } from './refuse-unlocked.ts'

const { db, clock, url } = await aDatabase()
const desk = await aFrontDesk(db)
const elsewhere = await aFrontDesk(anotherHandle({ url, clock }))
let session: ClassSession
let holder: Person
let hold: { id: string; expiresAt: string }

async function aPayer(): Promise<Person> {
  const member = await aMember(db)
  await aLot(db, member)
  return member
}

/** A class of one whose spot is held; this desk has told somebody so, and looks without a lock from then on. */
beforeEach(async () => {
  session = await aSession(db, { capacity: 1 })
  holder = await aPayer()
  hold = await elsewhere.hold(holder, session)
  await refusal('session-held', desk.hold(await aPayer(), session))
})

const askOf = (who: Person): HoldAsk => ({ sessionId: session.id, keyed: keyed(who), context: who.context })
const refused = async (...asks: HoldAsk[]) => {
  const verdicts = await refuseUnlocked(desk.house, asks)
  return asks.map(ask => {
    const verdict = verdicts.get(ask)
    return verdict && 'code' in verdict ? verdict.code : verdict
  })
}

test('a stranger is refused with the facts that the locks would give, while somebody else keeps the class locked', async () => {
  const keeper = await db.sql.reserve()
  await keeper`begin`
  await keeper`select from class_sessions where id = ${session.id} for update`
  await keeper`select from users where id = ${holder.id} for update`
  const no = await refusal('session-held', desk.hold(await aPayer(), session))
  expect(no.facts).toEqual({ waitlistLength: 0, canJoinWaitlist: true, nextReleaseAt: hold.expiresAt })
  await keeper`rollback`
  keeper.release()
})

test('whoever has a hold, an offer or a booking here is not refused without a lock', async () => {
  const [booker, offered] = [await aPayer(), await aPayer()]
  await desk.confirm(holder, hold)
  expect(await refused(askOf(holder), askOf(booker))).toEqual([undefined, 'session-full'])
  await desk.join(offered, session)
  await desk.cancel(holder, (await db.sql<[{ id: string }]>`select id from bookings where session_id = ${session.id}`)[0])
  await desk.settle()
  expect(await refused(askOf(offered), askOf(booker))).toEqual([undefined, 'session-full'])
  expect((await desk.hold(offered, session)).kind).toBe('offer')
})

test('a key on record is replayed, though the class is full and its hold has gone', async () => {
  const [member, other] = [await aPayer(), await aSession(db, { capacity: 1 })]
  const ask = { sessionId: other.id, keyed: keyed(member), context: member.context }
  const first = await desk.desk.hold(ask)
  await desk.release(member, JSON.parse(first.body))
  await desk.hold(holder, await aSession(db, { startsAt: session.endsAt }))
  await desk.hold(await aPayer(), other)
  await refusal('session-held', desk.hold(await aPayer(), other))
  expect(await desk.desk.hold(ask)).toEqual({ ...first, replayed: true })
})

test('a hold that has run out lets the next in, though no sweep has run', async () => {
  clock.set(Temporal.Instant.from(hold.expiresAt).subtract({ microseconds: 1 }))
  expect(await refused(askOf(holder), askOf(await aPayer()))).toEqual([undefined, 'session-held'])
  clock.set(Temporal.Instant.from(hold.expiresAt))
  const next = await aPayer()
  expect(await refused(askOf(next))).toEqual([undefined])
  expect((await desk.hold(next, session)).status).toBe('active')
})

test('a spot that another process freed is had at the next asking', async () => {
  await elsewhere.release(holder, hold)
  expect((await desk.hold(await aPayer(), session)).status).toBe('active')
})

test('between a cancellation and its offer the refusal stands: nobody jumps whoever waits', async () => {
  const [{ booking }, waiting] = [await desk.confirm(holder, hold), await aPayer()]
  await desk.join(waiting, session)
  await elsewhere.cancel(holder, booking)
  expect(await refused(askOf(await aPayer()))).toEqual(['session-full'])
})

test('a class that began, or was called off, is refused as such', async () => {
  await db.sql`update class_sessions set status = 'cancelled' where id = ${session.id}`
  expect(await refused(askOf(await aPayer()))).toEqual(['session-not-bookable'])
  await db.sql`update class_sessions set status = 'published' where id = ${session.id}`
  await desk.confirm(holder, hold)
  clock.set(session.startsAt)
  expect(await refused(askOf(await aPayer()))).toEqual(['booking-closed'])
})

test('a class that is not there is left to the locks', async () => {
  const stranger = { ...askOf(await aPayer()), sessionId: holder.id as never }
  expect(await refused(stranger)).toEqual([undefined])
  await refusal('not-found', desk.hold(await aPayer(), { id: holder.id as never }))
})
