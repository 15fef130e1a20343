// From an event to a receiver: each event once for each endpoint, signed, by one sender at a time, in no transaction.
import { CloudEvent, type Topic } from '@fitflow/contract/events.ts'
import { Webhook } from 'standardwebhooks'
import Value from 'typebox/value'
import { beforeEach, expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { anotherHandle } from '../../test/handles.ts'
import { answering, aReceiver, type Received } from '../../test/receiver.ts'
import { aSender, anEndpoint, deliveriesOf, happen, queue, secret } from '../../test/webhooks.ts'
import { system } from '../../test/world.ts'
import { systemClock } from '../platform/clock.ts'
import { transact } from '../platform/tx.ts'
import { rotateSecret } from './change-endpoint.ts'
import { lease, settle } from './lease-deliveries.ts'
import { startSending } from './jobs.ts'

const { db, clock, url } = await aDatabase()
const other = anotherHandle({ url, clock })
beforeEach(async () => {
  // A receiver looks at its own clock.
  clock.set(systemClock.now())
  await db.sql`truncate webhook_deliveries, webhook_endpoints, inbox, deliveries, outbox`
})

const typeOf = ({ body }: Received) => (JSON.parse(body) as { type: Topic }).type
const sessionOf = ({ body }: Received) => (JSON.parse(body) as { data: { sessionId: string } }).data.sessionId
const none = new Map()

async function sendAll(sender = aSender(db)): Promise<void> {
  while ((await sender.sendDue()) > 0) await sender.idle()
}

test('an event reaches each endpoint that listens to its topic, in the envelope of the contract, signed as the library of Standard Webhooks verifies', async () => {
  const [all, some] = [await aReceiver(), await aReceiver()]
  const endpoint = await anEndpoint(db, all.url)
  await anEndpoint(db, some.url, { topics: ['session.started'] })
  const [changed] = await happen(db)
  const [started] = await happen(db, 1, 'session.started')
  await sendAll()
  expect(all.received.map(one => [typeOf(one), sessionOf(one)])).toEqual([['session.changed', changed], ['session.started', started]])
  expect(some.received.map(sessionOf)).toEqual([started])
  for (const { headers, body } of all.received) {
    const event = new Webhook(endpoint.secret).verify(body, headers as Record<string, string>) as { id: string; type: Topic }
    expect(Value.Check(CloudEvent(event.type), event)).toBe(true)
    expect(headers).toMatchObject({ 'webhook-id': event.id, 'content-type': 'application/cloudevents+json' })
  }
  expect(await deliveriesOf(db, endpoint)).toMatchObject([{ state: 'delivered', attempts: 1, answerStatus: 204 }, { state: 'delivered' }])
})

test('a delivery is written down before anything is sent, and an event that comes to the consumer again adds none', async () => {
  const receiver = await aReceiver()
  const endpoint = await anEndpoint(db, receiver.url)
  await happen(db)
  expect([receiver.received, await deliveriesOf(db, endpoint)]).toMatchObject([[], [{ state: 'waiting', attempts: 0 }]])
  await db.sql`truncate inbox`
  await db.sql`update outbox set handled_at = null`
  await queue(db)
  expect(await deliveriesOf(db, endpoint)).toHaveLength(1)
  await sendAll()
  expect(receiver.received).toHaveLength(1)
})

test('two workers never send one delivery at once: each of many arrives once', async () => {
  const receiver = await aReceiver()
  await anEndpoint(db, receiver.url)
  const sessions = await happen(db, 24)
  const senders = [aSender(db), aSender(other), aSender(other)]
  const held: (() => void)[] = []
  receiver.answer = response => void held.push(() => answering(200)(response))
  const letGo = () => held.splice(0).forEach(go => go())
  for (let round = 0; round < 20 && receiver.received.length < 24; round++) {
    const taken = await Promise.all(senders.map(sender => sender.sendDue()))
    await receiver.arrival(Math.min(24, receiver.received.length + Math.max(...taken)))
    letGo()
    receiver.answer = answering(200)
    await Promise.all(senders.map(sender => sender.idle()))
    letGo()
  }
  expect(receiver.received.map(sessionOf).toSorted()).toEqual(sessions.map(String).toSorted())
})

test('a sender that died leaves a lease: another sends after a minute and not before, under the same id', async () => {
  const receiver = await aReceiver()
  await anEndpoint(db, receiver.url)
  await happen(db)
  const [dead] = await lease(db, { each: 4, busy: none })
  clock.advance({ milliseconds: 59_999 })
  await sendAll(aSender(other))
  expect(receiver.received).toEqual([])
  clock.advance({ milliseconds: 1 })
  await sendAll(aSender(other))
  expect(receiver.received.map(one => one.headers['webhook-id'])).toEqual([String(dead!.eventId)])
})

test('who comes back after its lease has ended changes nothing of what another wrote', async () => {
  const receiver = await aReceiver()
  const endpoint = await anEndpoint(db, receiver.url)
  await happen(db)
  const [slow] = await lease(db, { each: 4, busy: none })
  clock.advance({ seconds: 61 })
  await sendAll(aSender(other))
  await settle(db, slow!, { fault: 'came back late' })
  expect(await deliveriesOf(db, endpoint)).toMatchObject([{ state: 'delivered', attempts: 2, fault: null }])
})

test('while a receiver thinks, no transaction is open and nothing is locked', async () => {
  const receiver = await aReceiver()
  const endpoint = await anEndpoint(db, receiver.url)
  await happen(db)
  const held = Promise.withResolvers<void>()
  receiver.answer = response => void held.promise.then(() => answering(200)(response))
  const sender = aSender(db)
  await sender.sendDue()
  await receiver.arrival(1)
  const open = await other.sql`select state, query from pg_stat_activity where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid() and xact_start is not null`
  expect([...open]).toEqual([])
  await other.sql`select from webhook_deliveries where endpoint_id = ${endpoint.id} for update nowait`
  held.resolve()
  await sender.idle()
  expect(await deliveriesOf(db, endpoint)).toMatchObject([{ state: 'delivered', leased: false }])
})

test('a slow endpoint holds up no other, and gets four at a time from one worker', async () => {
  const [slow, quick] = [await aReceiver(), await aReceiver()]
  await anEndpoint(db, slow.url)
  await anEndpoint(db, quick.url)
  const held: (() => void)[] = []
  slow.answer = response => void held.push(() => answering(200)(response))
  await happen(db, 9)
  const loop = startSending({ db, secret, outlet: { toLoopback: true } })
  await quick.arrival(9)
  await slow.arrival(4)
  expect(slow.received).toHaveLength(4)
  slow.answer = answering(200)
  held.forEach(go => go())
  await slow.arrival(9)
  await loop.stop()
})

test('after a rotation both secrets sign for a day, and then the new one alone', async () => {
  const receiver = await aReceiver()
  const old = await anEndpoint(db, receiver.url)
  const fresh = await transact(db, system, {}, tx => rotateSecret(tx, { secret, toLoopback: true }, old.id))
  const signs = ({ secret: key }: { secret: string }, { headers, body }: Received) => {
    // By the receiver's clock, which the test has moved on.
    const expected = new Webhook(key).sign(headers['webhook-id'] as string, new Date(Number(headers['webhook-timestamp']) * 1000), body)
    return (headers['webhook-signature'] as string).split(' ').includes(expected)
  }
  await happen(db)
  await sendAll()
  clock.advance({ hours: 24 })
  await happen(db)
  await sendAll()
  expect(receiver.received.map(one => [signs(old, one), signs(fresh, one)])).toEqual([[true, true], [false, true]])
})
