// From the outbox to the consumers: at least once each, an effect once, bounded retries, and several relays at once.
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { anotherHandle } from '../../test/handles.ts'
import { system } from '../../test/world.ts'
import { verifySnapshot } from '../verify.ts'
import type { Database } from './db.ts'
import { newId, type SessionId } from './ids.ts'
import type { Consumer, Decider } from './consumer.ts'
import { drainOnce, startRelay, throughDatabase } from './relay.ts'
import { transact } from './tx.ts'

const { db, clock, url } = await aDatabase()
const other = anotherHandle({ url, clock })
await db.sql`create table heard (consumer text, session_id text)`
beforeEach(async () => {
  await db.sql`truncate heard, inbox, deliveries, outbox`
})

const announce = (sessionId = newId<SessionId>()) =>
  transact(db, system, {}, async tx => {
    tx.emit('session.changed', { sessionId, version: 1 })
    return sessionId
  })

/** Writes down what it hears, in the transaction that notes it as handled. */
function aListener(name: string, differs: Partial<Decider> = {}): Decider {
  return {
    name,
    topics: ['session.changed'],
    concerns: async (_, events) => [...events],
    sessions: async () => [],
    async handle(tx, event) {
      await tx.sql`insert into heard values (${name}, ${(event.data as { sessionId: string }).sessionId})`
    },
    ...differs,
  }
}

const heard = async () => [...(await db.sql<{ consumer: string; sessionId: string }[]>`select consumer, session_id from heard order by 1, 2`)]
const deliveries = async () => [...(await db.sql`select consumer, attempts, due_at, dead_at is not null as dead, last_error from deliveries order by 1`)]

async function drain(on: Database, consumers: Consumer[]): Promise<void> {
  while (await drainOnce(on, consumers));
}

test('every consumer of a topic hears an event once, and those of other topics do not', async () => {
  const sessionId = await announce()
  await drain(db, [aListener('a'), aListener('b'), aListener('c', { topics: ['hold.expired'] })])
  expect(await heard()).toEqual([{ consumer: 'a', sessionId }, { consumer: 'b', sessionId }])
  expect(await deliveries()).toEqual([])
})

test('an event of a use case that was rolled back is never heard', async () => {
  const attempt = transact(db, system, {}, async tx => {
    tx.emit('session.changed', { sessionId: newId(), version: 1 })
    throw new Error('no')
  })
  await expect(attempt).rejects.toThrow('no')
  await drain(db, [aListener('a')])
  expect(await heard()).toEqual([])
})

test('an event that is delivered twice takes effect once', async () => {
  const sessionId = await announce()
  await drain(db, [aListener('a')])
  await db.sql`insert into deliveries (consumer, event_id, due_at) select 'a', id, ${clock.now()} from outbox`
  await drain(db, [aListener('a')])
  expect(await heard()).toEqual([{ consumer: 'a', sessionId }])
  expect(await deliveries()).toEqual([])
})

test('two relays at once hand on and deliver each of many events once', async () => {
  const ids = await Promise.all(Array.from({ length: 30 }, () => announce()))
  await Promise.all([drain(db, [aListener('a')]), drain(other, [aListener('a')]), drain(other, [aListener('a')])])
  await drain(db, [aListener('a')])
  expect((await heard()).map(one => one.sessionId)).toEqual(ids.map(String).toSorted())
})

const idleOf = async () => (await db.sql`select idle from outbox where handled_at is not null order by id`).map(one => one['idle'])

test('what there is nothing to do for counts as handled without a call', async () => {
  await announce()
  const idle = aListener('a', { concerns: async () => [], handle: () => Promise.reject(new Error('called')) })
  await drain(db, [idle])
  expect(await deliveries()).toEqual([])
  expect(await idleOf()).toEqual([['a']])
})

test('what there is nothing to do for never stands in the queue, and who cannot say so has it there and keeps no other waiting', async () => {
  const sessionId = await announce()
  const lost = aListener('lost', { concerns: () => Promise.reject(new Error('down')) })
  const sorted = [aListener('idle', { concerns: async () => [] }), lost, aListener('a')]
  expect(await throughDatabase(db, sorted)()).toEqual({ isMore: false, topics: ['session.changed'] })
  expect((await deliveries()).map(one => one['consumer'])).toEqual(['a', 'lost'])
  expect(await idleOf()).toEqual([['idle']])
  await drain(db, [aListener('a'), aListener('lost')])
  expect(await heard()).toEqual([{ consumer: 'a', sessionId }, { consumer: 'lost', sessionId }])
})

test('a consumer that runs elsewhere is asked there', async () => {
  await announce()
  await throughDatabase(db, [aListener('a', { concerns: () => Promise.reject(new Error('asked')) })], { here: [] })()
  expect(await deliveries()).toMatchObject([{ consumer: 'a', attempts: 0 }])
})

test('what another relay took while consumers were asked is left to it', async () => {
  const sessionId = await announce()
  const asked = aListener('a', {
    async concerns(_, events) {
      await throughDatabase(other, [aListener('a')])()
      return [...events]
    },
  })
  expect(await throughDatabase(db, [asked])()).toEqual({ isMore: false, topics: [] })
  await drain(db, [aListener('a')])
  await db.sql`delete from inbox`
  await drain(db, [aListener('a')])
  expect(await heard()).toEqual([{ consumer: 'a', sessionId }])
})

