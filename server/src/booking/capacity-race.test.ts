// The last spot against a cut of the capacity by one: one of them wins, whichever guard is left; without any both do.
import { expect, test } from 'vitest'
import { aFrontDesk, keyed } from '../../test/front-desk.ts'
import { aRace, ready, type Lane, untilTheyMeet } from '../../test/race.ts'
import { aLot, aMember, anAdmin, aSession } from '../../test/world.ts'
import { editSession } from './edit-session.ts'

const { held, control } = await aRace({
  racers: 2,
  unconstrained: 'alter table class_sessions drop constraint class_sessions_never_overbooked',
})

/** A class of two with one spot left: somebody holds it while an admin makes it a class of one. */
async function race(lane: Lane) {
  const { db } = lane.stage
  const [admin, session] = [await anAdmin(db), await aSession(db, { capacity: 2 })]
  const members = [await aMember(db), await aMember(db)] as const
  for (const member of members) await aLot(db, member)
  await (await aFrontDesk(db)).hold(members[0], session)
  const [one, other] = await Promise.all(lane.racers.map(racer => aFrontDesk(racer)))
  await ready(lane)
  const edit = { keyed: keyed(admin), context: admin.context, change: { capacity: 1 }, refuseStale: () => {} }
  const outcomes = await Promise.allSettled([one!.hold(members[1], session), editSession(other!.house, session.id, edit)])
  const [row] = await db.sql`select taken, capacity from class_sessions where id = ${session.id}`
  return { won: outcomes.filter(outcome => outcome.status === 'fulfilled').length, ...row }
}

const [spotWon, cutWon] = [{ won: 1, taken: 2, capacity: 2 }, { won: 1, taken: 1, capacity: 1 }]

test.each(held)('%s: one of them wins', async (_, lane) => {
  for (let round = 0; round < 3; round++) expect([spotWon, cutWon]).toContainEqual(await race(lane))
})

test('control: without any guard both win, and the class is overbooked', async () => {
  await expect.poll(() => race(control), untilTheyMeet).toEqual({ won: 2, taken: 2, capacity: 1 })
})
