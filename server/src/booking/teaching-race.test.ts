// Somebody takes a spot while a class is published for them at that very time: one of the two comes through, never both.
import { expect, test } from 'vitest'
import { aFrontDesk } from '../../test/front-desk.ts'
import { aRace, ready, type Lane, untilTheyMeet } from '../../test/race.ts'
import { aLot, anAdmin, aSession, aTemplate, aTrainer } from '../../test/world.ts'
import type { Problem } from '../platform/problem.ts'
import { transact } from '../platform/tx.ts'
import { createSession } from '../schedule/create-session.ts'
import { attendedBy } from './attended.ts'

const { held, control } = await aRace({ racers: 2, unconstrained: '' })

async function race({ stage: { db }, racers: [one, two], ...lane }: Lane) {
  const [trainer, admin, session] = [await aTrainer(db), await anAdmin(db), await aSession(db)]
  await aLot(db, trainer)
  const { id: templateId } = await aTemplate(db, { trainerId: trainer.id })
  const desk = await aFrontDesk(one!)
  const wish = { templateId, startsAt: String(session.startsAt), status: 'published' as const }
  await ready({ stage: { db }, racers: [one, two], ...lane } as Lane)
  const outcomes = await Promise.allSettled([desk.hold(trainer, session), transact(two!, admin.context, {}, tx => createSession(tx, wish, attendedBy))])
  return outcomes.map(outcome => (outcome.status === 'rejected' ? (outcome.reason as Problem).code : 'done'))
}

// No constraint knows of both, and an advisory lock is one class's: only the trainer's lock and the isolation see them.
const seeing = held.filter(([name]) => !['the advisory lock alone', 'the constraints alone'].includes(name))

test.each(seeing)('%s: one of the two comes through', async (_, lane) => {
  for (let round = 0; round < 4; round++) {
    const outcomes = await race(lane)
    expect([['done', 'trainer-busy'], ['teaching-then', 'done']]).toContainEqual(outcomes)
  }
})

test('control: without the trainer’s lock and the isolation both do', async () => {
  await expect.poll(() => race(control), untilTheyMeet).toEqual(['done', 'done'])
})
