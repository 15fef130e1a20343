// Guarantees of the hold: who gets a spot, who does not, and why.
import { expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { aFrontDesk, keyed, refusal } from '../../test/front-desk.ts'
import { aLot, aMember, aSession } from '../../test/world.ts'
import type { Problem } from '../platform/problem.ts'

const { db, clock } = await aDatabase()
const desk = await aFrontDesk(db)

async function aPayer() {
  const member = await aMember(db)
  await aLot(db, member)
  return member
}

const payers = (count: number) => Promise.all(Array.from({ length: count }, aPayer))

test('a hold lasts ten minutes and says how it can be paid', async () => {
  const [member, session] = [await aPayer(), await aSession(db)]
  const hold = await desk.hold(member, session)
  expect(hold).toMatchObject({ sessionId: session.id, kind: 'public', status: 'active' })
  expect(hold.expiresAt).toBe(String(clock.now().add({ minutes: 10 })))
  expect(hold.quote.options).toEqual([expect.objectContaining({ method: 'credits', credits: 1 })])
})

test('a hold ends at the close of booking when that comes first', async () => {
  const session = await aSession(db, { startsAt: clock.now().add({ minutes: 4 }) })
  expect((await desk.hold(await aPayer(), session)).expiresAt).toBe(String(session.startsAt))
})

test('asking again while holding returns the same hold', async () => {
  const [member, session] = [await aPayer(), await aSession(db, { capacity: 1 })]
  const first = await desk.hold(member, session)
  const again = await desk.desk.hold({ sessionId: session.id, keyed: keyed(member), context: member.context })
  expect(again).toMatchObject({ status: 200, replayed: false })
  expect(JSON.parse(again.body).id).toBe(first.id)
})

test('twelve spots are taken by exactly twelve when a hundred ask at once', async () => {
  const [members, session] = [await payers(100), await aSession(db, { capacity: 12 })]
  const outcomes = await Promise.allSettled(members.map(member => desk.hold(member, session)))
  expect(outcomes.filter(one => one.status === 'fulfilled')).toHaveLength(12)
  const codes = outcomes.flatMap(one => (one.status === 'rejected' ? [(one.reason as Problem).code] : []))
  expect(new Set(codes)).toEqual(new Set(['session-held']))
})

test('while a hold might still free a spot the refusal says when; once all are booked the class is full', async () => {
  const [[first, second], session] = [await payers(2), await aSession(db, { capacity: 1 })]
  const hold = await desk.hold(first!, session)
  const held = await refusal('session-held', desk.hold(second!, session))
  expect(held.facts).toMatchObject({ nextReleaseAt: hold.expiresAt, waitlistLength: 0, canJoinWaitlist: true })
  await desk.confirm(first!, hold)
  await refusal('session-full', desk.hold(second!, session))
})

test('an expired hold never blocks a request, though no sweep has run', async () => {
  const [[first, second], session] = [await payers(2), await aSession(db, { capacity: 1 })]
  const hold = await desk.hold(first!, session)
  await refusal('session-held', desk.hold(second!, session))
  clock.set(Temporal.Instant.from(hold.expiresAt).subtract({ microseconds: 1 }))
  await refusal('session-held', desk.hold(second!, session))
  clock.set(Temporal.Instant.from(hold.expiresAt))
  expect((await desk.hold(second!, session)).status).toBe('active')
  await refusal('hold-expired', desk.confirm(first!, hold))
})

test('the sweep releases what is due and nothing else, once', async () => {
  const [[first, second], session] = [await payers(2), await aSession(db, { capacity: 2 })]
  clock.advance({ hours: 1 })
  while ((await desk.sweep()) > 0);
  await desk.hold(first!, session)
  clock.advance({ minutes: 1 })
  await desk.hold(second!, session)
  clock.advance({ minutes: 9 })
  expect(await desk.sweep()).toBe(1)
  expect(await desk.sweep()).toBe(0)
  const [row] = await db.sql`select taken from class_sessions where id = ${session.id}`
  expect(row).toEqual({ taken: 1 })
})

test('the same key takes one spot and is answered byte for byte the same, also side by side', async () => {
  const [member, session] = [await aPayer(), await aSession(db)]
  const ask = { sessionId: session.id, keyed: keyed(member), context: member.context }
  const answers = [...(await Promise.all([desk.desk.hold(ask), desk.desk.hold(ask)])), await desk.desk.hold(ask)]
  expect(answers.map(answer => answer.replayed)).toEqual([false, true, true])
  expect(new Set(answers.map(answer => answer.body)).size).toBe(1)
})

test('a key that was used for another request is refused', async () => {
  const [member, session] = [await aPayer(), await aSession(db)]
  const ask = { sessionId: session.id, keyed: keyed(member), context: member.context }
  await desk.desk.hold(ask)
  await refusal('idempotency-key-reused', desk.desk.hold({ ...ask, keyed: { ...ask.keyed, fingerprint: 'other' } }))
})

test('a member cannot hold two classes that overlap, and is told which other it is', async () => {
  const [member, session] = [await aPayer(), await aSession(db)]
  const other = await aSession(db, { startsAt: session.startsAt.add({ minutes: 59 }) })
  const hold = await desk.hold(member, session)
  const no = await refusal('overlapping-booking', desk.hold(member, other))
  expect(no.facts).toMatchObject({ otherSessionId: session.id, otherHoldId: hold.id })
})

test('a class that starts when another ends does not overlap it', async () => {
  const [member, session] = [await aPayer(), await aSession(db)]
  const next = await aSession(db, { startsAt: session.endsAt })
  await desk.hold(member, session)
  expect((await desk.hold(member, next)).status).toBe('active')
})

test('two overlapping classes asked for at the same instant: one is held', async () => {
  const [member, first, second] = [await aPayer(), await aSession(db), await aSession(db)]
  const outcomes = await Promise.allSettled([desk.hold(member, first), desk.hold(member, second)])
  expect(outcomes.map(one => one.status).toSorted()).toEqual(['fulfilled', 'rejected'])
})

test('the fourth live hold of a member is refused', async () => {
  const member = await aPayer()
  for (const hours of [1, 2, 3]) await desk.hold(member, await aSession(db, { startsAt: clock.now().add({ hours }) }))
  const fourth = await aSession(db, { startsAt: clock.now().add({ hours: 4 }) })
  expect((await refusal('too-many-holds', desk.hold(member, fourth))).facts).toMatchObject({ liveHolds: 3, liveHoldsMax: 3 })
})

test('whoever has nothing to pay with is told what is missing', async () => {
  const no = await refusal('insufficient-credits', desk.hold(await aMember(db), await aSession(db)))
  expect(no.facts).toMatchObject({ creditsNeeded: 1, creditsAvailable: 0 })
})

test('a draft is not there, a cancelled class is not bookable, and booking opens and closes to the second', async () => {
  const member = await aPayer()
  await refusal('not-found', desk.hold(member, await aSession(db, { status: 'draft' })))
  await refusal('session-not-bookable', desk.hold(member, await aSession(db, { status: 'cancelled' })))
  const far = await aSession(db, { startsAt: clock.now().add({ hours: 30 * 24, seconds: 1 }) })
  await refusal('booking-not-open', desk.hold(member, far))
  clock.advance({ seconds: 1 })
  expect((await desk.hold(member, far)).status).toBe('active')
  const near = await aSession(db, { startsAt: clock.now().add({ seconds: 1 }) })
  clock.advance({ seconds: 1 })
  await refusal('booking-closed', desk.hold(member, near))
})

test('the sixth new hold within a minute is refused, while its twin by key is replayed', async () => {
  const strict = await aFrontDesk(db, { holdsPerMinute: 5 })
  const [member, full] = [await aPayer(), await aSession(db, { capacity: 1 })]
  await desk.hold(await aPayer(), full)
  for (let n = 0; n < 4; n++) await refusal('session-held', strict.hold(member, full))
  const ask = { sessionId: (await aSession(db)).id, keyed: keyed(member), context: member.context }
  await strict.desk.hold(ask)
  const no = await refusal('rate-limited', strict.hold(member, full))
  expect(no.retryAfterSeconds).toBeGreaterThan(0)
  expect((await strict.desk.hold(ask)).replayed).toBe(true)
  strict.house.settings.close()
})
