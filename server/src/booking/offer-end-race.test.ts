// An offer is accepted in the very instant in which it runs out: it is a booking or free again, never both.
import { expect, test } from 'vitest'
import { aFrontDesk } from '../../test/front-desk.ts'
import { aRace, ready, type Lane, type Stage, untilTheyMeet } from '../../test/race.ts'
import { aQueue, holdsOf } from '../../test/queues.ts'
import type { Clock } from '../platform/clock.ts'

// The sweeper reads its clock as the offer runs out, whoever accepts it the moment before.
const sweeper = 1
const expiry = (stage: Stage) => stage.clock.now().add({ minutes: 5 })
function clockOf(stage: Stage, racer: number): Clock {
  if (racer !== sweeper) return stage.clock
  return { ...stage.clock, now: () => expiry(stage), expression: sql => sql`(select ${String(expiry(stage))}::timestamptz)` }
}

// One spot given back while one is taken is within the count's bounds: no constraint sees it.
const { held, control } = await aRace({ racers: 2, clockOf, unconstrained: 'select' })

async function race({ stage, racers }: Lane) {
  const { db, clock } = stage
  const desk = await aFrontDesk(db)
  const { session, booked, waiting } = await aQueue({ db, clock, desk }, { length: 1 })
  await desk.cancel(booked[0]!.member, booked[0]!.booking)
  await desk.settle()
  const [offer] = await holdsOf(db, waiting[0]!)
  const [accepting, sweeping] = await Promise.all(racers.map(racer => aFrontDesk(racer)))
  await ready({ name: '', stage, racers })
  await Promise.allSettled([accepting!.confirm(waiting[0]!, offer!), sweeping!.sweep()])
  const [row] = await db.sql`
    select taken, waitlist_length, (select count(*)::int from bookings where session_id = s.id and status = 'confirmed') as booked,
      (select state from waitlist_entries where session_id = s.id) as entry,
      (select count(*)::int from outbox where data->>'holdId' = ${offer!.id} and topic in ('hold.expired', 'hold.confirmed')) as ends
    from class_sessions s where id = ${session.id}`
  return row
}

const accepted = { taken: 1, waitlistLength: 0, booked: 1, entry: 'accepted', ends: 1 }
const expired = { taken: 0, waitlistLength: 1, booked: 0, entry: 'waiting', ends: 1 }

test.each(held.filter(([name]) => name !== 'the constraints alone'))('%s: an offer that is accepted as it runs out ends once', async (_, lane) => {
  for (let round = 0; round < 3; round++) expect([accepted, expired]).toContainEqual(await race(lane))
})

test('control: without any guard it ends twice, and its spot is free although it is booked', async () => {
  await expect.poll(() => race(control), untilTheyMeet).toMatchObject({ taken: 0, booked: 1, ends: 2 })
})
