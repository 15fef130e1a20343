// Two workers come to one class at the turn of its standing reservations: each is decided once, and nobody too many gets in.
import { expect, test } from 'vitest'
import { aRace, ready, type Lane, untilTheyMeet } from '../../test/race.ts'
import { aStandingStage } from '../../test/standing.ts'
import { newTraceId } from '../platform/trace.ts'
import { openSettings } from '../schedule/settings.ts'
import { bookStanding } from './book-standing.ts'

const { held, control } = await aRace({
  racers: 2,
  unconstrained: `
    alter table class_sessions drop constraint class_sessions_never_overbooked;
    alter table standing_results drop constraint standing_results_pkey;
    drop index bookings_one_live`,
})

/** A class for one, and two with a standing place in it. */
async function race(lane: Lane) {
  const { db, clock } = lane.stage
  const stage = await aStandingStage(db, clock)
  const { series, session, turnAt } = await stage.aComingSession(1)
  for (const member of [await stage.aPayer(), await stage.aPayer()]) {
    await stage.reserve(member, { seriesId: series.id, joinsWaitlist: false, until: session.on })
    clock.advance({ milliseconds: 1 })
  }
  clock.set(turnAt)
  const workers = await Promise.all(lane.racers.map(async racer => ({ db: racer, settings: await openSettings(racer) })))
  await ready(lane)
  await Promise.allSettled(workers.map(worker => bookStanding(worker, newTraceId())))
  const [row] = await db.sql`
    select taken, (select count(*)::int from bookings where session_id = s.id) as bookings,
      (select count(*)::int from standing_results where session_id = s.id) as results,
      (select sum(amount)::int from credit_transactions t join bookings b on b.id = t.booking_id where b.session_id = s.id) as paid
    from class_sessions s where id = ${session.id}`
  return row
}

test.each(held)('%s: each is decided once, and the one spot is paid for once', async (_, lane) => {
  for (let round = 0; round < 3; round++) expect(await race(lane)).toEqual({ taken: 1, bookings: 1, results: 2, paid: -100 })
})

test('control: without any guard both workers book the same place', async () => {
  await expect.poll(() => race(control), untilTheyMeet).toEqual({ taken: 2, bookings: 2, results: 4, paid: -200 })
})
