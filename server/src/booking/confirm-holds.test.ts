// Guarantees of the confirmation: what pays, how much, once; and what the member gets in hand.
import { describe, expect, test } from 'vitest'
import type { Confirm } from '@fitflow/contract/booking.ts'
import { aDatabase } from '../../test/database.ts'
import { aFrontDesk, keyed, refusal } from '../../test/front-desk.ts'
import { aLot, aMember, aSession, type Person, type SessionWish } from '../../test/world.ts'
import { memberLots } from '../credits/member-lots.ts'
import { newId, type BookingId, type HoldId } from '../platform/ids.ts'
import { readOnly } from '../platform/tx.ts'
import { readBooking } from './my-bookings.ts'

const { db, clock } = await aDatabase()
const desk = await aFrontDesk(db)
const { house } = desk

async function aHold(wish: SessionWish = {}, pack: Parameters<typeof aLot>[2] = {}) {
  const member = await aMember(db)
  const lot = await aLot(db, member, pack)
  const session = await aSession(db, wish)
  return { member, lot, session, hold: await desk.hold(member, session) }
}

const ask = (who: Person, hold: { id: string }, choice: Confirm = { method: 'credits' }) =>
  ({ holdId: hold.id as HoldId, choice, keyed: keyed(who), context: who.context })
const balances = (who: Person) =>
  readOnly(db, who.context, async tx => Object.fromEntries((await memberLots(tx, who.id)).items.map(lot => [lot.id, lot.creditsBalance])))
const setHold = (hold: { id: string }, status: string) => db.sql`update spot_holds set status = ${status} where id = ${hold.id}`

test('the hold’s spot becomes the booking’s, with receipt and code, and everything is announced once', async () => {
  const { member, lot, session, hold } = await aHold()
  const { booking, receipt, qr } = await desk.confirm(member, hold)
  expect(booking).toMatchObject({ sessionId: session.id, status: 'confirmed', creditsUsed: 1, method: 'credits', cancelKind: null, createdAt: String(clock.now()) })
  expect(booking.session).toMatchObject({ name: 'Morning Strength', startsAt: String(session.startsAt) })
  expect(receipt).toEqual({
    ...{ rule: 'credits', version: 0, decidedAt: String(clock.now()), lines: [{ lot: lot.id, credits: -1 }] },
    sentence: 'Booked Morning Strength with 1 credit from the lot that expires on 11 April 2027.',
  })
  expect(house.qr.read(qr.token)).toBe(booking.id)
  expect(qr).toMatchObject({ svgUrl: `/api/v1/bookings/${booking.id}/qr.svg`, pngUrl: `/api/v1/bookings/${booking.id}/qr.png` })
  const [counts] = await db.sql`select taken from class_sessions where id = ${session.id}`
  expect(counts).toEqual({ taken: 1 })
  const events = await db.sql`select topic from outbox where data->>'bookingId' = ${booking.id} order by id`
  expect(events.map(event => event['topic'])).toEqual(['hold.confirmed', 'booking.confirmed', 'credit.used'])
  const kept = await readBooking(house, booking.id as BookingId, { userId: member.id, context: member.context })
  expect(kept).toEqual({ ...booking, receipts: [receipt], qr })
})

