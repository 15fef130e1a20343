// A class that moves while somebody takes a spot in it: whoever is in carries the time of the class, before or after.
import { expect, test } from 'vitest'
import { aFrontDesk, keyed } from '../../test/front-desk.ts'
import { aRace, ready, type Lane, untilTheyMeet } from '../../test/race.ts'
import { aLot, aMember, anAdmin, aSession } from '../../test/world.ts'
import { editSession } from './edit-session.ts'

// The holder has decided and is slow to write: whoever moves the class meanwhile has the time to, if nothing bars the way.
const slowHolder = `
  create function wait_for_the_move() returns trigger language plpgsql as $$
  declare
    moved bigint := (select count(*) from class_sessions where time_overridden);
    latest timestamptz := clock_timestamp() + interval '400 milliseconds';
  begin
    while (select count(*) from class_sessions where time_overridden) = moved and clock_timestamp() < latest loop
      perform pg_sleep(0.001);
    end loop;
    return null;
  end $$;
  create trigger slow_holder before update of taken on class_sessions for each statement execute function wait_for_the_move()`

const { held, control } = await aRace({ racers: 2, unconstrained: slowHolder })

async function race(lane: Lane) {
  const { db } = lane.stage
  const [admin, session, member] = [await anAdmin(db), await aSession(db), await aMember(db)]
  await aLot(db, member)
  const [one, other] = await Promise.all(lane.racers.map(racer => aFrontDesk(racer)))
  await ready(lane)
  const change = { startsAt: String(session.startsAt.add({ hours: 3 })) }
  const edit = { keyed: keyed(admin), context: admin.context, change, refuseStale: () => {} }
  const outcomes = await Promise.allSettled([one!.hold(member, session), editSession(other!.house, session.id, edit)])
  const rows = await db.sql`
    select h.starts_at = s.starts_at as in_step from spot_holds h join class_sessions s on s.id = h.session_id where s.id = ${session.id}`
  return { done: outcomes.every(outcome => outcome.status === 'fulfilled'), rows: [...rows] }
}

// No constraint knows that a hold carries the time of its class.
const guarded = held.filter(([name]) => name !== 'the constraints alone')

test.each(guarded)('%s: the hold is where the class is', async (_, lane) => {
  for (let round = 0; round < 3; round++) expect(await race(lane)).toEqual({ done: true, rows: [{ inStep: true }] })
})

test('control: without any guard the hold stays where the class was', async () => {
  await expect.poll(() => race(control), untilTheyMeet).toEqual({ done: true, rows: [{ inStep: false }] })
})
