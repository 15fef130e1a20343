// Who came, decided by several at once: the door and the end of the grace, and two workers.
import { expect, test } from 'vitest'
import { aFrontDesk } from '../../test/front-desk.ts'
import { aRace, ready, type Lane, untilTheyMeet } from '../../test/race.ts'
import { aLot, aMember, anAdmin, aSession } from '../../test/world.ts'

const { held, control } = await aRace({
  racers: 2,
  unconstrained: 'drop index checkins_one_standing',
})

/** Ada has a spot in a class whose grace has just passed. */
async function aGrace({ stage: { db, clock }, racers }: Lane) {
  const [admin, ada, desk] = [await anAdmin(db), await aMember(db), await aFrontDesk(db)]
  await aLot(db, ada)
  const session = await aSession(db, { startsAt: clock.now().add({ hours: 1 }), capacity: 1 })
  const { booking } = await desk.book(ada, session)
  clock.set(session.startsAt.add({ minutes: 10 }))
  const [one, two] = await Promise.all(racers.map(racer => aFrontDesk(racer)))
  return { admin, booking, one: one!, two: two! }
}

async function seen({ stage: { db } }: Lane, { booking }: { booking: { id: string } }) {
  const [row] = await db.sql`
    select b.status,
      (select count(*)::int from checkins where booking_id = b.id and undone_at is null) as checkins,
      (select count(*)::int from outbox where topic = 'booking.noshow' and data ->> 'bookingId' = b.id::text) as noshows
    from bookings b where b.id = ${booking.id}`
  return row!
}

/** Whoever is in has a check-in that stands, and whoever is a no-show was announced as one. */
async function door(lane: Lane) {
  const scene = await aGrace(lane)
  await ready(lane)
  await Promise.allSettled([scene.one.mark(scene.admin, scene.booking, 'present'), scene.two.markNoShows()])
  const { status, checkins, noshows } = await seen(lane, scene)
  return { agrees: checkins === (status === 'attended' ? 1 : 0), noshows, came: status === 'attended' }
}

async function workers(lane: Lane) {
  const scene = await aGrace(lane)
  await ready(lane)
  await Promise.allSettled([scene.one.markNoShows(), scene.two.markNoShows()])
  const { status, noshows } = await seen(lane, scene)
  return { status, noshows }
}

// No constraint knows who came.
const guarded = held.filter(([name]) => name !== 'the constraints alone')

test.each(guarded)('%s: at the end of the grace somebody is in or a no-show, never both', async (_, lane) => {
  // The door is open past the grace: whatever the job said, who is there is in, and a check-in is never overruled.
  for (let round = 0; round < 3; round++) expect(await door(lane)).toMatchObject({ agrees: true, came: true })
})

test('control: without any guard somebody is checked in and a no-show at once', async () => {
  const isBoth = async () => {
    const { agrees, came, noshows } = await door(control)
    return !agrees || (came && noshows > 0)
  }
  await expect.poll(isBoth, untilTheyMeet).toBe(true)
})

test.each(guarded)('%s: two workers mark a no-show once', async (_, lane) => {
  for (let round = 0; round < 3; round++) expect(await workers(lane)).toEqual({ status: 'no_show', noshows: 1 })
})

test('control: without any guard two workers announce it twice', async () => {
  await expect.poll(() => workers(control), untilTheyMeet).toEqual({ status: 'no_show', noshows: 2 })
})
