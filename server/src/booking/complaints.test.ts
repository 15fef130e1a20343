// What users of other systems complain about and no other test of this module says by itself: each is named after what holds here.
import { expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { aFrontDesk, refusal } from '../../test/front-desk.ts'
import { aPayer, aQueue, countsOf, holdsOf, placeOf } from '../../test/queues.ts'
import { aLot, aMember, aSession } from '../../test/world.ts'
import { expireLots } from '../credits/expire-lots.ts'
import { memberLots } from '../credits/member-lots.ts'
import { readOnly } from '../platform/tx.ts'

const { db, clock } = await aDatabase()
const desk = await aFrontDesk(db)

test('a hold kept open in another tab confirms nothing once it has run out, whoever has the spot by then', async () => {
  const [slow, quick] = [await aPayer(db), await aPayer(db)]
  const session = await aSession(db, { capacity: 1 })
  const open = await desk.hold(slow, session)
  clock.advance({ minutes: 10 })
  await desk.book(quick, session)
  await desk.join(slow, session)
  await refusal('hold-expired', desk.confirm(slow, open))
  expect(await countsOf(db, session)).toMatchObject({ taken: 1, waiting: 1, waitlistLength: 1 })
})

test('no freed spot reaches the public while an offer lives; once nobody is left to ask, it does', async () => {
  const { session, booked, waiting } = await aQueue({ db, clock, desk }, { length: 1 })
  const [first] = booked
  await desk.cancel(first!.member, first!.booking)
  await desk.settle()
  const passer = await aPayer(db)
  // Not taken, it comes back to the one who waits once more, and then their wait is over.
  for (const _ of [1, 2]) {
    expect(await holdsOf(db, waiting[0]!)).toHaveLength(1)
    await refusal('session-full', desk.hold(passer, session))
    clock.advance({ minutes: 5 })
    await desk.sweep()
    await desk.settle()
  }
  expect(await placeOf(db, waiting[0]!, session)).toMatchObject({ position: null, offer: null })
  expect(await desk.hold(passer, session)).toMatchObject({ status: 'active' })
})

test('a late cancellation is never refused before the start, is shown before, and frees the spot for somebody else at once', async () => {
  const [late, next] = [await aPayer(db), await aPayer(db)]
  const session = await aSession(db, { capacity: 1 })
  const { booking } = await desk.book(late, session)
  clock.set(session.startsAt.subtract({ seconds: 1 }))
  expect(await desk.preview(late, booking)).toMatchObject({ rule: 'none', creditsReturned: 0, creditsForfeited: 1 })
  await desk.cancel(late, booking, { expect: 'none' })
  expect((await desk.book(next, session)).booking.status).toBe('confirmed')
})

test('credits that come anew revive none that have ended', async () => {
  const member = await aMember(db)
  await aLot(db, member, { credits: 300, validUntil: clock.now().add({ hours: 1 }) })
  clock.advance({ hours: 1 })
  await expireLots(db, 'UTC')
  await aLot(db, member, { credits: 200, name: 'Bought anew' })
  const lots = await readOnly(db, member.context, tx => memberLots(tx, member.id))
  expect([lots.creditsBalance, lots.items.map(lot => lot.name)]).toEqual([2, ['Bought anew']])
})
