// One request sent twice under one key, to two processes in the same instant: one spot, and one answer told to both.
import { expect, test } from 'vitest'
import { aFrontDesk, keyed } from '../../test/front-desk.ts'
import { aRace, ready, type Lane, untilTheyMeet } from '../../test/race.ts'
import { aLot, aMember, aSession } from '../../test/world.ts'

const { held, control } = await aRace({
  racers: 2,
  unconstrained: 'alter table idempotency_keys drop constraint idempotency_keys_pkey; drop index spot_holds_one_live',
})

async function race(lane: Lane) {
  const { db } = lane.stage
  const [member, session] = [await aMember(db), await aSession(db)]
  await aLot(db, member)
  const desks = await Promise.all(lane.racers.map(racer => aFrontDesk(racer)))
  await ready(lane)
  const ask = { sessionId: session.id, keyed: keyed(member), context: member.context }
  const outcomes = await Promise.allSettled(desks.map(({ desk }) => desk.hold(ask)))
  const answers = outcomes.flatMap(outcome => (outcome.status === 'fulfilled' ? [outcome.value] : []))
  const [row] = await db.sql<[{ taken: number; holds: number }]>`
    select taken, (select count(*)::int from spot_holds where session_id = s.id) as holds from class_sessions s where id = ${session.id}`
  return { ...row, replayed: answers.map(answer => answer.replayed).toSorted(), bodies: new Set(answers.map(answer => answer.body)).size }
}

const once = { taken: 1, holds: 1, replayed: [false, true], bodies: 1 }

test.each(held.filter(([name]) => name !== 'the constraints alone'))('%s: it takes effect once, and both hear the same', async (_, lane) => {
  for (let round = 0; round < 3; round++) expect(await race(lane)).toEqual(once)
})

test('the constraints alone: it takes effect once; whoever came second may be told of a fault', async () => {
  const [, lane] = held.find(([name]) => name === 'the constraints alone')!
  const { replayed, ...told } = await race(lane)
  expect(told).toEqual({ taken: 1, holds: 1, bodies: 1 })
  expect(replayed).toContain(false)
})

test('control: without any guard one request takes two spots', async () => {
  await expect.poll(() => race(control), untilTheyMeet).toEqual({ taken: 2, holds: 2, replayed: [false, false], bodies: 2 })
})
