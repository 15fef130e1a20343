// The advisory locks of class sessions: taken before the transaction begins, in one order, and let go whatever it came to.
import { expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { refusal } from '../../test/front-desk.ts'
import { anotherHandle } from '../../test/handles.ts'
import { system } from '../../test/world.ts'
import { systemClock } from './clock.ts'
import { newId, type SessionId } from './ids.ts'
import { Problem } from './problem.ts'
import { transact } from './tx.ts'

const { db, clock, url } = await aDatabase()
const [ticking, unlocked] = [anotherHandle({ url, clock: systemClock }), anotherHandle({ url, clock }, { advisoryLock: false, isolation: 'read committed' })]

async function held(): Promise<number> {
  const [row] = await db.sql<[{ count: number }]>`
    select count(*)::int from pg_locks where locktype = 'advisory'
      and database = (select oid from pg_database where datname = current_database())`
  return row.count
}
const ids = (count: number) => Array.from({ length: count }, () => newId<SessionId>())

/** Resolves when somebody waits for an advisory lock. */
async function somebodyWaits(): Promise<void> {
  for (;;) {
    const [row] = await db.sql`select from pg_locks where locktype = 'advisory' and not granted`
    if (row) return
  }
}

/** A use case that has its locks and goes on when told. */
function entered(sessions: SessionId[], db_ = db) {
  const [inside, leave] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const done = transact(db_, system, { sessions }, async tx => {
    inside.resolve()
    await leave.promise
    return tx.now
  })
  return { inside: inside.promise, leave: () => leave.resolve(), done }
}

test('one for each session, however often it is named; none is kept after the commit', async () => {
  const [a, b] = ids(2) as [SessionId, SessionId]
  const one = entered([a, b, a])
  await one.inside
  expect(await held()).toBe(2)
  one.leave()
  await one.done
  expect(await held()).toBe(0)
})

test.each([
  ['a no', new Problem('not-found', 'Nothing.')],
  ['a fault', new TypeError('a bug')],
])('none is kept after %s', async (_, no) => {
  await expect(transact(db, system, { sessions: ids(2) }, () => Promise.reject(no))).rejects.toBe(no)
  expect(await held()).toBe(0)
})

test('none is kept after a commit that failed', async () => {
  const attempt = transact(db, system, { sessions: ids(2) }, async tx => tx.send(tx.sql`select 1 / 0`))
  await expect(attempt).rejects.toMatchObject({ code: '22012' })
  expect(await held()).toBe(0)
})

test('whoever decides about the same session waits, and then sees what was decided and what time it has become', async () => {
  await db.sql`create table notes (text text)`
  const sessions = ids(1)
  const first = entered(sessions)
  await first.inside
  const second = transact(ticking, system, { sessions, lock: sql => ({ notes: sql`select text from notes` }) }, async (tx, { notes }) => ({ notes: [...notes], now: tx.now }))
  await somebodyWaits()
  await db.sql`insert into notes values ('decided')`
  const leftAt = systemClock.now()
  first.leave()
  const { notes, now } = await second
  expect(notes).toEqual([{ text: 'decided' }])
  expect(Temporal.Instant.compare(now, leftAt)).toBeGreaterThan(0)
  await first.done
})

test('decisions about different sessions do not wait for each other', async () => {
  const [one, other] = [entered(ids(1)), entered(ids(1))]
  await Promise.all([one.inside, other.inside])
  expect(await held()).toBe(2)
  one.leave()
  other.leave()
  await Promise.all([one.done, other.done])
})

test('two that name the same sessions in opposite orders never wait for each other in a circle', async () => {
  const sessions = ids(40)
  const run = (order: SessionId[]) => transact(db, system, { sessions: order }, async () => 'done')
  const rounds = Array.from({ length: 10 }, () => [run(sessions), run(sessions.toReversed())]).flat()
  expect(new Set(await Promise.all(rounds))).toEqual(new Set(['done']))
})

test('a wait for a session that takes too long ends as overloaded', async () => {
  const sessions = ids(1)
  const first = entered(sessions)
  await first.inside
  await refusal('overloaded', transact(db, system, { sessions }, async () => 'never'))
  first.leave()
  await first.done
})

test('control: without that guard two decide about one session at once, under the isolation they were left', async () => {
  const sessions = ids(1)
  const first = entered(sessions)
  await first.inside
  const level = await transact(unlocked, system, { sessions }, async tx => (await tx.sql`show transaction_isolation`)[0])
  expect(level).toEqual({ transactionIsolation: 'read committed' })
  first.leave()
  await first.done
})
