// An edit of a series against the job that makes its classes: whichever commits first, every class has the new hour, and without the guards one keeps the old.
import { expect, test } from 'vitest'
import { keyed } from '../../test/front-desk.ts'
import { aRace, ready, type Lane, untilTheyMeet } from '../../test/race.ts'
import { aSeries, sessionsOf } from '../../test/series.ts'
import { anAdmin, system } from '../../test/world.ts'
import type { Database } from '../platform/db.ts'
import type { SeriesId } from '../platform/ids.ts'
import type { Sql } from '../platform/sql.ts'
import { transact } from '../platform/tx.ts'
import { readSeries } from '../schedule/class-series.ts'
import { fillSeries, horizonDays } from '../schedule/fill-series.ts'
import { openSettings } from '../schedule/settings.ts'
import { editSeries } from './edit-series.ts'
import { attendedBy } from './attended.ts'

const { held, control } = await aRace({ racers: 2, unconstrained: 'select 1' })
// The job names no session, so that advisory locks are no matter to it; and the edit, which locks sessions first, has counted them before it waits for the series.
const sufficient = held.filter(([name]) => name === 'every guard' || name === 'the isolation alone')
const [weeks, oneWeek] = [9, 24 * 7]
// From its first day on is the whole: it stays one series.
const first = '2027-01-20'

/** As the job does it, a week later: two Wednesdays are to be made. */
function grow(db: Database, id: SeriesId): Promise<unknown> {
  const lock = (sql: Sql) => ({ card: readSeries(sql, id, { lock: true }) })
  return transact(db, system, { lock }, (tx, { card }) => fillSeries(tx, card!, horizonDays(card!, tx.now, weeks), attendedBy))
}

/** Both have read the series before either writes; answers the hours of its coming classes. */
async function race(lane: Lane) {
  const { db, clock } = lane.stage
  const [{ series }, admin] = [await aSeries(db, { startsOn: first }), await anAdmin(db)]
  clock.advance({ hours: oneWeek })
  const [job, desk] = lane.racers as [Database, Database]
  const settings = await openSettings(desk)
  const command = { keyed: keyed(admin), context: admin.context, edit: { scope: 'following', from: first, wallTime: '08:30' }, refuseStale: () => undefined } as const
  await ready(lane)
  const done = await Promise.allSettled([grow(job, series.id), editSeries({ db: desk, settings }, series.id, command)])
  settings.close()
  clock.advance({ hours: -oneWeek })
  expect(done.map(one => one.status)).toEqual(['fulfilled', 'fulfilled'])
  return (await sessionsOf(db, series.id)).map(one => one.startsAt.slice(11, 16))
}

const changed = (hours: number) => Array.from({ length: hours }, () => '08:30')

test.each(sufficient)('%s: every class that is ahead has the new hour, also the one that was just being made', async (_, lane) => {
  for (let round = 0; round < 3; round++) expect(await race(lane)).toEqual(changed(9))
})

test('control: without any guard the class that was just being made keeps the old hour', async () => {
  await expect.poll(() => race(control), untilTheyMeet).toEqual([...changed(7), '07:00', '07:00'])
})
