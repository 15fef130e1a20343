// Webhooks by several worker processes on a real broker: each event arrives once, also when one of them is killed with requests in hand.
import type { ServerResponse } from 'node:http'
import { Webhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { systemClock } from '../../src/platform/clock.ts'
import { newId } from '../../src/platform/ids.ts'
import { openSecret } from '../../src/platform/secret.ts'
import { transact } from '../../src/platform/tx.ts'
import { aDatabase } from '../database.ts'
import { aProcess } from '../fleet.ts'
import { aRabbit } from '../rabbit.ts'
import { answering, aReceiver } from '../receiver.ts'
import { anEndpoint } from '../webhooks.ts'
import { system } from '../world.ts'

const rabbit = await aRabbit()
const { db, url } = await aDatabase({ startsAt: systemClock.now() })
// As the processes have it.
const secret = openSecret({ secret: 'a secret of all processes of one studio', previousSecret: null, dataDirectory: '' })
const events = 60
// At once to one endpoint from one process.
const inHand = 4

const countOf = async (state: string) => (await db.sql`select from webhook_deliveries where state = ${state}`).length
const soon = { timeout: 30_000, interval: 50 }

test('two workers send each of many events once; what one had in hand when it was killed is sent again under the same ids, and nothing else is', async () => {
  const receiver = await aReceiver()
  const endpoint = await anEndpoint(db, receiver.url, { topics: ['session.changed'], secret })
  const aWorker = () => aProcess('worker', url, { AMQP_URL: rabbit.url, WEBHOOKS_TO_LOOPBACK: 'on' })
  const [killed] = await Promise.all([aWorker(), aWorker()])
  const held: ServerResponse[] = []
  const take = answering(204)
  receiver.answer = response => void (receiver.received.length > 20 ? held.push(response) : take(response))
  await transact(db, system, {}, async tx => {
    for (let n = 0; n < events; n++) tx.emit('session.changed', { sessionId: newId(), version: 1 })
  })
  await expect.poll(() => held.length, soon).toBe(2 * inHand)
  await killed.kill()
  receiver.answer = take
  held.forEach(response => response.writeHead(204).end())
  await expect.poll(() => countOf('delivered'), soon).toBe(events - inHand)
  // A minute later, without waiting for it.
  await db.sql`update webhook_deliveries set leased_until = clock_timestamp() where state = 'waiting'`
  await expect.poll(() => countOf('delivered'), soon).toBe(events)
  const ids = receiver.received.map(one => one.headers['webhook-id'])
  expect([new Set(ids).size, ids.length]).toEqual([events, events + inHand])
  for (const { headers, body } of receiver.received) new Webhook(endpoint.secret).verify(body, headers as Record<string, string>)
})
