// Lots whose time runs from their first use: the confirming of the first booking they pay.
import { beforeEach, expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { aFrontDesk, refusal } from '../../test/front-desk.ts'
import { aLot, aMember, anAdmin, aSession, type Person } from '../../test/world.ts'
import { lockLots } from '../credits/lots.ts'
import { lockSessions } from '../schedule/class-sessions.ts'
import type { Sql } from '../platform/sql.ts'
import { transact } from '../platform/tx.ts'
import { bookOutright } from './book-outright.ts'
import { openSpots } from './spots.ts'

const { db, clock } = await aDatabase()
const desk = await aFrontDesk(db)
const begin = clock.now()
const inDays = (days: number, hours = 0) => begin.add({ hours: days * 24 + hours })
let mia: Person

beforeEach(async () => {
  clock.set(begin)
  mia = await aMember(db)
})

const resting = (wish = {}) => aLot(db, mia, { activationDays: 30, validUntil: inDays(365), ...wish })
const lotRow = async ({ id }: { id: string }) => (await db.sql`select activated_at, valid_until from memberships where id = ${id}`)[0]

test('a hold begins nothing; confirming it does, in the same transaction, and the receipt says so', async () => {
  const lot = await resting()
  const hold = await desk.hold(mia, await aSession(db))
  expect(await lotRow(lot)).toEqual({ activatedAt: null, validUntil: inDays(365) })
  clock.set(begin.add({ minutes: 5 }))
  const { receipt } = await desk.confirm(mia, hold)
  const end = begin.add({ minutes: 5, hours: 30 * 24 })
  expect(await lotRow(lot)).toEqual({ activatedAt: begin.add({ minutes: 5 }), validUntil: end })
  expect(receipt.sentence).toBe(
    'Booked Morning Strength with 1 credit from the lot that expires on 10 February 2027. This is its first use: its 30 days run from now.',
  )
})

test('the first use is the first: another booking moves nothing, nor does cancelling the first', async () => {
  const lot = await resting()
  const { booking } = await desk.book(mia, await aSession(db))
  const end = (await lotRow(lot))?.validUntil
  clock.set(inDays(1))
  await desk.book(mia, await aSession(db, { startsAt: inDays(5) }))
  await desk.cancel(mia, booking)
  expect(await lotRow(lot)).toEqual({ activatedAt: begin, validUntil: end })
})

test('it never runs beyond the latest end it was given', async () => {
  const lot = await resting({ validUntil: inDays(10) })
  await desk.book(mia, await aSession(db))
  expect(await lotRow(lot)).toEqual({ activatedAt: begin, validUntil: inDays(10) })
})

test('what starts beyond its days cannot be held with it, also when nothing has begun yet', async () => {
  await resting({ activationDays: 3 })
  await refusal('insufficient-credits', desk.hold(mia, await aSession(db, { startsAt: inDays(3) })))
  const hold = await desk.hold(mia, await aSession(db, { startsAt: inDays(3).subtract({ minutes: 1 }) }))
  expect(hold.quote.options[0]?.lots?.[0]?.validUntil).toBe(String(inDays(3)))
})

test('unlimited access begins with its first booking too', async () => {
  const lot = await resting({ credits: null })
  await desk.confirm(mia, await desk.hold(mia, await aSession(db)), { method: 'membership' })
  expect(await lotRow(lot)).toEqual({ activatedAt: begin, validUntil: inDays(30) })
})

test('a booking without a hold begins it as well', async () => {
  const [lot, ada, session] = [await resting(), await anAdmin(db), await aSession(db)]
  const lock = (sql: Sql) => ({ sessions: lockSessions(sql, [session.id]), lots: lockLots(sql, [mia.id]) })
  await transact(db, ada.context, { sessions: [session.id], lock }, async (tx, { sessions, lots }) => {
    const spots = openSpots(sessions)
    const settings = await desk.house.settings.version(0)
    const means = { method: 'any' } as const
    bookOutright(tx, spots, { session: sessions[0]!, userId: mia.id, kind: 'staff', lots, settings, className: 'Yoga', means, freeCancelUntil: null })
    spots.write(tx)
  })
  expect(await lotRow(lot)).toEqual({ activatedAt: begin, validUntil: inDays(30) })
})
