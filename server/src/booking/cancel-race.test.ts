// One booking cancelled twice in the same instant: one receipt, one credit back, one spot free.
import { expect, test } from 'vitest'
import { aFrontDesk } from '../../test/front-desk.ts'
import { aRace, ready, type Lane, untilTheyMeet } from '../../test/race.ts'
import { aLot, aMember, aSession } from '../../test/world.ts'

const { held, control } = await aRace({
  racers: 2,
  unconstrained: 'alter table class_sessions drop constraint class_sessions_never_overbooked',
})

async function race(lane: Lane) {
  const { db } = lane.stage
  const [member, session, desk] = [await aMember(db), await aSession(db, { capacity: 1 }), await aFrontDesk(db)]
  await aLot(db, member)
  const { booking } = await desk.book(member, session)
  const racers = await Promise.all(lane.racers.map(racer => aFrontDesk(racer)))
  await ready(lane)
  const outcomes = await Promise.allSettled(racers.map(racer => racer.cancel(member, booking)))
  const [row] = await db.sql`
    select taken, (select credits_balance from memberships where user_id = ${member.id}) as balance,
      (select count(*)::int from decision_receipts where booking_id = ${booking.id} and rule like 'cancel%') as receipts
    from class_sessions where id = ${session.id}`
  return { won: outcomes.filter(outcome => outcome.status === 'fulfilled').length, ...row }
}

test.each(held)('%s: it is cancelled once', async (_, lane) => {
  for (let round = 0; round < 3; round++) expect(await race(lane)).toEqual({ won: 1, taken: 0, balance: 1000, receipts: 1 })
})

test('control: without any guard the credit comes back twice, and the spot too', async () => {
  await expect.poll(() => race(control), untilTheyMeet).toEqual({ won: 2, taken: -1, balance: 1100, receipts: 2 })
})
