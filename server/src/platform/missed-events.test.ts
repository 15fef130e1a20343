// What never reached a consumer is found by what is missing from its inbox, and handled after all.
import { expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { system } from '../../test/world.ts'
import type { Consumer } from './consumer.ts'
import { newId } from './ids.ts'
import { queueMissed } from './missed-events.ts'
import { drainOnce } from './relay.ts'
import { transact } from './tx.ts'

const { db, clock } = await aDatabase()
const heard: string[] = []

const listener: Consumer = {
  name: 'a',
  topics: ['session.changed'],
  concerns: async (_, events) => [...events],
  sessions: async () => [],
  handle: async (_, event) => void heard.push((event.data as { sessionId: string }).sessionId),
}

async function announce(topic: 'session.changed' | 'session.started' = 'session.changed'): Promise<string> {
  const sessionId = newId()
  await transact(db, system, {}, async tx => tx.emit(topic, { sessionId, version: 1 }))
  return sessionId
}

/** As a broker does that takes events and loses them. */
const lose = () => db.sql`update outbox set handled_at = ${clock.now()} where handled_at is null`
async function drain() {
  while (await drainOnce(db, [listener]));
}

test('an event that did not arrive in ten minutes is queued once and handled; what is older than the consumer, or of other topics, is not owed', async () => {
  const before = await announce()
  await lose()
  const first = await announce()
  await drain()
  const lost = await announce()
  await announce('session.started')
  await lose()
  clock.advance({ milliseconds: 10 * 60_000 - 1 })
  expect(await queueMissed(db, [listener])).toBe(0)
  clock.advance({ milliseconds: 1 })
  expect(await queueMissed(db, [listener])).toBe(1)
  expect(await queueMissed(db, [listener]), 'it is queued already').toBe(0)
  await drain()
  expect(heard).toEqual([first, lost])
  expect(heard).not.toContain(before)
  expect(await queueMissed(db, [listener]), 'it was handled').toBe(0)
})

test('what waits for its next attempt, or was given up, is not queued anew', async () => {
  await announce()
  const failing = { ...listener, handle: () => Promise.reject(new Error('down')) }
  while (await drainOnce(db, [failing]));
  clock.advance({ hours: 1 })
  expect(await queueMissed(db, [listener])).toBe(0)
  await drain()
})

test('what did not concern a consumer when it was handed on is not owed to it', async () => {
  await announce()
  while (await drainOnce(db, [{ ...listener, concerns: async () => [] }]));
  clock.advance({ hours: 1 })
  expect(await queueMissed(db, [listener])).toBe(0)
})