describe('a consumer that fails', () => {
  const failing = aListener('a', {
    async handle(tx, event) {
      await aListener('a').handle(tx, event, [])
      throw new Error('down')
    },
  })

  test('leaves nothing of its attempt, and keeps no other event and no other consumer waiting', async () => {
    const bad = await announce()
    const good = await announce()
    const picky = aListener('a', { handle: (tx, event, sessions) => ((event.data as { sessionId: string }).sessionId === bad ? failing : aListener('a')).handle(tx, event, sessions) })
    await drain(db, [picky, aListener('b')])
    expect(await heard()).toEqual([{ consumer: 'a', sessionId: good }, ...[bad, good].map(sessionId => ({ consumer: 'b', sessionId }))])
    expect(await deliveries()).toEqual([{ consumer: 'a', attempts: 1, dueAt: clock.now().add({ seconds: 2 }), dead: false, lastError: 'Error: down' }])
  })

  test('is asked again after a pause that doubles, and its event takes effect once it can', async () => {
    const sessionId = await announce()
    await drain(db, [failing])
    for (const seconds of [2, 4, 8]) {
      clock.advance({ milliseconds: seconds * 1000 - 1 })
      await drain(db, [aListener('b')])
      expect((await deliveries())[0]).toMatchObject({ consumer: 'a', dead: false })
      clock.advance({ milliseconds: 1 })
      await drain(db, [failing])
    }
    expect((await deliveries())[0]).toMatchObject({ attempts: 4 })
    clock.advance({ seconds: 16 })
    await drain(db, [aListener('a')])
    expect(await heard()).toEqual([{ consumer: 'a', sessionId }])
    expect(await deliveries()).toEqual([])
  })

  test('is given up after ten attempts, no pause longer than ten minutes: its event stays for staff to see, and is named by verify', async () => {
    await announce()
    let attempts = 0
    const counting = aListener('a', { handle: (...given) => ((attempts += 1), failing.handle(...given)) })
    for (let round = 0; round < 14; round++) {
      await drain(db, [counting])
      clock.advance({ minutes: 10 })
    }
    expect(attempts).toBe(10)
    expect(await deliveries()).toMatchObject([{ consumer: 'a', attempts: 10, dead: true, lastError: 'Error: down' }])
    expect((await verifySnapshot(db.sql)).join('\n')).toContain('a has not handled event')
    await db.sql`delete from deliveries`
  })
})

test('what a relay took and died over is another’s after five seconds, and not before', async () => {
  const sessionId = await announce()
  const dying = aListener('a', { concerns: () => Promise.reject(new Error('killed')) })
  await expect(drainOnce(db, [dying])).rejects.toThrow('killed')
  clock.advance({ milliseconds: 4999 })
  await drain(other, [aListener('a')])
  expect(await heard()).toEqual([])
  clock.advance({ milliseconds: 1 })
  await drain(other, [aListener('a')])
  expect(await heard()).toEqual([{ consumer: 'a', sessionId }])
})

test('who lives and takes long keeps what it took, and leaves the pause of what failed meanwhile as it is', async () => {
  const [bad, slow] = [await announce(), await announce()]
  const [begun, free] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  onTestFinished(() => free.resolve())
  const busy = [aListener('a', { concerns: async (_, events) => (begun.resolve(), await free.promise, [...events]) })]
  const working = drainOnce(db, busy, throughDatabase(db, busy, { here: [] }))
  await begun.promise
  const dueAt = async () => (await db.sql<{ dueAt: Temporal.Instant }[]>`select due_at from deliveries order by event_id`).map(one => one.dueAt.epochMilliseconds)
  const inTwoSeconds = clock.now().add({ seconds: 2 })
  await db.sql`update deliveries set due_at = ${inTwoSeconds} where event_id = (select min(event_id) from deliveries)`
  for (let round = 0; round < 2; round++) {
    clock.advance({ seconds: 4 })
    await expect.poll(dueAt, { timeout: 5000 }).toEqual([inTwoSeconds, clock.now().add({ seconds: 5 })].map(one => one.epochMilliseconds))
  }
  await drain(other, [aListener('a')])
  expect(await heard(), 'of two whose first lease has ended only the one that was put back').toEqual([{ consumer: 'a', sessionId: bad }])
  free.resolve()
  await working
  expect((await heard()).map(one => one.sessionId).toSorted()).toEqual([bad, slow].toSorted())
})

test('an event that was announced before a consumer was known is not handed to it afterwards', async () => {
  await announce()
  await drain(db, [])
  await drain(db, [aListener('a')])
  expect(await heard()).toEqual([])
})

test('a consumer that is slow keeps no other waiting', async () => {
  const [stuck, free, arrived] = [Promise.withResolvers<void>(), Promise.withResolvers<void>(), Promise.withResolvers<string>()]
  const slow = aListener('slow', { handle: async () => (stuck.resolve(), free.promise) })
  const quick = aListener('quick', { topics: ['session.cancelled'], handle: async () => arrived.resolve('heard') })
  const relay = startRelay(db, [slow, quick], throughDatabase(db, [slow, quick]))
  onTestFinished(() => (free.resolve(), relay.stop()))
  await announce()
  await stuck.promise
  await transact(db, system, {}, async tx => tx.emit('session.cancelled', { sessionId: newId(), version: 1 }))
  expect(await arrived.promise).toBe('heard')
  free.resolve()
  await relay.stop()
})

test('a running relay is woken by the commit that announces, also of another process', async () => {
  const arrived = Promise.withResolvers<string>()
  const listeners = [aListener('a', { handle: async (_, event) => arrived.resolve((event.data as { sessionId: string }).sessionId) })]
  const relay = startRelay(db, listeners, throughDatabase(db, listeners))
  onTestFinished(() => relay.stop())
  const sessionId = newId<SessionId>()
  await transact(other, system, {}, async tx => tx.emit('session.changed', { sessionId, version: 1 }))
  expect(await arrived.promise).toBe(sessionId)
  await relay.stop()
})
