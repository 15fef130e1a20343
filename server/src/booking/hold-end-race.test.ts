// One hold is confirmed, given back and swept in the same instant: it ends once, and its spot goes one way.
import { expect, test } from 'vitest'
import { aFrontDesk } from '../../test/front-desk.ts'
import { aRace, ready, type Lane, type Stage, untilTheyMeet } from '../../test/race.ts'
import { aLot, aMember, aSession } from '../../test/world.ts'
import type { Clock } from '../platform/clock.ts'

// The sweeper reads its clock as the hold runs out, the other two the moment before.
const sweeper = 2
const expiry = (stage: Stage) => stage.clock.now().add({ minutes: 10 })
function clockOf(stage: Stage, racer: number): Clock {
  if (racer !== sweeper) return stage.clock
  return { ...stage.clock, now: () => expiry(stage), expression: sql => sql`(select ${String(expiry(stage))}::timestamptz)` }
}

// That a hold becomes one booking at most is no guard of its spot: it stays.
const { held, control } = await aRace({
  ...{ racers: 3, clockOf },
  unconstrained: 'alter table class_sessions drop constraint class_sessions_never_overbooked',
})

async function race(lane: Lane) {
  const { db } = lane.stage
  const [member, session] = [await aMember(db), await aSession(db, { capacity: 1 })]
  await aLot(db, member)
  const hold = await (await aFrontDesk(db)).hold(member, session)
  const [confirmer, giver, sweep] = await Promise.all(lane.racers.map(racer => aFrontDesk(racer)))
  await ready(lane)
  await Promise.allSettled([confirmer!.confirm(member, hold), giver!.release(member, hold), sweep!.sweep()])
  const [row] = await db.sql<[{ taken: number; booked: number; ends: number; debits: number }]>`
    select taken, (select count(*)::int from bookings where session_id = s.id) as booked,
      (select count(*)::int from outbox where data->>'holdId' = ${hold.id} and topic in ('hold.expired', 'hold.released', 'hold.confirmed')) as ends,
      (select count(*)::int from credit_transactions where user_id = ${member.id} and type = 'debit') as debits
    from class_sessions s where id = ${session.id}`
  return row
}

const [booked, free] = [{ taken: 1, booked: 1, ends: 1, debits: 1 }, { taken: 0, booked: 0, ends: 1, debits: 0 }]

// Here the count alone is no guard: one spot taken and one given back is what it allows.
test.each(held.filter(([name]) => name !== 'the constraints alone'))('%s: it ends once, as a booking or as a free spot', async (_, lane) => {
  for (let round = 0; round < 3; round++) expect([booked, free]).toContainEqual(await race(lane))
})

test('the constraints alone never let the spot be given away twice', async () => {
  const [, lane] = held.find(([name]) => name === 'the constraints alone')!
  const { db } = lane.stage
  expect((await race(lane)).taken).toBe(0)
  // What only they did not keep is put right, so that the last look at this database is about the guarded races.
  await db.sql`update spot_holds h set status = 'confirmed' where exists (select from bookings where hold_id = h.id)`
  await db.sql`update class_sessions s set taken = (select count(*) from bookings where session_id = s.id)`
})

test('control: without any guard it ends three times, and its spot is given back twice', async () => {
  await expect.poll(() => race(control), untilTheyMeet).toEqual({ taken: -1, booked: 1, ends: 3, debits: 1 })
})
