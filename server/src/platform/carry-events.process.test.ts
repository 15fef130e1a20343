// What every consumer may rely on, the same through the database and through a real RabbitMQ; and what a broker can do to it.
import { topics, type Topic } from '@fitflow/contract/events.ts'
import { Connection } from 'rabbitmq-client'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { anotherHandle } from '../../test/handles.ts'
import { aRabbit } from '../../test/rabbit.ts'
import { system } from '../../test/world.ts'
import { verifySnapshot } from '../verify.ts'
import { openBroker } from './broker.ts'
import { startCarrying } from './carry-events.ts'
import type { Consumer, Decider } from './consumer.ts'
import { listGivenUp, resend } from './dead-letters.ts'
import { newId, type SessionId } from './ids.ts'
import { queueMissed } from './missed-events.ts'
import { transact } from './tx.ts'

const rabbit = await aRabbit()
const { db, clock, url } = await aDatabase()
const other = anotherHandle({ url, clock })
await db.sql`create table heard (consumer text, session_id text)`

const bare = new Connection({ url: rabbit.url, retryLow: 100, retryHigh: 500 })
bare.on('error', () => undefined)

// Each test has queues of its own.
let round = 0
const named = (name: string) => `${name}-${round}`
beforeEach(async () => {
  round += 1
  await db.sql`truncate heard, inbox, deliveries, outbox`
})

const announce = (topic: 'session.changed' | 'session.started' = 'session.changed') =>
  transact(db, system, {}, async tx => {
    const sessionId = newId<SessionId>()
    tx.emit(topic, { sessionId, version: 1 })
    return sessionId
  })

/** Writes down what it hears, in the transaction that notes it as handled. */
function aListener(name: string, differs: Partial<Decider> = {}): Decider {
  return {
    name: named(name),
    topics: ['session.changed'],
    concerns: async (_, events) => [...events],
    sessions: async () => [],
    async handle(tx, event) {
      await tx.sql`insert into heard values (${name}, ${(event.data as { sessionId: string }).sessionId})`
    },
    ...differs,
  }
}

const failing = (name: string) =>
  aListener(name, { handle: (tx, event) => aListener(name).handle(tx, event, []).then(() => Promise.reject(new Error('down'))) })

const heard = async () => [...(await db.sql<{ consumer: string; sessionId: string }[]>`select consumer, session_id from heard order by 1, 2`)]
const parked = async () => [...(await db.sql`select split_part(consumer, '-', 1) as consumer, attempts, dead_at is not null as dead, last_error from deliveries order by 1`)]
const again = () => db.sql`update outbox set handled_at = null, leased_until = null`

/** Runs a process's carrying until the test ends, or it is stopped. */
function carry(amqpUrl: string | null, consumers: Consumer[], { on = db, here = consumers } = {}) {
  const running = startCarrying(on, { amqpUrl, consumers, here, relays: true })
  let stopped: Promise<void> | undefined
  const stop = () => (stopped ??= running.stop())
  onTestFinished(stop)
  return { stop }
}

/** Whether these consumers have handled or put back every event that is there; what one of them has in hand is neither. */
async function seen(consumers: Consumer[]): Promise<boolean> {
  const names = consumers.map(consumer => consumer.name)
  const [row] = await db.sql<{ pending: number; seen: number; all: number }[]>`
    select (select count(*)::int from outbox where handled_at is null) as pending, (select count(*)::int from outbox) as all,
      (select count(*)::int from (select consumer, event_id from inbox union select unnest(idle), id from outbox union select consumer, event_id from deliveries where last_error is not null and due_at > ${clock.now()} or dead_at is not null) s
        where consumer = any(${names}::text[])) as seen`
  return row!.pending === 0 && row!.seen === row!.all * names.length
}

async function expectSoon(what: () => Promise<unknown>, expected: unknown, timeout = 20_000): Promise<void> {
  await expect.poll(what, { timeout, interval: 20 }).toEqual(expected)
}

/** Carries until everything was handled or put back. */
async function carryAll(amqpUrl: string | null, consumers: Consumer[], deaf: Consumer[] = []): Promise<void> {
  const { stop } = carry(amqpUrl, [...consumers, ...deaf])
  await expectSoon(() => seen(consumers), true)
  await stop()
}

