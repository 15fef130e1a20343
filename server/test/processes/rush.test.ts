// Five hundred members ask for twelve spots at once, over HTTP, of one and of four processes; and what happens without the guards.
import { expect, test } from 'vitest'
import type { Guards } from '../../src/platform/guards.ts'
import { systemClock } from '../../src/platform/clock.ts'
import { verifySnapshot } from '../../src/verify.ts'
import { aCrowd, type Signed } from '../crowd.ts'
import { aDatabase } from '../database.ts'
import { anApiWithout, aProcess, ask, type Process, type Told } from '../fleet.ts'
import { aSession } from '../world.ts'

const spots = 12
const guarded = await aDatabase({ startsAt: systemClock.now() })
// Its constraint is taken away for the control, so its counts may end up wrong: that is what it is for.
const control = await aDatabase({ startsAt: systemClock.now(), keepsInvariants: false })
await control.db.sql`alter table class_sessions drop constraint class_sessions_never_overbooked`
// Each class has an hour of its own, so that nobody is busy elsewhere.
let hours = 24
const aClass = ({ db }: typeof guarded) => aSession(db, { capacity: spots, startsAt: systemClock.now().add({ hours: hours++ }) })
const [crowd, controlCrowd] = [await aCrowd(guarded.db, 500), await aCrowd(control.db, 500)]

/** Everybody asks at once, each of another process in turn. */
function rush(processes: readonly Process[], members: readonly Signed[], sessionId: string): Promise<Told[]> {
  return Promise.all(
    members.map((member, at) => ask(processes[at % processes.length] as Process, member, `POST /sessions/${sessionId}/hold`)),
  )
}

const held = async ({ db }: typeof guarded, sessionId: string) =>
  (await db.sql<[{ n: number }]>`select count(*)::int as n from spot_holds where session_id = ${sessionId} and status = 'active'`)[0].n

async function expectExactlyTwelve(processes: readonly Process[]): Promise<void> {
  const session = await aClass(guarded)
  const told = await rush(processes, crowd, session.id)
  expect(told.filter(one => one.status === 201)).toHaveLength(spots)
  const noes = told.filter(one => one.status !== 201).map(one => `${one.status} ${one.code}`)
  expect(noes).toHaveLength(crowd.length - spots)
  expect([...new Set(noes)]).toEqual(['409 session-held'])
  expect(await held(guarded, session.id)).toBe(spots)
  expect(await verifySnapshot(guarded.db.sql)).toEqual([])
}

test('one process: exactly twelve, and everybody else is told why', async () => {
  await expectExactlyTwelve([await aProcess('api', guarded.url)])
})

test('four processes and a worker: exactly twelve, and everybody else is told why', async () => {
  const processes = await Promise.all(Array.from({ length: 4 }, () => aProcess('api', guarded.url)))
  await aProcess('worker', guarded.url)
  await expectExactlyTwelve(processes)
})

/** The rush on four processes without some guards; answers how many hold a spot in the end. */
async function rushWithout(guards: Partial<Guards>, rounds: number): Promise<number[]> {
  const processes = await Promise.all(Array.from({ length: 4 }, () => anApiWithout(guards, control.url)))
  const counts: number[] = []
  for (let round = 0; round < rounds && (counts.at(-1) ?? 0) <= spots; round++) {
    const session = await aClass(control)
    await rush(processes, controlCrowd, session.id)
    counts.push(await held(control, session.id))
  }
  await Promise.all(processes.map(one => one.stop()))
  return counts
}

// Whoever has decided is slow to write: the other processes decide meanwhile, if nothing keeps them from it.
const slowToWrite = `
  create function be_slow() returns trigger language plpgsql as $$ begin perform pg_sleep(0.3); return null; end $$;
  create trigger slow before update of taken on class_sessions for each statement execute function be_slow()`

test('control: without any guard the same rush overbooks', async () => {
  await control.db.sql.unsafe(slowToWrite)
  const counts = await rushWithout({ advisoryLock: false, rowLock: false, isolation: 'read committed' }, 5)
  await control.db.sql`drop function be_slow cascade`
  expect(Math.max(...counts)).toBeGreaterThan(spots)
})

test.each([
  ['the advisory lock', { rowLock: false, isolation: 'read committed' }],
  ['the row lock', { advisoryLock: false, isolation: 'read committed' }],
  ['the isolation', { advisoryLock: false, rowLock: false }],
] as const)('%s alone keeps it at twelve', async (_, missing) => {
  expect(await rushWithout(missing, 2)).toEqual([spots, spots])
})

test('the constraint alone keeps it at twelve, though it answers with faults', async () => {
  await control.db.sql`alter table class_sessions add constraint class_sessions_never_overbooked check (taken <= capacity) not valid`
  const counts = await rushWithout({ advisoryLock: false, rowLock: false, isolation: 'read committed' }, 2)
  expect(Math.max(...counts)).toBe(spots)
})
