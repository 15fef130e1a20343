// A closure against whoever brings a class into it, the job or staff: whichever commits first, none stands inside, and without the guard one does.
import { expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { keyed, refusal } from '../../test/front-desk.ts'
import { anotherHandle } from '../../test/handles.ts'
import { aSeries, sessionsOf } from '../../test/series.ts'
import { anAdmin, aSession, aTemplate, system } from '../../test/world.ts'
import type { Database } from '../platform/db.ts'
import type { SessionId } from '../platform/ids.ts'
import { transact, type Tx } from '../platform/tx.ts'
import { setStatus } from '../schedule/change-session.ts'
import { readSeries } from '../schedule/class-series.ts'
import { lockSessions, type ClassSession } from '../schedule/class-sessions.ts'
import { createSession } from '../schedule/create-session.ts'
import { fillSeries, horizonDays } from '../schedule/fill-series.ts'
import { moveSessions } from '../schedule/move-sessions.ts'
import { nobody } from '../schedule/session-state.rule.ts'
import { openSettings } from '../schedule/settings.ts'
import { closeStudio } from './close-studio.ts'
import { attendedBy } from './attended.ts'

const { db, clock, url } = await aDatabase()
const guarded = [anotherHandle({ url, clock }), anotherHandle({ url, clock })] as const
const bare = [anotherHandle({ url, clock }, { isolation: 'read committed' }), anotherHandle({ url, clock }, { isolation: 'read committed' })] as const
const weeks = 9

type Deed = (tx: Tx) => Promise<unknown>

/** What is done has been written and not committed yet, when the studio is closed on that Wednesday; it is done anew if it has to be. */
async function whileClosing([first, desk]: readonly [Database, Database], deed: Deed): Promise<void> {
  const [admin, settings] = [await anAdmin(db), await openSettings(desk)]
  const closing = { startsAt: '2027-03-10T00:00:00Z', endsAt: '2027-03-11T00:00:00Z', reason: 'Works' }
  let isClosed = false
  try {
    await transact(first, system, {}, async tx => {
      await deed(tx)
      if (isClosed) return
      isClosed = true
      await closeStudio({ db: desk, settings }, closing, { keyed: keyed(admin), context: admin.context })
    })
  } finally {
    settings.close()
    await db.sql`update closures set lifted_at = ${clock.now()} where lifted_at is null`
  }
}

/** The job makes the ninth Wednesday; answers what stands there then. */
async function jobRace(handles: readonly [Database, Database]) {
  const { series } = await aSeries(db)
  clock.advance({ hours: 24 * 7 })
  await whileClosing(handles, async tx => {
    const card = await readSeries(tx.sql, series.id, { lock: true })
    await fillSeries(tx, card!, horizonDays(card!, tx.now, weeks), attendedBy)
  })
  clock.advance({ hours: -24 * 7 })
  const there = (await sessionsOf(db, series.id)).filter(one => one.on === '2027-03-10')
  return there.map(one => one.status).filter(status => status !== 'cancelled')
}

test('no class is made inside a closure that was decided while the job was making it', async () => {
  expect(await jobRace(guarded)).toEqual([])
})

test('control: without SERIALIZABLE a class stands inside the closure', async () => {
  expect(await jobRace(bare)).toEqual(['published'])
})

const inside = '2027-03-10T10:00:00Z'
const locked = async (tx: Tx, id: SessionId) => (await lockSessions(tx.sql, [id]))[0] as ClassSession

/** Each brings a session into the closure, as the use cases of staff do; and says which it is, once it is there. */
const deeds: Record<string, () => Promise<Deed>> = {
  made: async () => {
    const { id: templateId } = await aTemplate(db)
    return tx => createSession(tx, { templateId, startsAt: inside, status: 'published' }, attendedBy)
  },
  moved: async () => {
    const { id } = await aSession(db)
    const [startsAt, endsAt] = [Temporal.Instant.from(inside), Temporal.Instant.from(inside).add({ hours: 1 })]
    return async tx => moveSessions(tx, [{ session: await locked(tx, id), startsAt, endsAt }])
  },
  'published again': async () => {
    const { id } = await aSession(db, { startsAt: Temporal.Instant.from(inside), status: 'cancelled' })
    return async tx => setStatus(tx, await locked(tx, id), { to: 'published', occupancy: nobody })
  },
}

const standing = async () => (await db.sql`select from class_sessions where starts_at = ${inside} and status <> 'cancelled'`).length

test.each(Object.entries(deeds))('a class that is %s while the studio is being closed is refused, and none stands inside', async (_, prepare) => {
  await refusal('studio-closed', whileClosing(guarded, await prepare()))
  expect(await standing()).toBe(0)
})

test.each(Object.entries(deeds))('control: without SERIALIZABLE a class that is %s stands inside the closure', async (_, prepare) => {
  await whileClosing(bare, await prepare())
  expect(await standing()).toBe(1)
  await db.sql`update class_sessions set status = 'cancelled' where starts_at = ${inside}`
})
