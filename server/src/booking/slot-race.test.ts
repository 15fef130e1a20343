// Two members, or a member and a class, want a trainer at the same instant: one gets them, and the trainer is never in two places.
import { expect, test } from 'vitest'
import { anAvailability } from '../../test/availability.ts'
import { aFrontDesk, keyed } from '../../test/front-desk.ts'
import { aRace, ready, type Lane, untilTheyMeet } from '../../test/race.ts'
import { aLot, aMember, anAdmin, aTemplate } from '../../test/world.ts'
import type { AvailabilityId, UserId } from '../platform/ids.ts'
import type { Problem } from '../platform/problem.ts'
import { transact } from '../platform/tx.ts'
import { createSession } from '../schedule/create-session.ts'
import { holdSlot } from './hold-slot.ts'
import { attendedBy } from './attended.ts'

const { held, control } = await aRace({ racers: 2, unconstrained: 'alter table class_sessions drop constraint class_sessions_trainer_busy' })

interface Stand {
  id: AvailabilityId
  trainerId: UserId
  startsAt: Temporal.Instant
}

/** An open slot of tomorrow, of a trainer who teaches nothing yet. */
async function aSlot({ stage: { db } }: Lane): Promise<Stand> {
  const { id, trainerId } = await anAvailability(db)
  return { id, trainerId, startsAt: Temporal.Instant.from('2027-01-12T10:00:00Z') }
}

async function aMemberTakes({ stage, racers }: Lane, at: number, { id, startsAt }: Stand) {
  const member = await aMember(stage.db)
  await aLot(stage.db, member)
  const { house } = await aFrontDesk(racers[at]!)
  return () => holdSlot(house, id, { keyed: keyed(member), context: member.context, startsAt })
}

/** Staff publish a class of the same trainer that begins half an hour into the slot. */
async function aClassIsMade({ stage, racers }: Lane, at: number, { trainerId, startsAt }: Stand) {
  const admin = await anAdmin(stage.db)
  const { id: templateId } = await aTemplate(stage.db, { trainerId })
  const wish = { templateId, startsAt: String(startsAt.add({ minutes: 30 })), status: 'published' as const }
  return () => transact(racers[at]!, admin.context, {}, tx => createSession(tx, wish, attendedBy))
}

/** What they heard who did not come through, and how much the trainer teaches then. */
async function run(lane: Lane, second: typeof aMemberTakes | typeof aClassIsMade = aMemberTakes) {
  const slot = await aSlot(lane)
  const racing: (() => Promise<unknown>)[] = [await aMemberTakes(lane, 0, slot), await second(lane, 1, slot)]
  await ready(lane)
  const outcomes = await Promise.allSettled(racing.map(one => one()))
  const noes = outcomes.flatMap(one => (one.status === 'rejected' ? [(one.reason as Problem).code] : []))
  const live = await lane.stage.db.sql`select from class_sessions where trainer_id = ${slot.trainerId} and status = 'published'`
  return { noes, live: live.length }
}

// The advisory lock is of sessions, and the slot has none yet; each of the others holds it alone.
const lanes = held.filter(([name]) => name !== 'the advisory lock alone')

test.each(lanes)('%s: two members meet at one slot, and one of them has it', async (_, lane) => {
  expect(await run(lane)).toEqual({ noes: ['trainer-busy'], live: 1 })
})

test.each(lanes)('%s: a member and a class of the trainer meet, and one of them has the trainer', async (_, lane) => {
  expect(await run(lane, aClassIsMade)).toEqual({ noes: ['trainer-busy'], live: 1 })
})

test.each([
  ['two members', aMemberTakes],
  ['a member and a class', aClassIsMade],
])('control: without any guard %s have the trainer at once', async (_, second) => {
  await expect.poll(() => run(control, second), untilTheyMeet).toEqual({ noes: [], live: 2 })
})
