// Two squeezed in at once: the class grows by exactly those it lets in, and nobody is overbooked.
import { expect, test } from 'vitest'
import { aFrontDesk, keyed } from '../../test/front-desk.ts'
import { aRace, ready, type Lane, untilTheyMeet } from '../../test/race.ts'
import { aLot, aMember, anAdmin, aSession } from '../../test/world.ts'
import { bookForClient } from './book-for-client.ts'

const { held, control } = await aRace({
  racers: 2,
  unconstrained: 'alter table class_sessions drop constraint class_sessions_never_overbooked',
})

async function race(lane: Lane) {
  const { db } = lane.stage
  const [admin, session] = [await anAdmin(db), await aSession(db, { capacity: 1 })]
  const members = [await aMember(db), await aMember(db), await aMember(db)] as const
  for (const member of members) await aLot(db, member)
  await (await aFrontDesk(db)).book(members[0], session)
  const racers = await Promise.all(lane.racers.map(racer => aFrontDesk(racer)))
  await ready(lane)
  const squeeze = (at: 0 | 1) =>
    bookForClient(racers[at]!.house, session.id, {
      ...{ keyed: keyed(admin), context: admin.context, squeeze: true },
      wish: { userId: members[at + 1]!.id, means: { method: 'any' } },
    })
  const outcomes = await Promise.allSettled([squeeze(0), squeeze(1)])
  const won = outcomes.filter(outcome => outcome.status === 'fulfilled').length
  const [row] = await db.sql`select taken, capacity from class_sessions where id = ${session.id}`
  const [booked] = await db.sql`select count(*)::int as n from bookings where session_id = ${session.id} and status = 'confirmed'`
  return { won, ...row, booked: booked?.n }
}

// Where only the constraint is left, one of them runs into it and is told to come again.
const [both, one] = [{ won: 2, taken: 3, capacity: 3, booked: 3 }, { won: 1, taken: 2, capacity: 2, booked: 2 }]

test.each(held)('%s: the class is as large as it is full', async (_, lane) => {
  for (let round = 0; round < 3; round++) expect([both, one]).toContainEqual(await race(lane))
})

test('control: without any guard more get in than the class grew by', async () => {
  const tooMany = async () => {
    const { taken, capacity } = (await race(control)) as unknown as { taken: number; capacity: number }
    return taken - capacity
  }
  await expect.poll(tooMany, untilTheyMeet).toBeGreaterThan(0)
})