describe('what pays', () => {
  test('credits over several lots, the one that ends soonest first, each named', async () => {
    const { member, lot, hold } = await aHold({ priceCredits: 250 })
    const soon = await aLot(db, member, { credits: 70, validUntil: clock.now().add({ hours: 72 }) })
    const { receipt, booking } = await desk.confirm(member, hold)
    expect(receipt.lines).toEqual([{ lot: soon.id, credits: -0.7 }, { lot: lot.id, credits: -1.8 }])
    expect(receipt.sentence).toBe(
      'Booked Morning Strength with 2.5 credits: 0.7 from the lot that expires on 14 January 2027 and 1.8 from the lot that expires on 11 April 2027.',
    )
    expect(booking.creditsUsed).toBe(2.5)
    expect(await balances(member)).toEqual({ [soon.id]: 0, [lot.id]: 8.2 })
  })

  test('the lot that the member chose, before the one that ends sooner', async () => {
    const { member, lot, hold } = await aHold()
    const soon = await aLot(db, member, { validUntil: clock.now().add({ hours: 72 }) })
    await desk.confirm(member, hold, { method: 'credits', membershipId: lot.id })
    expect(await balances(member)).toEqual({ [soon.id]: 10, [lot.id]: 9 })
  })

  test('nobody else’s lot', async () => {
    const [{ member, lot, hold }, other] = [await aHold(), await aHold()]
    await refusal('insufficient-credits', desk.confirm(member, hold, { method: 'credits', membershipId: other.lot.id }))
    expect(await balances(member)).toEqual({ [lot.id]: 10 })
  })

  test('an unlimited membership, which spends nothing', async () => {
    const { member, lot, hold } = await aHold({}, { credits: null, name: 'Unlimited' })
    const { booking, receipt } = await desk.confirm(member, hold, { method: 'membership' })
    expect(booking).toMatchObject({ method: 'membership', creditsUsed: 0 })
    expect(receipt).toMatchObject({
      ...{ rule: 'membership', lines: [{ lot: lot.id, credits: 0 }] },
      sentence: 'Booked Morning Strength with Unlimited, which runs until 11 April 2027.',
    })
    expect((await db.sql`select from credit_transactions where booking_id = ${booking.id}`).length).toBe(0)
  })

  test('the price is the one the hold was quoted, though the class has become dearer', async () => {
    const { member, lot, session, hold } = await aHold()
    await db.sql`update class_sessions set price_credits = 500 where id = ${session.id}`
    expect((await desk.confirm(member, hold)).booking.creditsUsed).toBe(1)
    expect(await balances(member)).toEqual({ [lot.id]: 9 })
  })

  test('one credit for two holds pays for one, also when both are confirmed at the same instant', async () => {
    const member = await aMember(db)
    await aLot(db, member, { credits: 100 })
    const holds = [await desk.hold(member, await aSession(db)), await desk.hold(member, await aSession(db, { startsAt: clock.now().add({ hours: 60 }) }))]
    const outcomes = await Promise.allSettled(holds.map(hold => desk.confirm(member, hold)))
    expect(outcomes.map(one => one.status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const [no] = outcomes.flatMap(one => (one.status === 'rejected' ? [one.reason] : []))
    expect(no).toMatchObject({ code: 'insufficient-credits', facts: { creditsNeeded: 1 } })
  })
})

describe('a hold is confirmed once, by its member, while it lives', () => {
  test('to its last instant, and not at its end', async () => {
    const [early, late] = [await aHold(), await aHold()]
    clock.set(Temporal.Instant.from(late.hold.expiresAt).subtract({ microseconds: 1 }))
    expect((await desk.confirm(early.member, early.hold)).booking.status).toBe('confirmed')
    clock.set(Temporal.Instant.from(late.hold.expiresAt))
    const no = await refusal('hold-expired', desk.confirm(late.member, late.hold))
    expect(no.facts).toEqual({ expiredAt: late.hold.expiresAt })
    expect(await balances(late.member)).toEqual({ [late.lot.id]: 10 })
  })

  test('a second confirmation names the booking, and takes no second credit', async () => {
    const { member, lot, hold } = await aHold()
    const { booking } = await desk.confirm(member, hold)
    const no = await refusal('hold-not-active', desk.confirm(member, hold))
    expect(no.facts).toEqual({ state: 'confirmed', bookingId: booking.id })
    expect(await balances(member)).toEqual({ [lot.id]: 9 })
  })

  test('at the same instant under two keys: one booking, and the other is told which', async () => {
    const { member, lot, hold } = await aHold()
    const outcomes = await Promise.allSettled([desk.confirm(member, hold), desk.confirm(member, hold)])
    const [made] = outcomes.flatMap(one => (one.status === 'fulfilled' ? [one.value.booking.id] : []))
    const [no] = outcomes.flatMap(one => (one.status === 'rejected' ? [one.reason] : []))
    expect(no).toMatchObject({ code: 'hold-not-active', facts: { bookingId: made } })
    expect(await balances(member)).toEqual({ [lot.id]: 9 })
  })

  test('under one key, side by side and later: one booking, and one answer byte for byte', async () => {
    const { member, lot, hold } = await aHold()
    const once = ask(member, hold)
    const answers = [...(await Promise.all([desk.desk.confirm(once), desk.desk.confirm(once)])), await desk.desk.confirm(once)]
    expect(answers.map(answer => answer.replayed)).toEqual([false, true, true])
    expect(new Set(answers.map(answer => answer.body)).size).toBe(1)
    expect(await balances(member)).toEqual({ [lot.id]: 9 })
  })

  test('one that was given back, or whose payment is under way, is not', async () => {
    const { member, hold } = await aHold()
    await setHold(hold, 'confirming')
    await refusal('hold-confirming', desk.confirm(member, hold))
    await refusal('hold-confirming', desk.release(member, hold))
    await setHold(hold, 'active')
    await desk.release(member, hold)
    expect((await refusal('hold-not-active', desk.confirm(member, hold))).facts).toEqual({ state: 'released' })
  })

  test('somebody else’s is not there, nor is one that never was', async () => {
    const { member, hold } = await aHold()
    await refusal('not-found', desk.confirm(await aMember(db), hold))
    await refusal('not-found', desk.confirm(member, { id: newId() }))
    expect((await desk.confirm(member, hold)).booking.status).toBe('confirmed')
  })

  test('a no in a batch leaves the others their bookings', async () => {
    const session = await aSession(db)
    const holds = await Promise.all(Array.from({ length: 3 }, async () => {
      const member = await aMember(db)
      await aLot(db, member)
      return { member, hold: await desk.hold(member, session) }
    }))
    await setHold(holds[1]!.hold, 'confirming')
    const outcomes = await Promise.allSettled(holds.map(({ member, hold }) => desk.confirm(member, hold)))
    expect(outcomes.map(one => one.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  })
})

test('a class that was called off, or moved so near that booking has closed, is asked about again', async () => {
  const [off, moved] = [await aHold(), await aHold()]
  await db.sql`update class_sessions set status = 'cancelled' where id = ${off.session.id}`
  await refusal('session-not-bookable', desk.confirm(off.member, off.hold))
  await desk.release(off.member, off.hold)
  const [from, to] = [clock.now(), clock.now().add({ hours: 1 })]
  for (const table of ['class_sessions', 'spot_holds']) {
    await db.sql`update ${db.sql(table)} set starts_at = ${from}, ends_at = ${to} where ${db.sql(table === 'spot_holds' ? 'session_id' : 'id')} = ${moved.session.id}`
  }
  await refusal('booking-closed', desk.confirm(moved.member, moved.hold))
})