describe.each([['the database', null], ['RabbitMQ', rabbit.url]] as const)('through %s', (_, amqpUrl) => {
  test('every consumer of a topic hears an event once, and those of other topics do not', async () => {
    const sessionId = await announce()
    const deaf = aListener('c', { topics: ['hold.expired'] })
    await carryAll(amqpUrl, [aListener('a'), aListener('b')], [deaf])
    expect(await heard()).toEqual([{ consumer: 'a', sessionId }, { consumer: 'b', sessionId }])
    expect(await parked()).toEqual([])
  })

  test('an event that is delivered twice takes effect once; it is the inbox that knows', async () => {
    const sessionId = await announce()
    await carryAll(amqpUrl, [aListener('a')])
    await again()
    await carryAll(amqpUrl, [aListener('a')])
    expect(await heard()).toEqual([{ consumer: 'a', sessionId }])

    await db.sql`truncate inbox`
    await again()
    await carryAll(amqpUrl, [aListener('a')])
    expect(await heard(), 'the control: without the inbox it takes effect again').toHaveLength(2)
  })

  test('two processes share many events, and each takes effect once', async () => {
    const ids = await Promise.all(Array.from({ length: 60 }, () => announce()))
    const consumers = [aListener('a')]
    carry(amqpUrl, consumers, { on: other })
    await carryAll(amqpUrl, consumers)
    expect((await heard()).map(one => one.sessionId)).toEqual(ids.map(String).toSorted())
  })

  test('what there is nothing to do for counts as handled without a call', async () => {
    await announce()
    await carryAll(amqpUrl, [aListener('a', { concerns: async () => [], handle: () => Promise.reject(new Error('called')) })])
    expect(await parked()).toEqual([])
    expect(await db.sql`select from inbox union all select from outbox where cardinality(idle) = 1`).toHaveLength(1)
  })

  test('a consumer that fails leaves nothing of its attempt, keeps nobody waiting, and its event takes effect once it can', async () => {
    const sessionId = await announce()
    await carryAll(amqpUrl, [failing('a'), aListener('b')])
    expect(await heard()).toEqual([{ consumer: 'b', sessionId }])
    expect(await parked()).toEqual([{ consumer: 'a', attempts: 1, dead: false, lastError: 'Error: down' }])
    clock.advance({ seconds: 2 })
    await carryAll(amqpUrl, [aListener('a'), aListener('b')])
    expect(await heard()).toEqual([{ consumer: 'a', sessionId }, { consumer: 'b', sessionId }])
    expect(await parked()).toEqual([])
  })

  test('after ten attempts it is a dead letter with its reason, named by verify, and takes effect when it is sent again', async () => {
    const sessionId = await announce()
    for (let attempt = 1; attempt <= 10; attempt++) {
      await carryAll(amqpUrl, [failing('a')])
      clock.advance({ minutes: 10 })
    }
    expect(await listGivenUp(db)).toMatchObject([{ consumer: named('a'), topic: 'session.changed', attempts: 10, lastError: 'Error: down' }])
    expect((await verifySnapshot(db.sql)).join('\n')).toContain(`${named('a')} has not handled event`)
    expect(await resend(db, named('b')), 'of another consumer').toBe(0)
    expect(await resend(db, named('a'))).toBe(1)
    await carryAll(amqpUrl, [aListener('a')])
    expect(await heard()).toEqual([{ consumer: 'a', sessionId }])
    expect(await listGivenUp(db)).toEqual([])
  })
})

