// Guarantees when staff cancel for a client: what is shown is what happens, and each spot is released exactly once.
import { beforeEach, expect, test } from 'vitest'
import type { Cancelled } from '@fitflow/contract/booking.ts'
import type { StaffCancel } from '@fitflow/contract/session-changes.ts'
import { aDatabase } from '../../test/database.ts'
import { aFrontDesk, keyed, refusal } from '../../test/front-desk.ts'
import { aLot, aMember, anAdmin, aSession, aTrainer, type Person } from '../../test/world.ts'
import type { BookingId, HoldId } from '../platform/ids.ts'
import { cancelForClient, previewForClient, releaseForClient } from './cancel-for-client.ts'

const { db, clock } = await aDatabase()
const desk = await aFrontDesk(db)
let admin: Person
beforeEach(async () => {
  admin = await anAdmin(db)
})

async function aBooking() {
  const [member, session] = [await aMember(db), await aSession(db)]
  await aLot(db, member)
  const { booking } = await desk.book(member, session)
  return { member, session, id: booking.id as BookingId }
}

async function cancel(id: BookingId, choice: Omit<StaffCancel, 'reason'>, by = admin): Promise<Cancelled> {
  const command = { keyed: keyed(by), context: by.context, choice: { reason: 'Rang in', ...choice } }
  return JSON.parse((await cancelForClient(desk.house, id, command)).body) as Cancelled
}
const preview = (id: BookingId, as: StaffCancel['as'], by = admin) => previewForClient(desk.house, id, { as, context: by.context })

test('as the member their own policy applies, as the studio everything comes back, and each is shown before', async () => {
  const [one, other] = [await aBooking(), await aBooking()]
  clock.set(one.session.startsAt.subtract({ hours: 1 }))
  expect(await preview(one.id, 'member')).toMatchObject({ rule: 'none', creditsReturned: 0, creditsForfeited: 1 })
  expect((await cancel(one.id, { as: 'member' })).booking).toMatchObject({ cancelKind: 'late', creditsUsed: 1 })
  const shown = await preview(other.id, 'studio')
  expect(shown).toMatchObject({ rule: 'full', creditsReturned: 1, creditsForfeited: 0 })
  expect(shown.sentence).toMatch(/^Everything comes back for Morning Strength, so the whole credit would be returned to the lot/)
  const done = await cancel(other.id, { as: 'studio' })
  expect(done.booking).toMatchObject({ status: 'cancelled', cancelKind: 'studio', creditsUsed: 0 })
  expect(done.receipt.sentence).toMatch(/^The studio cancelled the booking of Morning Strength \(Rang in\), so the whole credit was returned/)
  const [audit] = await db.sql`select user_id from audit_log where entity_id = ${one.id} and action = 'cancelled'`
  expect(audit).toEqual({ userId: admin.id })
})

test('as the member, what has become worse since it was shown is not done', async () => {
  const { id, session } = await aBooking()
  clock.set(session.startsAt.subtract({ hours: 1 }))
  await refusal('consequence-changed', cancel(id, { as: 'member', expect: 'full' }))
})

test('as the member too, the reason that staff gave stands in the audit log and in the receipt', async () => {
  const { id } = await aBooking()
  await cancel(id, { as: 'member' })
  const [audit] = await db.sql`select user_id, details->>'reason' as reason from audit_log where entity_id = ${id} and action = 'cancelled'`
  expect(audit).toEqual({ userId: admin.id, reason: 'Rang in' })
  const [kept] = await db.sql`select actor_id, facts->>'reason' as reason from decision_receipts where booking_id = ${id} and rule like 'cancel-%'`
  expect(kept).toEqual({ actorId: admin.id, reason: 'Rang in' })
})

test('cancelling the attendee and then the class releases each spot once: the capacity is never below nothing', async () => {
  const { id, session } = await aBooking()
  await cancel(id, { as: 'studio' })
  await refusal('booking-not-cancellable', cancel(id, { as: 'studio' }))
  await refusal('booking-not-cancellable', cancel(id, { as: 'member' }))
  expect(await db.sql`select taken, capacity from class_sessions where id = ${session.id}`).toEqual([{ taken: 0, capacity: 12 }])
})

test('the studio may take a booking back while the class runs, and not once it is over', async () => {
  const [one, other] = [await aBooking(), await aBooking()]
  clock.set(one.session.startsAt.add({ minutes: 30 }))
  await refusal('booking-not-cancellable', preview(one.id, 'member'))
  expect((await cancel(one.id, { as: 'studio' })).booking.cancelKind).toBe('studio')
  clock.set(other.session.endsAt)
  await refusal('booking-not-cancellable', preview(other.id, 'studio'))
  await refusal('booking-not-cancellable', cancel(other.id, { as: 'studio' }))
})

test('a hold that somebody forgot is released, and its spot is free at once', async () => {
  const [member, session] = [await aMember(db), await aSession(db, { capacity: 1 })]
  await aLot(db, member)
  const hold = await desk.hold(member, session)
  const command = { keyed: keyed(admin), context: admin.context }
  expect(await releaseForClient(db, hold.id as HoldId, command)).toMatchObject({ status: 204 })
  expect(await db.sql`select taken from class_sessions where id = ${session.id}`).toEqual([{ taken: 0 }])
  await refusal('hold-not-active', releaseForClient(db, hold.id as HoldId, { ...command, keyed: keyed(admin) }))
})

test('another trainer’s client is not there', async () => {
  const trainer = await aTrainer(db)
  const { id, member, session } = await aBooking()
  await refusal('not-found', preview(id, 'studio', trainer))
  await refusal('not-found', cancel(id, { as: 'studio' }, trainer))
  await desk.cancel(member, { id })
  const hold = await desk.hold(member, session)
  await refusal('not-found', releaseForClient(db, hold.id as HoldId, { keyed: keyed(trainer), context: trainer.context }))
})
