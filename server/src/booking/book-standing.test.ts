// Guarantees of standing reservations: booked before the public, once, never over capacity, each occurrence with its result.
import { expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { refusal } from '../../test/front-desk.ts'
import { aSeries, sessionsOf } from '../../test/series.ts'
import { aStandingStage } from '../../test/standing.ts'
import { aLot, aMember } from '../../test/world.ts'
import type { SessionId } from '../platform/ids.ts'

const { db, clock } = await aDatabase()
const { desk, aPayer, reserve, end, run, occurrence, aComingSession } = await aStandingStage(db, clock)

test('is booked and debited an hour before the public window opens, not an instant sooner, and once', async () => {
  const { series, session, turnAt } = await aComingSession()
  const member = await aPayer()
  await reserve(member, { seriesId: series.id })
  clock.set(turnAt.subtract({ milliseconds: 1 }))
  await run()
  expect(await occurrence(member, session.id)).toMatchObject({ state: 'coming', outcome: null, decidesAt: String(turnAt) })
  clock.set(turnAt)
  await Promise.all([run(), run()])
  expect(await occurrence(member, session.id)).toMatchObject({ state: 'booked', outcome: 'booked', reason: null, decidedAt: String(turnAt) })
  expect((await occurrence(member, session.id))?.sentence).toMatch(/^Booked Morning Strength with 1 credit from the lot/)
  expect(await db.sql`select credits_used from bookings where session_id = ${session.id}`).toEqual([{ creditsUsed: 100 }])
  await refusal('booking-not-open', desk.hold(await aPayer(), session))
})

test('the older reservation comes first, the next wait in their order or are skipped with the reason, and the capacity holds', async () => {
  const { series, session, turnAt } = await aComingSession(1)
  const people = [await aPayer(), await aPayer(), await aPayer(), await aPayer()] as const
  for (const [at, member] of people.entries()) {
    await reserve(member, { seriesId: series.id, joinsWaitlist: at !== 2 })
    clock.advance({ milliseconds: 1 })
  }
  clock.set(turnAt)
  await run()
  const told = await Promise.all(people.map(member => occurrence(member, session.id)))
  expect(told.map(one => [one?.state, one?.reason, one?.sentence])).toEqual([
    ['booked', null, expect.stringMatching(/^Booked /)],
    ['waiting', null, 'The class was full: you wait in place 1.'],
    ['skipped', 'session-full', 'The class was full, and this reservation does not wait.'],
    ['waiting', null, 'The class was full: you wait in place 2.'],
  ])
})

test('one who waited and was promoted has it told: first the waitlist, then the spot', async () => {
  const { series, session, turnAt } = await aComingSession(1)
  const [first, second] = [await aPayer(), await aPayer()]
  await reserve(first, { seriesId: series.id })
  clock.advance({ milliseconds: 1 })
  await reserve(second, { seriesId: series.id })
  clock.set(turnAt)
  await run()
  clock.set(turnAt.add({ hours: 2 }))
  await desk.cancel(first, { id: (await occurrence(first, session.id))!.bookingId! })
  await desk.settle()
  expect(await occurrence(first, session.id)).toMatchObject({ state: 'cancelled', outcome: 'booked' })
  expect(await occurrence(second, session.id)).toMatchObject({ state: 'offered', outcome: 'waitlisted' })
  await desk.confirm(second, await desk.hold(second, session))
  await run()
  expect(await occurrence(second, session.id)).toMatchObject({ state: 'booked', outcome: 'waitlisted', bookingId: expect.any(String) })
  expect(await db.sql`select from bookings where session_id = ${session.id} and status = 'confirmed'`).toHaveLength(1)
  await desk.settle()
})

test('without means it is skipped and says what was missing; bought by hand later it is booked all the same', async () => {
  const { series, session, turnAt } = await aComingSession()
  const poor = await aMember(db)
  await reserve(poor, { seriesId: series.id })
  clock.set(turnAt)
  await run()
  expect(await occurrence(poor, session.id)).toMatchObject({
    ...{ state: 'skipped', reason: 'insufficient-credits', bookingId: null },
    sentence: 'This class costs 1 credit and you have 0 that are valid on its day.',
  })
  await aLot(db, poor)
  clock.set(turnAt.add({ hours: 1 }))
  await run()
  await desk.book(poor, session)
  expect(await occurrence(poor, session.id)).toMatchObject({ state: 'booked', outcome: 'skipped' })
})

test('of two at the same hour one is booked, and the other skipped because of it', async () => {
  const [one, other] = [await aComingSession(), await aComingSession()]
  expect(one.session.startsAt).toEqual(other.session.startsAt)
  const member = await aPayer()
  for (const { series } of [one, other]) await reserve(member, { seriesId: series.id })
  clock.set(one.turnAt)
  await run()
  const told = await Promise.all([one, other].map(({ session }) => occurrence(member, session.id)))
  expect(told.map(found => found?.reason).sort()).toEqual([null, 'overlapping-booking'].sort())
  expect(told.filter(found => found?.state === 'booked')).toHaveLength(1)
})

test('made when booking is open already, what is open is booked at once; where its member holds a spot, when the hold has ended', async () => {
  const { series } = await aSeries(db, { startsOn: String(clock.now().toZonedDateTimeISO('UTC').toPlainDate().add({ days: 1 })) })
  const [held, next] = (await sessionsOf(db, series.id)).map(one => ({ id: one.id as SessionId }))
  const member = await aPayer()
  const hold = await desk.hold(member, held!)
  await reserve(member, { seriesId: series.id })
  await run()
  expect((await occurrence(member, held!.id))?.state).toBe('coming')
  expect((await occurrence(member, next!.id))?.state).toBe('booked')
  await desk.release(member, hold)
  await run()
  expect((await occurrence(member, held!.id))?.state).toBe('booked')
  await desk.settle()
})

test('a second one in the same series is refused; an ended one books nothing more and may be made again', async () => {
  const { series, session, turnAt } = await aComingSession()
  const member = await aPayer()
  const { id } = await reserve(member, { seriesId: series.id })
  expect((await refusal('already-reserved', reserve(member, { seriesId: series.id }))).detail).toMatch(/^You have a standing reservation in /)
  await refusal('not-found', end(await aMember(db), id))
  await end(member, id)
  clock.set(turnAt)
  await run()
  expect(await occurrence(member, session.id)).toBeUndefined()
  await reserve(member, { seriesId: series.id })
})

test('what its member cancelled is not booked again', async () => {
  const { series, session, turnAt } = await aComingSession()
  const member = await aPayer()
  await reserve(member, { seriesId: series.id })
  clock.set(turnAt)
  await run()
  await desk.cancel(member, { id: (await occurrence(member, session.id))!.bookingId! })
  await run()
  expect(await occurrence(member, session.id)).toMatchObject({ state: 'cancelled', outcome: 'booked' })
  await desk.settle()
})

test('what the studio called off before its turn is not booked, nor is a class that is back after it was decided', async () => {
  const { series, session, turnAt } = await aComingSession()
  const member = await aPayer()
  await reserve(member, { seriesId: series.id })
  await db.sql`update class_sessions set status = 'cancelled' where id = ${session.id}`
  clock.set(turnAt)
  await run()
  expect(await occurrence(member, session.id)).toMatchObject({ state: 'called-off', outcome: null })
  await db.sql`update class_sessions set status = 'published' where id = ${session.id}`
  await run()
  expect(await occurrence(member, session.id)).toMatchObject({ state: 'booked' })
})

test('has its first and last day among them: from, until, and so many sessions', async () => {
  const { series } = await aSeries(db, { startsOn: String(clock.now().toZonedDateTimeISO('UTC').toPlainDate().add({ days: 1 })) })
  const days = (await sessionsOf(db, series.id)).map(one => one.on)
  const booked = async (wish: object) => {
    const member = await aPayer()
    const { endsOn } = await reserve(member, { seriesId: series.id, ...wish })
    await run()
    const rows = await db.sql<{ on: string }[]>`
      select s.occurrence_on::text as on from bookings b join class_sessions s on s.id = b.session_id where b.user_id = ${member.id} order by 1`
    return [endsOn, rows.map(row => row.on)]
  }
  expect(await booked({ from: days[1], until: days[2] })).toEqual([days[2], [days[1], days[2]]])
  expect(await booked({ count: 2 })).toEqual([days[1], [days[0], days[1]]])
  expect(await booked({ from: days[2], count: 1 })).toEqual([days[2], [days[2]]])
  await desk.settle()
})

test('ends by itself when its last day is over, not on it, and may then be made again', async () => {
  const { series, session, turnAt } = await aComingSession()
  const member = await aPayer()
  const { id } = await reserve(member, { seriesId: series.id, until: session.on })
  clock.set(turnAt)
  await run()
  const midnight = Temporal.PlainDate.from(session.on).add({ days: 1 }).toZonedDateTime('UTC').toInstant()
  clock.set(midnight.subtract({ milliseconds: 1 }))
  await run()
  await refusal('already-reserved', reserve(member, { seriesId: series.id }))
  clock.set(midnight)
  await run()
  await reserve(member, { seriesId: series.id })
  expect((await db.sql<{ id: string }[]>`select id from standing_reservations where user_id = ${member.id} and ended_at = ${midnight}`).map(row => row.id)).toEqual([id])
})

test('days that make no sense are refused, and a series that is over is not found', async () => {
  const { series, session } = await aComingSession()
  const member = await aPayer()
  const wish = { seriesId: series.id }
  const today = clock.now().toZonedDateTimeISO('UTC').toPlainDate()
  await refusal('invalid-request', reserve(member, { ...wish, from: String(today.subtract({ days: 1 })) }))
  await refusal('invalid-request', reserve(member, { ...wish, until: String(today.subtract({ days: 1 })) }))
  await refusal('invalid-request', reserve(member, { ...wish, until: session.on, count: 2 }))
  await refusal('not-found', reserve(member, { seriesId: crypto.randomUUID() }))
  await db.sql`update class_series set ends_before = ${today}::date where id = ${series.id}`
  await refusal('not-found', reserve(member, wish))
})
