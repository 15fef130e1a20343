// The class page: what everybody sees of a class, and what the asker has there.
import { expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { aFrontDesk, keyed, refusal } from '../../test/front-desk.ts'
import { aLot, aMember, anAdmin, aSession, system, type Person } from '../../test/world.ts'
import { newId, type SessionId } from '../platform/ids.ts'
import { editSession } from './edit-session.ts'
import { listHolds, readHold } from './my-holds.ts'
import { readSessionPage } from './session-page.ts'

const { db, clock } = await aDatabase()
const desk = await aFrontDesk(db)
const admin = await anAdmin(db)

async function aPayer(): Promise<Person> {
  const member = await aMember(db)
  await aLot(db, member)
  return member
}
const page = ({ id }: { id: SessionId }, who?: Person) =>
  readSessionPage(desk.house, id, { userId: who?.id ?? null, context: who?.context ?? system })

test('a visitor sees the class, its window and when a held spot may come free', async () => {
  const session = await aSession(db, { capacity: 2 })
  const hold = await desk.hold(await aPayer(), session)
  clock.advance({ seconds: 1 })
  await desk.hold(await aPayer(), session)
  expect(await page(session)).toMatchObject({
    ...{ id: session.id, name: 'Morning Strength', capacity: 2, spotsLeft: 0, mine: null, myHoldId: null, myBookingId: null },
    ...{ bookingOpensAt: String(session.startsAt.subtract({ hours: 720 })), bookingClosesAt: String(session.startsAt) },
    ...{ nextReleaseAt: hold.expiresAt, version: session.version + 2, price: { credits: 1 } },
  })
})

test('a member sees what they have there, as it changes', async () => {
  const [session, mia, other] = [await aSession(db, { capacity: 1 }), await aPayer(), await aPayer()]
  const mine = async (who: Person) => {
    const seen = await page(session, who)
    return [seen.mine, seen.myHoldId, seen.myBookingId]
  }
  expect(await mine(mia)).toEqual([null, null, null])
  const hold = await desk.hold(mia, session)
  expect(await mine(mia)).toEqual(['held', hold.id, null])
  const { booking } = await desk.confirm(mia, hold)
  expect(await mine(mia)).toEqual(['booked', null, booking.id])
  await desk.join(other, session)
  expect(await mine(other)).toEqual(['waiting', null, null])
  await desk.cancel(mia, booking)
  await desk.settle()
  const [offer] = (await listHolds(db, { userId: other.id, context: other.context })).items
  expect([await mine(mia), await mine(other)]).toEqual([[null, null, null], ['offered', offer?.id, null]])
})

test('a hold that has run out is no longer shown as held, and says so itself, before any sweep', async () => {
  const [session, mia] = [await aSession(db), await aPayer()]
  const hold = await desk.hold(mia, session)
  const by = { userId: mia.id, context: mia.context }
  clock.set(Temporal.Instant.from(hold.expiresAt).subtract({ microseconds: 1 }))
  expect([(await page(session, mia)).mine, (await readHold(db, hold.id as never, by)).status]).toEqual(['held', 'active'])
  clock.set(Temporal.Instant.from(hold.expiresAt))
  expect([(await page(session, mia)).mine, (await readHold(db, hold.id as never, by)).status]).toEqual([null, 'expired'])
  expect((await page(session)).nextReleaseAt).toBeNull()
})

test('my holds are listed with the one that ends first leading; another’s is not there', async () => {
  const mia = await aPayer()
  const first = await desk.hold(mia, await aSession(db))
  clock.advance({ seconds: 1 })
  const soonest = await desk.hold(mia, await aSession(db, { startsAt: clock.now().add({ minutes: 5 }) }))
  const { items } = await listHolds(db, { userId: mia.id, context: mia.context })
  expect(items.map(hold => hold.id)).toEqual([soonest.id, first.id])
  const other = await aPayer()
  await refusal('not-found', readHold(db, first.id as never, { userId: other.id, context: other.context }))
})

test('a draft is nobody’s business, nor is a class that never was', async () => {
  await refusal('not-found', page(await aSession(db, { status: 'draft' }), await aPayer()))
  await refusal('not-found', page({ id: newId<SessionId>() }))
})

test('a draft that was called off was never anybody’s business; a class that was public says that it is off', async () => {
  const [draft, open] = [await aSession(db, { status: 'draft' }), await aSession(db)]
  for (const session of [draft, open]) {
    const change = { status: 'cancelled' } as const
    await editSession(desk.house, session.id, { keyed: keyed(admin), context: admin.context, change, refuseStale: () => undefined })
  }
  const mia = await aPayer()
  await refusal('not-found', page(draft, mia))
  await refusal('not-found', page(draft))
  await refusal('not-found', desk.hold(mia, draft))
  expect(await page(open, mia)).toMatchObject({ status: 'cancelled' })
})
