// Hints of what changed: heard by every process, gathered on the way, and never the truth.
import { describe, expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { anotherHandle } from '../../test/handles.ts'
import { aRedis, aRedisCluster } from '../../test/redis.ts'
import { system } from '../../test/world.ts'
import type { Database } from './db.ts'
import { newId, type SessionId, type UserId } from './ids.ts'
import type { Changed } from './signals.ts'
import { transact } from './tx.ts'

const { db, clock, url } = await aDatabase()
const [redis, cluster] = [await aRedis(), await aRedisCluster()]

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

const sessionsOf = (hints: Changed[]) => new Set(hints.flatMap(hint => hint.sessions))

describe.each(Object.entries({ PostgreSQL: null, 'a Redis': redis.url, 'a cluster of six': cluster.url }))('through %s', async (_, redisUrl) => {
  const place = { url, clock, redisUrl }
  const [near, far] = [anotherHandle(place), anotherHandle(place)]
  const [here, there] = [await anEar(near), await anEar(far)]
  await Promise.all([here.listening, there.listening])

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
    await there.until(() => sessionsOf(there.hints).isSupersetOf(new Set(ids)))
    // In the first seconds some come by both ways, and what was said before this may be among them.
    const notes = new Set(there.hints.map(hint => hint.sessions.join()).filter(note => ids.some(id => note.includes(id))))
    expect(Array.from(notes, note => note.split(',').length).sort((a, b) => b - a)).toEqual([180, 180, 40])
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
    const [unsaid, sessionId] = [newId<SessionId>(), newId<SessionId>()]
    const gone = anotherHandle(place)
    await gone.signals.close()
    gone.signals.send({ sessions: [unsaid] })
    near.signals.send({ sessions: [sessionId] })
    await there.until(() => sessionsOf(there.hints).has(sessionId))
    expect(sessionsOf(there.hints)).not.toContain(unsaid)
  })
})

describe('with a Redis', async () => {
  const place = { url, clock, redisUrl: redis.url }
  const [near, far] = [anotherHandle(place), anotherHandle(place)]
  const deaf = anotherHandle({ url, clock, redisUrl: 'redis://127.0.0.1:1' })
  const [here, there] = [await anEar(near), await anEar(far)]
  await Promise.all([here.listening, there.listening])
  const noted: string[] = []
  await db.sql.listen('changed', payload => void noted.push(payload))
  const say = async () => {
    const sessionId = newId<SessionId>()
    near.signals.send({ sessions: [sessionId] })
    await there.until(() => sessionsOf(there.hints).has(sessionId))
    return sessionId
  }
  /** Whether what is said now also comes by PostgreSQL; by the time that two more are heard it would have. */
  const isNoted = async () => {
    const [sessionId] = [await say(), await say(), await say()]
    return noted.some(payload => payload.includes(sessionId))
  }

  test('once everybody hears there, PostgreSQL has nothing to pass on', async () => {
    await expect.poll(isNoted, { timeout: 15_000, interval: 200 }).toBe(false)
  })

  test('whoever is deaf there is told by PostgreSQL, and nobody has to know who', async () => {
    const ear = await anEar(deaf)
    await ear.listening
    await expect.poll(isNoted, { timeout: 5000, interval: 100 }).toBe(true)
    const sessionId = await say()
    await ear.until(() => sessionsOf(ear.hints).has(sessionId))
    await deaf.signals.close()
  })

  test.each([['is stopped', redis.stop, redis.start], ['falls silent', redis.pause, redis.resume]] as const)('a Redis that %s loses nothing that is said then, and whoever listens is told that before it something may be lost', async (_, begin, end) => {
    await expect.poll(isNoted, { timeout: 15_000, interval: 200 }).toBe(false)
    const before = there.lost()
    await begin()
    expect(await isNoted()).toBe(true)
    await expect.poll(there.lost, { timeout: 10_000 }).toBe(before + 1)
    expect(await isNoted()).toBe(true)
    await end()
    await expect.poll(isNoted, { timeout: 15_000, interval: 200 }).toBe(false)
    expect(there.lost()).toBe(before + 1)
  }, 60_000)
})
