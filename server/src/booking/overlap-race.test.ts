// A member asks for two classes of one time in two processes at once: they get one. The locks of classes cannot see it, the member's can.
import { expect, test } from 'vitest'
import { aFrontDesk } from '../../test/front-desk.ts'
import { aRace, ready, type Lane, untilTheyMeet } from '../../test/race.ts'
import { aLot, aMember, aSession } from '../../test/world.ts'

const { held, control, losing } = await aRace({ racers: 2, unconstrained: '' })
const locksOfClasses = losing({ advisoryLock: true })

async function race(lane: Lane): Promise<number> {
  const { db } = lane.stage
  const [member, ...sessions] = [await aMember(db), await aSession(db), await aSession(db)] as const
  await aLot(db, member)
  const desks = await Promise.all(lane.racers.map(racer => aFrontDesk(racer)))
  await ready(lane)
  const outcomes = await Promise.allSettled(desks.map((desk, at) => desk.hold(member, sessions[at]!)))
  return outcomes.filter(outcome => outcome.status === 'fulfilled').length
}

// No constraint knows of overlaps, and an advisory lock is one class's: only these two see both.
const seeing = held.filter(([name]) => !['the advisory lock alone', 'the constraints alone'].includes(name))

test.each(seeing)('%s: one of the two is held', async (_, lane) => {
  for (let round = 0; round < 3; round++) expect(await race(lane)).toBe(1)
})

test('control: without the member’s lock and the isolation both are', async () => {
  await expect.poll(() => race(control), untilTheyMeet).toBe(2)
})

test('control: with the locks of the classes, and without these two, both are', async () => {
  await expect.poll(() => race(locksOfClasses), untilTheyMeet).toBe(2)
})
