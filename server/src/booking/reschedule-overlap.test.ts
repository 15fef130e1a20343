// Who gives way when a class moves onto a time at which a member has something else: what moves does, whatever the other is.
import { describe, expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { aFrontDesk } from '../../test/front-desk.ts'
import { aLot, aMember, anAdmin, aSession, type Person } from '../../test/world.ts'
import type { Sql } from '../platform/sql.ts'
import { transact } from '../platform/tx.ts'
import { lockSessions, type ClassSession } from '../schedule/class-sessions.ts'
import { rescheduleSessions } from './reschedule.ts'

const { db, clock } = await aDatabase()
const desk = await aFrontDesk(db)
const admin = await anAdmin(db)

const inHours = (hours: number, more = {}) => aSession(db, { startsAt: clock.now().add({ hours }), ...more })

/** Moves them all to begin then. */
function moveTo(sessions: ClassSession[], startsAt: Temporal.Instant) {
  const ids = sessions.map(session => session.id).sort()
  return transact(db, admin.context, { sessions: ids, lock: (sql: Sql) => ({ rows: lockSessions(sql, ids) }) }, (tx, { rows }) =>
    rescheduleSessions(tx, desk.house, rows.map(session => ({ session, startsAt, endsAt: startsAt.add({ hours: 1 }) }))),
  )
}

async function aPayer(): Promise<Person> {
  const member = await aMember(db)
  await aLot(db, member)
  return member
}

const balanceOf = async ({ id }: Person) => (await db.sql`select credits_balance from memberships where user_id = ${id}`)[0]?.creditsBalance
const bookingOf = async ({ id }: { id: string }) => (await db.sql`select status, cancel_kind from bookings where id = ${id}`)[0]
const holdOf = async ({ id }: { id: string }) => (await db.sql`select status from spot_holds where id = ${id}`)[0]?.status
const cancelledByStudio = { status: 'cancelled', cancelKind: 'studio' }

describe('a booking whose class moves onto a time at which the member', () => {
  test('holds another class is cancelled with everything back, and the hold stays theirs to confirm', async () => {
    const [member, moving, other] = [await aPayer(), await inHours(48), await inHours(72)]
    const { booking } = await desk.book(member, moving)
    const hold = await desk.hold(member, other)
    const [moved] = await moveTo([moving], other.startsAt)
    expect([await bookingOf(booking), moved?.taken, await balanceOf(member)]).toEqual([cancelledByStudio, 0, 1000])
    expect((await desk.confirm(member, hold)).booking.status).toBe('confirmed')
  })

  test('has another class on offer is cancelled with everything back, and the offer stays', async () => {
    const [first, member, moving, other] = [await aPayer(), await aPayer(), await inHours(48), await inHours(72, { capacity: 1 })]
    const taken = await desk.book(first, other)
    await desk.join(member, other)
    const { booking } = await desk.book(member, moving)
    await desk.cancel(first, taken.booking)
    await desk.settle()
    await moveTo([moving], other.startsAt)
    expect(await bookingOf(booking)).toEqual(cancelledByStudio)
    const [offer] = await db.sql`select status from spot_holds where user_id = ${member.id} and kind = 'offer'`
    expect(offer).toEqual({ status: 'active' })
  })

  test('held another class until now is kept: a hold that has run out is in nobody’s way, swept or not', async () => {
    const [member, moving, other] = [await aPayer(), await inHours(48), await inHours(72)]
    const { booking } = await desk.book(member, moving)
    const hold = await desk.hold(member, other)
    clock.set(Temporal.Instant.from(hold.expiresAt))
    await moveTo([moving], other.startsAt)
    expect([await bookingOf(booking), await holdOf(hold)]).toEqual([{ status: 'confirmed', cancelKind: null }, 'active'])
  })

  test('holds another class for an instant longer is cancelled', async () => {
    const [member, moving, other] = [await aPayer(), await inHours(48), await inHours(72)]
    const { booking } = await desk.book(member, moving)
    const hold = await desk.hold(member, other)
    clock.set(Temporal.Instant.from(hold.expiresAt).subtract({ microseconds: 1 }))
    await moveTo([moving], other.startsAt)
    expect(await bookingOf(booking)).toEqual(cancelledByStudio)
  })
})

describe('a hold whose class moves onto a time at which the member', () => {
  test('has booked, or holds, another class is released, and its spot is free', async () => {
    const [booker, holder, moving, other] = [await aPayer(), await aPayer(), await inHours(48), await inHours(72)]
    await desk.book(booker, other)
    await desk.hold(holder, other)
    const holds = [await desk.hold(booker, moving), await desk.hold(holder, moving)]
    const [moved] = await moveTo([moving], other.startsAt)
    expect([moved?.taken, ...(await Promise.all(holds.map(holdOf)))]).toEqual([0, 'released', 'released'])
  })

  test('has something else stays while its payment is under way: money is on its way for it', async () => {
    const [member, moving, other] = [await aPayer(), await inHours(48), await inHours(72)]
    await desk.book(member, other)
    const hold = await desk.hold(member, moving)
    await db.sql`update spot_holds set status = 'confirming' where id = ${hold.id}`
    await moveTo([moving], other.startsAt)
    expect(await holdOf(hold)).toBe('confirming')
  })
})

test('where a booking and an older hold move onto each other, the booking is kept', async () => {
  const [member, held, booked] = [await aPayer(), await inHours(48), await inHours(60)]
  const hold = await desk.hold(member, held)
  clock.advance({ seconds: 1 })
  const { booking } = await desk.book(member, booked)
  await moveTo([held, booked], clock.now().add({ hours: 90 }))
  expect([await bookingOf(booking), await holdOf(hold)]).toEqual([{ status: 'confirmed', cancelKind: null }, 'released'])
})

test.each([
  ['booked', 'another class is booked', (who: Person, other: ClassSession) => desk.book(who, other)],
  ['held', 'a spot in another class is held', (who: Person, other: ClassSession) => desk.hold(who, other)],
  ['taught', 'there is another class to teach', async (who: Person, other: ClassSession) => {
    await db.sql`insert into trainer_profiles (user_id, created_at, updated_at) values (${who.id}, ${clock.now()}, ${clock.now()})`
    await db.sql`update class_sessions set trainer_id = ${who.id} where id = ${other.id}`
  }],
])('the receipt says what was in the way: %s', async (_, words, has) => {
  const [member, moving, other] = [await aPayer(), await inHours(48), await inHours(72)]
  const { booking } = await desk.book(member, moving)
  await has(member, other)
  await moveTo([moving], other.startsAt)
  const [receipt] = await db.sql`select sentence from decision_receipts where booking_id = ${booking.id} and rule = 'cancel-studio'`
  expect(receipt?.sentence).toContain(`to a time at which ${words} and cancelled the booking`)
})
