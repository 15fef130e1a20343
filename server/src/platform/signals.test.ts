// Hints of what changed: heard by every process, gathered on the way, and never the truth.
import { expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { anotherHandle } from '../../test/handles.ts'
import { system } from '../../test/world.ts'
import type { Database } from './db.ts'
import { newId, type SessionId, type UserId } from './ids.ts'
import type { Changed } from './signals.ts'
import { transact } from './tx.ts'

const { db, clock, url } = await aDatabase()
const [near, far] = [anotherHandle({ url, clock }), anotherHandle({ url, clock })]

/** What a process hears from now on; `until` resolves when the hints so far satisfy it. */
async function anEar({ signals }: Database) {
  const hints: Changed[] = []
  const listening = Promise.withResolvers<void>()
  let check = () => {}
  let lost = 0
  signals.hear(
    changed => {
      hints.push(changed)
      check()
    },
    () => {
      lost += 1
      listening.resolve()
    },
  )
  const until = (enough: () => boolean) =>
    new Promise<void>(resolve => {
      check = () => enough() && resolve()
      check()
    })
  return { hints, until, lost: () => lost, listening: listening.promise }
}

const [here, there] = [await anEar(near), await anEar(far)]
await Promise.all([here.listening, there.listening])
const sessionsOf = (hints: Changed[]) => new Set(hints.flatMap(hint => hint.sessions))

test('a commit is heard of in this process at once and in every other soon; a rollback in none', async () => {
  const [sessionId, undone, userId] = [newId<SessionId>(), newId<SessionId>(), newId<UserId>()]
  const announce = (id: SessionId, fault?: Error) =>
    transact(near, system, {}, async tx => {
      tx.emit('waitlist.left', { sessionId: id, userId, entryId: newId(), version: 1 })
      if (fault) throw fault
    })
  await expect(announce(undone, new Error('no'))).rejects.toThrow('no')
  await announce(sessionId)
  expect(here.hints.at(-1)).toEqual({ sessions: [sessionId], users: [userId], events: true, settings: false, messages: false })
  await there.until(() => sessionsOf(there.hints).has(sessionId))
  expect(there.hints.at(-1)).toEqual({ sessions: [sessionId], users: [userId], events: true, settings: false, messages: false })
  expect(sessionsOf([...here.hints, ...there.hints])).not.toContain(undone)
})

test('hints of one moment travel together, each once, in as many notes as they need', async () => {
  there.hints.length = 0
  const ids = Array.from({ length: 400 }, () => newId<SessionId>())
  for (const id of [...ids, ...ids]) near.signals.send({ sessions: [id] })
  await there.until(() => sessionsOf(there.hints).size === ids.length)
  expect(sessionsOf(there.hints)).toEqual(new Set(ids))
  expect(there.hints.map(hint => hint.sessions.length)).toEqual([180, 180, 40])
})

test('a process whose line broke is told that it may have missed something, and hears again', async () => {
  const before = there.lost()
  await db.sql`
    select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query ilike 'listen%'`
  await expect.poll(there.lost, { timeout: 10_000 }).toBeGreaterThan(before)
  const sessionId = newId<SessionId>()
  near.signals.send({ sessions: [sessionId] })
  await there.until(() => sessionsOf(there.hints).has(sessionId))
  expect(sessionsOf(there.hints)).toContain(sessionId)
})

test('what is sent after the end goes nowhere, and disturbs nothing', async () => {
  there.hints.length = 0
  const gone = anotherHandle({ url, clock })
  await gone.signals.close()
  gone.signals.send({ sessions: [newId()] })
  const sessionId = newId<SessionId>()
  near.signals.send({ sessions: [sessionId] })
  await there.until(() => there.hints.length > 0)
  expect(sessionsOf(there.hints)).toEqual(new Set([sessionId]))
})
