// A class cancelled by the studio in the rush for it: nobody ends with a spot in it, and everything that was paid is returned.
import { expect, test } from 'vitest'
import { aFrontDesk, keyed } from '../../test/front-desk.ts'
import { aRace, ready, type Lane, untilTheyMeet } from '../../test/race.ts'
import { aLot, aMember, anAdmin, aSession } from '../../test/world.ts'
import { editSession } from './edit-session.ts'

const { held, control } = await aRace({
  racers: 3,
  unconstrained: 'alter table class_sessions drop constraint class_sessions_never_overbooked',
})

/** One holds a spot and confirms it, another asks for one, and the studio cancels, in one instant. */
async function race(lane: Lane) {
  const { db } = lane.stage
  const [admin, session, desk] = [await anAdmin(db), await aSession(db, { capacity: 5 }), await aFrontDesk(db)]
  const [confirmer, asker] = [await aMember(db), await aMember(db)]
  for (const member of [confirmer, asker]) await aLot(db, member)
  const hold = await desk.hold(confirmer, session)
  const [one, two, three] = await Promise.all(lane.racers.map(racer => aFrontDesk(racer)))
  await ready(lane)
  const edit = { keyed: keyed(admin), context: admin.context, change: { status: 'cancelled' }, refuseStale: () => {} } as const
  await Promise.allSettled([one!.confirm(confirmer, hold), two!.hold(asker, session), editSession(three!.house, session.id, edit)])
  const [row] = await db.sql`
    select s.status, s.taken, (select count(*)::int from bookings b where b.session_id = s.id and b.status = 'confirmed') as booked,
      (select count(*)::int from spot_holds h where h.session_id = s.id and h.status = 'active') as held,
      (select sum(credits_balance)::int from memberships where user_id = any(${[confirmer.id, asker.id]}::uuid[])) as balance
    from class_sessions s where s.id = ${session.id}`
  return row
}

const sound = { status: 'cancelled', taken: 0, booked: 0, held: 0, balance: 2000 }

// No constraint knows of who is in a cancelled class.
const guarded = held.filter(([name]) => name !== 'the constraints alone')

test.each(guarded)('%s: whoever wins, nobody keeps anything in a cancelled class', async (_, lane) => {
  for (let round = 0; round < 3; round++) expect(await race(lane)).toEqual(sound)
})

test('control: without any guard somebody is left with a spot in it', async () => {
  await expect.poll(() => race(control), untilTheyMeet).not.toEqual(sound)
})
