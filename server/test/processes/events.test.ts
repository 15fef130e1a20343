// Worker processes that share the events, with a RabbitMQ and without: each consumer in a process of its own, and one killed.
import { describe, expect, test } from 'vitest'
import { systemClock } from '../../src/platform/clock.ts'
import { newId } from '../../src/platform/ids.ts'
import { transact } from '../../src/platform/tx.ts'
import { aDatabase } from '../database.ts'
import { aWorker } from '../fleet.ts'
import { aRabbit } from '../rabbit.ts'
import { system } from '../world.ts'

const rabbit = await aRabbit()
const { db, url } = await aDatabase({ startsAt: systemClock.now() })

/** Cancellations of bookings that are not there: every consumer takes them and finds nothing to do. */
function announce(count: number): Promise<void> {
  return transact(db, system, {}, async tx => {
    for (let n = 0; n < count; n++) {
      tx.emit('booking.cancelled', { bookingId: newId(), sessionId: newId(), userId: newId(), version: 1, cancelKind: 'early' })
    }
  })
}

const pending = async () => (await db.sql`select from outbox where handled_at is null`).length
const handledBy = async () => {
  const rows = await db.sql<{ consumer: string; n: number }[]>`
    select consumer, count(*)::int as n from (select consumer from inbox union all select unnest(idle) from outbox) handled group by 1`
  return Object.fromEntries(rows.map(row => [row.consumer, row.n]))
}

async function expectSoon(what: () => Promise<unknown>, expected: unknown): Promise<void> {
  await expect.poll(what, { timeout: 30_000, interval: 50 }).toEqual(expected)
}

describe.each([['through the database', null], ['through RabbitMQ', rabbit.url]] as const)('%s', (_, amqpUrl) => {
  test('each consumer can be a process of its own, and what nobody takes yet waits for whoever comes', async () => {
    await db.sql`truncate inbox, deliveries, outbox`
    await announce(5)
    const relay = await aWorker(url, { only: 'relay', amqpUrl })
    await expectSoon(pending, 0)
    expect(await handledBy()).toEqual({})
    const manager = await aWorker(url, { only: 'waitlist-manager', amqpUrl })
    await expectSoon(handledBy, { 'waitlist-manager': 5 })
    await manager.stop()
    await announce(2)
    await expectSoon(pending, 0)
    await relay.stop()
    await aWorker(url, { only: 'policy-enforcer waitlist-manager analytics', amqpUrl })
    await expectSoon(handledBy, { 'waitlist-manager': 7, 'policy-enforcer': 7, analytics: 7 })
  })
})

test('a worker that is killed in the middle leaves nothing undone: another takes what it had in hand', async () => {
  await db.sql`truncate inbox, deliveries, outbox`
  const [killed] = await Promise.all([aWorker(url, { amqpUrl: rabbit.url }), aWorker(url, { amqpUrl: rabbit.url })])
  for (let n = 0; n < 20; n++) await announce(50)
  await expectSoon(async () => ((await handledBy())['waitlist-manager'] ?? 0) > 100, true)
  await killed.kill()
  await announce(50)
  await expectSoon(handledBy, { 'waitlist-manager': 1050, 'policy-enforcer': 1050, analytics: 1050, notifications: 1050, webhooks: 1050 })
  // What the killed one had published and not marked is another's to mark once its lease has ended.
  await expectSoon(pending, 0)
})

test('what a killed worker had taken out of the database is another’s within seconds', async () => {
  await db.sql`truncate inbox, deliveries, outbox`
  const relay = await aWorker(url, { only: 'relay' })
  await announce(100)
  await expectSoon(pending, 0)
  await relay.stop()
  const taken = async () => (await db.sql`select from deliveries where consumer = 'policy-enforcer' and attempts = 1`).length
  // Nobody can note what they handled while somebody holds the notes.
  await transact(db, system, {}, async tx => {
    await tx.sql`lock table inbox in share mode`
    const killed = await aWorker(url, { only: 'policy-enforcer' })
    await expectSoon(taken, 100)
    await killed.kill()
  })
  await aWorker(url, { only: 'policy-enforcer' })
  await expect.poll(handledBy, { timeout: 12_000, interval: 50 }).toEqual({ 'policy-enforcer': 100 })
})

test('a part that there is not stops the start', async () => {
  await expect(aWorker(url, { only: 'relay gardener' })).rejects.toThrow('the process ended before it ran')
})
