// Two admins close the studio for the same time at the same instant: one closure stands, so that lifting it opens the studio; without any guard two do.
import { expect, test } from 'vitest'
import { keyed } from '../../test/front-desk.ts'
import { aRace, ready, type Lane, untilTheyMeet } from '../../test/race.ts'
import { anAdmin } from '../../test/world.ts'
import type { Problem } from '../platform/problem.ts'
import { openSettings } from '../schedule/settings.ts'
import { closeStudio } from './close-studio.ts'

const { held, control } = await aRace({ racers: 2, unconstrained: 'select 1' })
// No row and no class is there to lock, and no constraint says how closures lie.
const sufficient = held.filter(([name]) => name === 'every guard' || name === 'the isolation alone')
const wish = { startsAt: '2027-03-10T00:00:00Z', endsAt: '2027-03-11T00:00:00Z', reason: 'Works' }

async function race(lane: Lane) {
  const { sql } = lane.stage.db
  const admins = await Promise.all(lane.racers.map(async db => ({ db, admin: await anAdmin(lane.stage.db), settings: await openSettings(db) })))
  await ready(lane)
  const outcomes = await Promise.allSettled(
    admins.map(({ db, settings, admin }) => closeStudio({ db, settings }, wish, { keyed: keyed(admin), context: admin.context })),
  )
  for (const { settings } of admins) settings.close()
  const noes = outcomes.flatMap(one => (one.status === 'rejected' ? [(one.reason as Problem).code] : []))
  const standing = (await sql`select from closures where lifted_at is null`).length
  await sql`delete from closures`
  return { noes, standing }
}

test.each(sufficient)('%s: one of them is told that the studio is closed already', async (_, lane) => {
  expect(await race(lane)).toEqual({ noes: ['studio-closed'], standing: 1 })
})

test('control: without any guard two stand, and lifting one opens nothing', async () => {
  await expect.poll(() => race(control), untilTheyMeet).toEqual({ noes: [], standing: 2 })
})
