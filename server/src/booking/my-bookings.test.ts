// A member's own bookings: which list each is in, page by page, and what one of them shows.
import { expect, test } from 'vitest'
import type { BookingQuery } from '@fitflow/contract/booking.ts'
import { aDatabase } from '../../test/database.ts'
import { aFrontDesk, refusal } from '../../test/front-desk.ts'
import { aLot, aMember, aSession, type Person } from '../../test/world.ts'
import { newId, type BookingId } from '../platform/ids.ts'
import { listBookings, readBooking, readQrToken } from './my-bookings.ts'

const { db, clock } = await aDatabase()
const desk = await aFrontDesk(db)

async function aPayer(): Promise<Person> {
  const member = await aMember(db)
  await aLot(db, member, { credits: 5000 })
  return member
}
interface Id {
  id: string
}
const by = ({ id, context }: Person) => ({ userId: id, context })
const list = (who: Person, query: BookingQuery = {}) => listBookings(db, query, by(who))
const idsOf = async (who: Person, query?: BookingQuery) => (await list(who, query)).items.map(item => item.id)

/** Booked classes that start so many hours from now, in this order. */
async function booked(who: Person, ...hours: number[]) {
  const bookings = []
  for (const at of hours) bookings.push((await desk.book(who, await aSession(db, { startsAt: clock.now().add({ hours: at }) }))).booking)
  return bookings
}

test('upcoming are those that are confirmed and not over, soonest first; past is everything else, latest first', async () => {
  const mia = await aPayer()
  const [late, soon, off, missed] = (await booked(mia, 9, 1, 5, 3)).map(({ id }) => ({ id })) as [Id, Id, Id, Id]
  await desk.cancel(mia, off)
  await db.sql`update bookings set status = 'no_show' where id = ${missed.id}`
  expect(await idsOf(mia)).toEqual([soon.id, late.id])
  expect(await idsOf(mia, { scope: 'past' })).toEqual([off.id, missed.id])
  clock.advance({ hours: 2 })
  expect(await idsOf(mia), 'over at its end').toEqual([late.id])
  expect(await idsOf(mia, { scope: 'past' })).toEqual([off.id, missed.id, soon.id])
})

test('a class is upcoming until its last instant, and for whoever is in it', async () => {
  const mia = await aPayer()
  const [only] = (await booked(mia, 1)).map(({ id }) => ({ id })) as [Id]
  await db.sql`update bookings set status = 'attended' where id = ${only.id}`
  clock.advance({ milliseconds: 2 * 3_600_000 - 1 })
  expect(await idsOf(mia)).toEqual([only.id])
  clock.advance({ milliseconds: 1 })
  expect([await idsOf(mia), await idsOf(mia, { scope: 'past' })]).toEqual([[], [only.id]])
})

test('pages lead through each list once', async () => {
  const mia = await aPayer()
  const ids = (await booked(mia, 1, 3, 5, 7, 9)).map(one => one.id)
  for (const [scope, order] of [['upcoming', ids], ['past', ids.toReversed()]] as const) {
    if (scope === 'past') for (const id of ids) await desk.cancel(mia, { id })
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page = await list(mia, { scope, limit: 2, ...(cursor === null ? {} : { cursor }) })
      expect(page.items.length).toBeLessThanOrEqual(2)
      seen.push(...page.items.map(item => item.id))
      cursor = page.nextCursor
    } while (cursor !== null)
    expect(seen).toEqual(order)
  }
  await refusal('invalid-request', list(mia, { cursor: 'forged' }))
})

test('nobody sees what is somebody else’s', async () => {
  const [mia, other] = [await aPayer(), await aPayer()]
  const [hers] = await booked(mia, 1)
  const id = hers!.id as BookingId
  expect(await idsOf(other)).toEqual([])
  await refusal('not-found', readBooking(desk.house, id, by(other)))
  await refusal('not-found', readQrToken(desk.house, id, by(other)))
  await refusal('not-found', readBooking(desk.house, newId<BookingId>(), by(mia)))
})

test('one booking shows each decision about it in order, and its code while it can be used', async () => {
  const mia = await aPayer()
  const [made] = await booked(mia, 48)
  const id = made!.id as BookingId
  expect(desk.house.qr.read(await readQrToken(desk.house, id, by(mia)))).toBe(id)
  expect((await readBooking(desk.house, id, by(mia))).qr).toMatchObject({ svgUrl: `/api/v1/bookings/${id}/qr.svg` })
  clock.advance({ hours: 30 })
  await desk.cancel(mia, { id })
  const after = await readBooking(desk.house, id, by(mia))
  expect(after).toMatchObject({ status: 'cancelled', cancelKind: 'late', creditsUsed: 0.5, cancelledAt: String(clock.now()), qr: null })
  expect(after.receipts.map(receipt => receipt.rule)).toEqual(['credits', 'cancel-half'])
  await refusal('not-found', readQrToken(desk.house, id, by(mia)))
})