describe('RabbitMQ alone', () => {
  test('every topic is seen under its own name by whoever binds a queue, in an envelope that anybody can read', async () => {
    const queue = `bare-${newId()}`
    await bare.queueDeclare({ queue, exclusive: true })
    const relay = carry(rabbit.url, [])
    await expectSoon(() => bare.queueBind({ queue, exchange: 'fitflow.events', routingKey: '#' }).then(() => true, () => false), true)
    const seen = new Map<string, Record<string, unknown>>()
    const consumer = bare.createConsumer({ queue, queueOptions: { exclusive: true } }, ({ routingKey, body, contentType }) => {
      seen.set(routingKey, { ...(JSON.parse(String(body)) as object), contentType })
    })
    const facts = { sessionId: newId(), version: 7 }
    await transact(db, system, {}, async tx => topics.forEach(topic => (tx.emit as (topic: Topic, facts: object) => void)(topic, facts)))
    await expectSoon(async () => [...seen.keys()].toSorted(), [...topics].toSorted())
    for (const [topic, event] of seen) {
      expect(event).toEqual({
        specversion: '1.0', source: '/fitflow', type: topic, subject: facts.sessionId, data: facts,
        id: expect.stringMatching(/^\d+$/), time: String(clock.now()), traceid: system.traceId,
        datacontenttype: 'application/json', dataschema: `urn:fitflow:event:${topic}:1`, contentType: 'application/cloudevents+json',
      })
    }
    await consumer.close()
    await relay.stop()
  })

  test('a broker that is stopped in the middle and comes back loses nothing and doubles nothing', async () => {
    const consumers = [aListener('a')]
    carry(rabbit.url, consumers)
    carry(rabbit.url, consumers, { on: other })
    const ids: string[] = []
    const announcing = (async () => {
      for (let n = 0; n < 300; n++) ids.push(await announce())
    })()
    await expectSoon(async () => (await heard()).length > 20, true)
    await rabbit.stop()
    await announcing
    await announce().then(id => ids.push(id))
    expect((await heard()).length, 'it was in the middle').toBeLessThan(ids.length)
    await rabbit.start()
    await expectSoon(async () => (clock.advance({ milliseconds: 100 }), (await heard()).map(one => one.sessionId)), ids.toSorted(), 60_000)
  })

  test('an event that would reach no queue is not taken for handed on: the queue is made again, and what was lost with it arrives, too', async () => {
    // A topic that no queue of another test is bound to.
    const consumer = aListener('a', { topics: ['session.started'] })
    const ids = [await announce('session.started')]
    await carryAll(rabbit.url, [consumer])
    carry(rabbit.url, [consumer], { here: [] })
    const handedOn = async () => (await db.sql`select from outbox where handled_at is not null`).length
    ids.push(await announce('session.started'))
    await expectSoon(handedOn, 2)
    await bare.queueDelete(`fitflow.${named('a')}`)
    ids.push(await announce('session.started'))
    await expectSoon(async () => (clock.advance({ seconds: 1 }), handedOn()), 3)
    carry(rabbit.url, [consumer])
    await expectSoon(async () => (await heard()).map(one => one.sessionId), [ids[0], ids[2]])
    clock.advance({ minutes: 10 })
    expect(await queueMissed(db, [consumer])).toBe(1)
    await expectSoon(async () => (await heard()).map(one => one.sessionId), ids)
  })

  test('what kills its consumer time after time is a dead letter with the broker’s reason, and takes effect when it is sent again', async () => {
    const consumer = aListener('a')
    const sessionId = await announce()
    const broker = openBroker(rabbit.url, db.log, [consumer])
    onTestFinished(() => broker.close())
    broker.subscribe(consumer, () => Promise.reject(new Error('as if it had died')))
    carry(rabbit.url, [consumer], { here: [] })
    await expectSoon(() => listGivenUp(db), [expect.objectContaining({ consumer: named('a'), lastError: 'given up by the broker: delivery_limit' })])
    await broker.close()
    expect(await heard()).toEqual([])
    await resend(db)
    await carryAll(rabbit.url, [consumer])
    expect(await heard()).toEqual([{ consumer: 'a', sessionId }])
  })

  test('what a stranger publishes has no effect and is in nobody’s way', async () => {
    const consumer = aListener('a')
    carry(rabbit.url, [consumer])
    await announce()
    await expectSoon(() => seen([consumer]), true)
    const publisher = bare.createPublisher({ confirm: true })
    const forged = { specversion: '1.0', id: '999999', source: '/fitflow', type: 'session.changed', data: { sessionId: newId() } }
    for (const body of ['no JSON', '{}', JSON.stringify(forged)]) {
      await publisher.send({ exchange: 'fitflow.events', routingKey: 'session.changed' }, body)
    }
    const sessionId = await announce()
    await expectSoon(async () => (await heard()).some(one => one.sessionId === sessionId), true)
    await publisher.close()
    expect(await heard()).toHaveLength(2)
    expect(await parked()).toEqual([])
  })
})
