// Guarantees of moving a class past the end of what paid for it: the booking stands, and the preview says what cancelling gives.
import { expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { aFrontDesk, keyed } from '../../test/front-desk.ts'
import { aLot, aMember, anAdmin, aSession } from '../../test/world.ts'
import { readOnly } from '../platform/tx.ts'
import type { ClassSession } from '../schedule/class-sessions.ts'
import { staffSession } from '../schedule/staff-sessions.ts'
import { previewChange } from './change-preview.ts'
import { editSession } from './edit-session.ts'
import { freezeMembership } from './freeze-membership.ts'

// 11 January 2027, a Monday, 09:00.
const { db, clock } = await aDatabase()
const desk = await aFrontDesk(db)
const admin = await anAdmin(db)

const end = clock.now().add({ hours: 12 * 24 })
const sentenceFor = async ({ id }: ClassSession, startsAt: Temporal.Instant) => {
  const shown = await readOnly(db, admin.context, async tx => previewChange(tx, desk.house, { session: await staffSession(tx, id), change: { startsAt: String(startsAt) } }))
  return shown.people.map(({ fate, sentence }) => [fate, sentence.replace(/^Moves along, and may cancel free until [^.]*\. ?/, '')])
}
const move = ({ id }: ClassSession, startsAt: Temporal.Instant) =>
  editSession(desk.house, id, { keyed: keyed(admin), context: admin.context, change: { startsAt: String(startsAt) }, refuseStale: () => {} })

async function booked(lot: Parameters<typeof aLot>[2], method: 'credits' | 'membership' = 'credits') {
  const [member, session] = [await aMember(db), await aSession(db, { startsAt: clock.now().add({ hours: 48 }) })]
  const paying = await aLot(db, member, lot)
  const hold = await desk.hold(member, session)
  const { booking } = await desk.confirm(member, hold, { method })
  return { member, session, booking, lot: paying }
}

test('a pack that ends as the class would start is named with what cancelling gives back, and cancelling gives exactly that', async () => {
  const { member, session, booking } = await booked({ name: 'Ten classes', validUntil: end })
  expect(await sentenceFor(session, end.subtract({ minutes: 1 }))).toEqual([['moved', '']])
  const words = 'What paid for it does not reach that time (Ten classes, until 23 January 2027), yet the booking stands. Cancelled now, the whole credit would be returned to the lot that expires on 23 January 2027.'
  expect(await sentenceFor(session, end)).toEqual([['moved', words]])
  await move(session, end)
  expect((await db.sql`select status from bookings where id = ${booking.id}`)[0]).toEqual({ status: 'confirmed' })
  expect((await desk.cancel(member, booking)).receipt.sentence).toContain('so the whole credit was returned to the lot that expires on 23 January 2027.')
})

test('credits of a pack that is about to end would come back for a week', async () => {
  const { session } = await booked({ name: 'Ten classes', validUntil: clock.now().add({ hours: 6 * 24 }) })
  const [[, words] = []] = await sentenceFor(session, end)
  expect(words).toContain('Cancelled now, the whole credit would be returned to a new lot that expires on 18 January 2027, because the one it came from has under 7 days left.')
})

test('credits of a lot that came back once already go back into it, however soon it ends', async () => {
  const [member, first, session] = [await aMember(db), await aSession(db, { startsAt: clock.now().add({ hours: 30 }) }), await aSession(db, { startsAt: clock.now().add({ hours: 48 }) })]
  await aLot(db, member, { credits: 100, validUntil: clock.now().add({ hours: 50 }) })
  await desk.cancel(member, (await desk.book(member, first)).booking)
  clock.advance({ hours: 1 })
  await desk.book(member, session)
  const [[, words] = []] = await sentenceFor(session, clock.now().add({ hours: 8 * 24 }))
  expect(words).toContain('Cancelled now, the whole credit would be returned to the lot that expires on 18 January 2027.')
})

test('unlimited access that ends before, or is frozen then, has nothing to give back', async () => {
  const { session, lot } = await booked({ credits: null, name: 'Unlimited', validUntil: end }, 'membership')
  expect(await sentenceFor(session, end)).toEqual([['moved', 'What paid for it does not reach that time (Unlimited, until 23 January 2027), yet the booking stands.']])
  const freeze = { from: '2027-01-20', until: '2027-01-21', reason: 'Away' }
  await freezeMembership(db, lot.id, freeze, { keyed: keyed(admin), context: admin.context, timeZone: 'UTC' })
  const [from, to] = [Temporal.Instant.from('2027-01-20T00:00:00Z'), Temporal.Instant.from('2027-01-22T00:00:00Z')]
  expect(await sentenceFor(session, from)).toEqual([['moved', 'What paid for it does not reach that time (Unlimited, frozen then), yet the booking stands.']])
  expect(await sentenceFor(session, to)).toEqual([['moved', '']])
})
