// Between the outbox and a broker that is slow, or ill, or whose relay died.
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { anotherHandle } from '../../test/handles.ts'
import { system } from '../../test/world.ts'
import type { OutboxEvent } from './consumer.ts'
import type { Database } from './db.ts'
import { newId, type SessionId } from './ids.ts'
import { throughBroker } from './publish-events.ts'
import { transact } from './tx.ts'

const { db, clock, url } = await aDatabase()
const other = anotherHandle({ url, clock })
beforeEach(async () => {
  await db.sql`truncate inbox, deliveries, outbox`
})

const announce = (topic: 'session.changed' | 'session.started' = 'session.changed') =>
  transact(db, system, {}, async tx => tx.emit(topic, { sessionId: newId<SessionId>(), version: 1 }))
const handedOn = async () => (await db.sql`select from outbox where handled_at is not null`).length
const queued = async () => (await db.sql`select from deliveries`).length

const listener = {
  ...{ name: 'listener', topics: ['session.changed', 'session.started'] as const },
  concerns: async (_: Database, events: readonly OutboxEvent[]) => [...events],
  sessions: async () => [],
  handle: async () => undefined,
}

/** A broker that takes what it is told to; `asked` are the topics it was given, batch by batch. */
function aBroker(takes: (event: OutboxEvent) => Promise<boolean>) {
  const asked: string[][] = []
  const publish = async (events: readonly OutboxEvent[]) => {
    asked.push(events.map(event => event.topic))
    const taken = await Promise.all(events.map(takes))
    return events.filter((_event, at) => taken[at]).map(event => event.id)
  }
  return { asked, isConnected: () => true, publish }
}

test('what a relay took and died over is published by another after five seconds, and not before', async () => {
  await announce()
  const dying = throughBroker(db, aBroker(() => Promise.reject(new Error('killed'))), [listener])
  await expect(dying()).rejects.toThrow('killed')
  const well = aBroker(async () => true)
  const another = throughBroker(other, well, [listener])
  clock.advance({ milliseconds: 4999 })
  await another()
  expect(well.asked).toEqual([])
  clock.advance({ milliseconds: 1 })
  await another()
  expect(well.asked).toEqual([['session.changed']])
  expect([await handedOn(), await queued()]).toEqual([1, 0])
})

test('a relay that lives keeps what it publishes for as long as its broker takes', async () => {
  await announce()
  const [begun, confirmed] = [Promise.withResolvers<void>(), Promise.withResolvers<boolean>()]
  onTestFinished(() => confirmed.resolve(true))
  const publishing = throughBroker(db, aBroker(() => (begun.resolve(), confirmed.promise)), [listener])()
  await begun.promise
  const endsIn = async () => (await db.sql<{ s: number }[]>`select extract(epoch from leased_until - ${clock.now()})::int as s from outbox`)[0]?.s
  for (let round = 0; round < 2; round++) {
    clock.advance({ seconds: 4 })
    await expect.poll(endsIn, { timeout: 5000 }).toBe(5)
  }
  await throughBroker(other, aBroker(async () => true), [listener])()
  expect([await handedOn(), await queued()]).toEqual([0, 0])
  confirmed.resolve(true)
  await publishing
  expect([await handedOn(), await queued()]).toEqual([1, 0])
})

test('a broker that does not take one topic holds nobody up: all goes through the database at once until it has taken a copy', async () => {
  let monotonicMs = 0
  let isIll = true
  const broker = aBroker(async ({ topic }) => !isIll || topic === 'session.started')
  const round = throughBroker({ ...db, clock: { ...clock, monotonicMs: () => monotonicMs } }, broker, [listener])
  const rounds = async (topics: ('session.changed' | 'session.started')[]) => {
    await Promise.all(topics.map(announce))
    broker.asked.length = 0
    await round()
    await new Promise(setImmediate)
    return { asked: broker.asked.flat(), queued: await queued(), handedOn: await handedOn() }
  }
  expect(await rounds(['session.changed'])).toEqual({ asked: ['session.changed'], queued: 1, handedOn: 1 })
  expect(await rounds(['session.changed', 'session.started']), 'at once, and nobody asks').toEqual({ asked: [], queued: 3, handedOn: 3 })
  monotonicMs += 5000
  expect(await rounds(['session.started']), 'asked with a copy').toEqual({ asked: ['session.changed'], queued: 4, handedOn: 4 })
  isIll = false
  expect(await rounds(['session.started']), 'not again so soon').toEqual({ asked: [], queued: 5, handedOn: 5 })
  monotonicMs += 5000
  expect(await rounds([])).toMatchObject({ asked: ['session.changed'] })
  expect(await rounds(['session.changed']), 'trusted again').toEqual({ asked: ['session.changed'], queued: 5, handedOn: 6 })
})
