// Guarantees of cancelling: the consequence is shown first, what was shown holds, and every credit explains itself.
import { expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { aFrontDesk, keyed, refusal } from '../../test/front-desk.ts'
import { aLot, aMember, aSession, type Person } from '../../test/world.ts'
import { memberLots } from '../credits/member-lots.ts'
import type { BookingId } from '../platform/ids.ts'
import { readOnly } from '../platform/tx.ts'
import { cancelBooking } from './cancel-booking.ts'

const { db, clock } = await aDatabase()
const desk = await aFrontDesk(db)

async function aBooking(hours: number) {
  const member = await aMember(db)
  await aLot(db, member)
  const session = await aSession(db, { startsAt: clock.now().add({ hours }) })
  const { booking } = await desk.book(member, session)
  return { member, session, booking }
}

const balance = (member: Person) => readOnly(db, member.context, async tx => (await memberLots(tx, member.id)).creditsBalance)
const taken = async (session: { id: string }) => (await db.sql`select taken from class_sessions where id = ${session.id}`)[0]?.['taken']

test.each([
  [{ hours: 24, seconds: 1 }, 'full', 1, 'early'],
  [{ hours: 24 }, 'half', 0.5, 'late'],
  [{ hours: 23, minutes: 59, seconds: 59 }, 'half', 0.5, 'late'],
  [{ hours: 12 }, 'half', 0.5, 'late'],
  [{ hours: 11, minutes: 59, seconds: 59 }, 'none', 0, 'late'],
] as const)('cancelled %j before the start: %s, %d credits come back, at once, and the spot is free', async (left, rule, back, cancelKind) => {
  const { member, session, booking } = await aBooking(48)
  clock.set(session.startsAt.subtract(left))
  const shown = await desk.preview(member, booking)
  expect(shown).toMatchObject({ rule, creditsReturned: back, creditsForfeited: 1 - back, strike: false })
  const { booking: after, receipt } = await desk.cancel(member, booking, { expect: rule })
  expect(after).toMatchObject({ status: 'cancelled', cancelKind, creditsUsed: 1 - back })
  expect(receipt).toMatchObject({ rule: `cancel-${rule}`, version: 0, decidedAt: String(clock.now()) })
  expect(await balance(member)).toBe(9 + back)
  expect(await taken(session)).toBe(0)
})

test('a consequence that became worse since it was shown cancels nothing', async () => {
  const { member, session, booking } = await aBooking(48)
  clock.set(session.startsAt.subtract({ hours: 24 }))
  const no = await refusal('consequence-changed', desk.cancel(member, booking, { expect: 'full' }))
  expect(no.facts['preview']).toMatchObject({ rule: 'half', creditsReturned: 0.5 })
  expect(await balance(member)).toBe(9)
  expect(await taken(session)).toBe(1)
})

test('a booking is cancelled once, however often it is asked; the same key gives the same answer', async () => {
  const { member, session, booking } = await aBooking(48)
  const once = keyed(member)
  const command = { keyed: once, context: member.context, choice: {} }
  const again = () => cancelBooking(desk.house, booking.id as BookingId, command)
  const answers = await Promise.all([again(), again(), again()])
  expect(answers.filter(answer => !answer.replayed)).toHaveLength(1)
  expect(new Set(answers.map(answer => answer.body)).size).toBe(1)
  await refusal('booking-not-cancellable', desk.cancel(member, booking))
  expect(await balance(member)).toBe(10)
  expect(await taken(session)).toBe(0)
})

test('two cancellations at the same instant return the credit once', async () => {
  const { member, booking } = await aBooking(48)
  const outcomes = await Promise.allSettled([desk.cancel(member, booking), desk.cancel(member, booking)])
  expect(outcomes.map(one => one.status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect(await balance(member)).toBe(10)
})

test('nobody cancels somebody else’s booking, or learns that it exists', async () => {
  const { booking } = await aBooking(48)
  const other = await aMember(db)
  await refusal('not-found', desk.cancel(other, booking))
  await refusal('not-found', desk.preview(other, booking))
})

test('a class that has started cannot be cancelled; a second before it can', async () => {
  const { member, session, booking } = await aBooking(48)
  clock.set(session.startsAt)
  await refusal('booking-not-cancellable', desk.cancel(member, booking))
  clock.set(session.startsAt.subtract({ seconds: 1 }))
  expect((await desk.cancel(member, booking)).booking.status).toBe('cancelled')
})

test('the policy is the one in force when the spot was held', async () => {
  const { member, session, booking } = await aBooking(48)
  const now = clock.now()
  await db.sql`insert into settings (effective_from, "values", created_at) values (${now}, '{"fullReturnHours": 240}', ${now})`
  clock.set(session.startsAt.subtract({ hours: 25 }))
  expect(await desk.preview(member, booking)).toMatchObject({ rule: 'full' })
})

test('until its instant a booking that was made free cancels with everything back, whatever the window, and says why', async () => {
  const { member, session, booking } = await aBooking(3)
  const until = clock.now().add({ minutes: 30 })
  await db.sql`update bookings set free_cancel_until = ${until} where id = ${booking.id}`
  clock.set(until)
  expect(await desk.preview(member, booking)).toMatchObject({ rule: 'none', creditsReturned: 0 })
  clock.set(until.subtract({ milliseconds: 1 }))
  const { booking: after, receipt } = await desk.cancel(member, booking, { expect: 'full' })
  expect(after).toMatchObject({ cancelKind: 'early', creditsUsed: 0 })
  expect(receipt.sentence).toContain('free to cancel until')
  expect(await balance(member)).toBe(10)
  clock.set(session.startsAt)
})
