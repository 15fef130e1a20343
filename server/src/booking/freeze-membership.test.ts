// Freezes with the bookings inside: kept, or cancelled by the studio with everything returned; and what a frozen lot pays.
import { beforeEach, describe, expect, test } from 'vitest'
import type { Frozen } from '@fitflow/contract/clients.ts'
import type { Granted, NewFreeze } from '@fitflow/contract/credits.ts'
import { aDatabase } from '../../test/database.ts'
import { aFrontDesk, keyed, refusal } from '../../test/front-desk.ts'
import { aLot, aMember, anAdmin, aSession, type Person } from '../../test/world.ts'
import { memberLots } from '../credits/member-lots.ts'
import type { Lot } from '../credits/lots.ts'
import { unfreezeLot } from '../credits/unfreeze-lot.ts'
import type { Answer } from '../platform/idempotency.ts'
import type { BookingId } from '../platform/ids.ts'
import { freezeMembership, previewFreeze } from './freeze-membership.ts'

const { db, clock } = await aDatabase()
const desk = await aFrontDesk(db)
const begin = clock.now()
const timeZone = 'Europe/Madrid'
const instant = (text: string) => Temporal.Instant.from(text)
const ada = await anAdmin(db)
let mia: Person

beforeEach(async () => {
  clock.set(begin)
  mia = await aMember(db)
})

const by = () => ({ keyed: keyed(ada), context: ada.context, timeZone })
const told = <T>(answer: Answer) => JSON.parse(answer.body) as T
const week = { from: '2027-01-18', until: '2027-01-24' }
const freeze = async (lot: Lot, wish: Partial<NewFreeze> = {}) =>
  told<Frozen>(await freezeMembership(db, lot.id, { ...week, reason: 'A broken toe', ...wish }, by()))
const inside = (hours = 0) => aSession(db, { startsAt: instant('2027-01-20T18:00:00Z').add({ hours }) })
const bookingRow = async (id: string) => (await db.sql`select status, cancel_kind, credits_used from bookings where id = ${id as BookingId}`)[0]

describe('the preview', () => {
  test('lists the bookings inside that this membership paid, and the new end', async () => {
    const lot = await aLot(db, mia, { validUntil: instant('2027-03-03T23:00:00Z') })
    const booked = await desk.book(mia, await inside())
    await desk.book(mia, await aSession(db, { startsAt: instant('2027-01-24T23:00:00Z') }))
    await desk.book(mia, await aSession(db, { startsAt: instant('2027-01-17T22:59:00Z') }))
    const preview = await previewFreeze(db, lot.id, week, { context: ada.context, timeZone })
    expect(preview).toMatchObject({ from: '2027-01-17T23:00:00Z', until: '2027-01-24T23:00:00Z', validUntil: '2027-03-10T23:00:00Z' })
    expect(preview.bookings.map(booking => booking.id)).toEqual([booked.booking.id])
  })

  test('leaves out what another lot paid, and lists what unlimited access covers', async () => {
    const pack = await aLot(db, mia, { credits: 100, validUntil: instant('2027-02-01T00:00:00Z') })
    const other = await aLot(db, mia)
    await desk.book(mia, await inside())
    const at = { context: ada.context, timeZone }
    expect((await previewFreeze(db, other.id, week, at)).bookings).toEqual([])
    expect((await previewFreeze(db, pack.id, week, at)).bookings).toHaveLength(1)
    const noa = await aMember(db)
    const unlimited = await aLot(db, noa, { credits: null })
    const hold = await desk.hold(noa, await inside(2))
    await desk.confirm(noa, hold, { method: 'membership' })
    expect((await previewFreeze(db, unlimited.id, week, at)).bookings).toHaveLength(1)
  })
})

