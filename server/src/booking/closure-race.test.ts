// A closure against the job that makes classes: whichever commits first, no class stands inside, and without the guard one does.
import { expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { keyed } from '../../test/front-desk.ts'
import { anotherHandle } from '../../test/handles.ts'
import { aSeries, sessionsOf } from '../../test/series.ts'
import { anAdmin, system } from '../../test/world.ts'
import type { Database } from '../platform/db.ts'
import type { Sql } from '../platform/sql.ts'
import { transact } from '../platform/tx.ts'
import { readSeries } from '../schedule/class-series.ts'
import { fillSeries, horizonDays } from '../schedule/fill-series.ts'
import { openSettings } from '../schedule/settings.ts'
import { closeStudio } from './close-studio.ts'

const { db, clock, url } = await aDatabase()
const guarded = [anotherHandle({ url, clock }), anotherHandle({ url, clock })] as const
const bare = [anotherHandle({ url, clock }, { isolation: 'read committed' }), anotherHandle({ url, clock }, { isolation: 'read committed' })] as const
const weeks = 9

/** The job has made the ninth Wednesday and not committed yet, when the studio is closed on that day; answers what stands there then. */
async function race(job: Database, desk: Database) {
  const [{ series }, admin, settings] = [await aSeries(db), await anAdmin(db), await openSettings(desk)]
  clock.advance({ hours: 24 * 7 })
  const closing = { startsAt: '2027-03-10T00:00:00Z', endsAt: '2027-03-11T00:00:00Z', reason: 'Works' }
  let isClosed = false
  const lock = (sql: Sql) => ({ card: readSeries(sql, series.id, { lock: true }) })
  await transact(job, system, { lock }, async (tx, { card }) => {
    await fillSeries(tx, card!, horizonDays(card!, tx.now, weeks))
    if (isClosed) return
    isClosed = true
    await closeStudio({ db: desk, settings }, closing, { keyed: keyed(admin), context: admin.context })
  })
  clock.advance({ hours: -24 * 7 })
  settings.close()
  await db.sql`update closures set lifted_at = ${clock.now()} where lifted_at is null`
  const there = (await sessionsOf(db, series.id)).filter(one => one.on === '2027-03-10')
  return there.map(one => one.status).filter(status => status !== 'cancelled')
}

test('no class is made inside a closure that was decided while the job was making it', async () => {
  expect(await race(...guarded)).toEqual([])
})

test('control: without SERIALIZABLE a class stands inside the closure', async () => {
  expect(await race(...bare)).toEqual(['published'])
})