describe('a freeze', () => {
  test('moves the end at once, stands in the history, and its member reads why', async () => {
    const lot = await aLot(db, mia, { validUntil: instant('2027-03-03T23:00:00Z') })
    const { membership, cancelled } = await freeze(lot)
    expect(membership).toMatchObject({ freeze: { from: '2027-01-17T23:00:00Z', until: '2027-01-24T23:00:00Z' }, validUntil: '2027-03-10T23:00:00Z' })
    expect(cancelled).toEqual([])
    const [mine] = (await memberLots({ sql: db.sql, now: begin }, mia.id)).items
    expect(mine?.changes.map(change => change.sentence)).toEqual([
      '10-class pack is frozen from 18 January 2027 to 24 January 2027 and is therefore valid until 10 March 2027: A broken toe.',
    ])
    expect(await db.sql`select reason, created_by from membership_freezes where membership_id = ${lot.id}`).toEqual([{ reason: 'A broken toe', createdBy: ada.id }])
  })

  test('keeps the bookings inside unless it is told to cancel them', async () => {
    const lot = await aLot(db, mia)
    const { booking } = await desk.book(mia, await inside())
    await freeze(lot)
    expect(await bookingRow(booking.id)).toMatchObject({ status: 'confirmed' })
  })

  test('cancels them as the studio, whatever the window, with everything returned and the spots free', async () => {
    clock.set(instant('2027-01-20T16:00:00Z'))
    const lot = await aLot(db, mia, { credits: 200, validUntil: instant('2027-01-25T00:00:00Z') })
    const session = await aSession(db, { startsAt: instant('2027-01-20T18:00:00Z'), capacity: 1 })
    const first = await desk.book(mia, session)
    const second = await desk.book(mia, await inside(2))
    const { cancelled } = await freeze(lot, { from: '2027-01-20', until: '2027-01-30', bookings: 'cancel' })
    expect(cancelled.map(booking => [booking.id, booking.status, booking.cancelKind, booking.creditsUsed])).toEqual([
      [first.booking.id, 'cancelled', 'studio', 0],
      [second.booking.id, 'cancelled', 'studio', 0],
    ])
    const [row] = await db.sql`select credits_balance, valid_until from memberships where id = ${lot.id}`
    expect(row?.creditsBalance).toBe(200)
    expect((await db.sql`select taken from class_sessions where id = ${session.id}`)[0]).toEqual({ taken: 0 })
    const [receipt] = await db.sql`select sentence from decision_receipts where booking_id = ${first.booking.id} and rule = 'cancel-studio'`
    expect(receipt?.sentence).toMatch(/^The studio cancelled Morning Strength \(the membership is frozen\), so the whole credit was returned to the lot that expires on/)
  })

  test('hands the spots it frees to those who wait', async () => {
    const lot = await aLot(db, mia)
    const session = await aSession(db, { startsAt: instant('2027-01-20T18:00:00Z'), capacity: 1 })
    await desk.book(mia, session)
    const noa = await aMember(db, 'Noa')
    await aLot(db, noa)
    await desk.join(noa, session)
    await freeze(lot, { bookings: 'cancel' })
    await desk.settle()
    expect((await db.sql`select kind, user_id from spot_holds where session_id = ${session.id} and status = 'active'`)).toEqual([{ kind: 'offer', userId: noa.id }])
  })

  test('pays for nothing inside: neither a quote nor a hold from before', async () => {
    const lot = await aLot(db, mia)
    const session = await inside()
    const hold = await desk.hold(mia, session)
    await freeze(lot)
    await refusal('insufficient-credits', desk.confirm(mia, hold))
    await desk.release(mia, hold)
    await refusal('insufficient-credits', desk.hold(mia, session))
    await desk.book(mia, await aSession(db, { startsAt: instant('2027-01-24T23:00:00Z') }))
  })

  test('of unlimited access stops a hold from before as well', async () => {
    const lot = await aLot(db, mia, { credits: null })
    const hold = await desk.hold(mia, await inside())
    await freeze(lot)
    await refusal('insufficient-credits', desk.confirm(mia, hold, { method: 'membership' }))
  })

  test('counts in no balance while it lasts', async () => {
    const lot = await aLot(db, mia)
    await freeze(lot, { from: '2027-01-11', until: '2027-01-12' })
    expect((await memberLots({ sql: db.sql, now: begin }, mia.id)).creditsBalance).toBe(0)
    expect((await memberLots({ sql: db.sql, now: instant('2027-01-12T23:00:00Z') }, mia.id)).creditsBalance).toBe(10)
  })

  test('is one at a time', async () => {
    const lot = await aLot(db, mia)
    await freeze(lot)
    await refusal('membership-frozen', freeze(lot, { from: '2027-02-01', until: '2027-02-02' }))
  })
})

describe('lifting a freeze', () => {
  test('early takes back what was not used, and it pays again', async () => {
    const lot = await aLot(db, mia, { validUntil: instant('2027-03-03T23:00:00Z') })
    await freeze(lot)
    clock.set(instant('2027-01-19T23:00:00Z'))
    const { membership } = told<Granted>(await unfreezeLot(db, lot.id, by()))
    expect(membership).toMatchObject({ freeze: null, validUntil: '2027-03-05T23:00:00Z' })
    await desk.book(mia, await inside())
    expect(await db.sql`select ends_at, lifted_at from membership_freezes where membership_id = ${lot.id}`).toEqual([{ endsAt: clock.now(), liftedAt: clock.now() }])
  })

  test('before it begins leaves nothing of it, and another may follow', async () => {
    const lot = await aLot(db, mia, { validUntil: instant('2027-03-03T23:00:00Z') })
    await freeze(lot)
    expect(told<Granted>(await unfreezeLot(db, lot.id, by())).membership.validUntil).toBe('2027-03-03T23:00:00Z')
    await freeze(lot)
    expect((await db.sql`select lifted_at is null as open from membership_freezes where membership_id = ${lot.id} order by created_at, id`).map(row => row.open).sort()).toEqual([false, true])
  })

  test('is refused where there is none', async () => {
    await refusal('membership-not-frozen', unfreezeLot(db, (await aLot(db, mia)).id, by()))
  })
})
