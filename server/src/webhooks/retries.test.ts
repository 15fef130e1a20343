// What becomes of a delivery that is not taken, and of an endpoint that takes nothing: tried again, given up, paused, sent again by an admin.
import { beforeEach, expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { answering, aReceiver } from '../../test/receiver.ts'
import { aSender, anEndpoint, deliveriesOf, happen, secret } from '../../test/webhooks.ts'
import { system } from '../../test/world.ts'
import type { WebhookDeliveryId, WebhookId } from '../platform/ids.ts'
import { openSecret } from '../platform/secret.ts'
import { transact } from '../platform/tx.ts'
import { changeEndpoint } from './change-endpoint.ts'
import { readEndpoint } from './endpoints.ts'
import { forgetDeliveries, resealSecrets } from './jobs.ts'
import { redeliverFailed, redeliverOne, sendTest } from './redeliver.ts'
import { attemptsMax, pauses } from './retry.rule.ts'
import { openSender } from './send-deliveries.ts'

const { db, clock } = await aDatabase()
const morning = clock.now()
beforeEach(async () => {
  clock.set(morning)
  await db.sql`truncate webhook_deliveries, webhook_endpoints, inbox, deliveries, outbox`
})

async function sendDue(sender = aSender(db)): Promise<number> {
  const count = await sender.sendDue()
  await sender.idle()
  return count
}

const webhookOf = ({ id }: { id: WebhookId }) => readEndpoint(db.sql, id)
const change = (id: WebhookId, active: boolean) =>
  transact(db, system, {}, tx => changeEndpoint(tx, { secret, toLoopback: true }, { id, change: { active }, refuseStale: () => undefined }))

test('what is not taken is tried again after a pause that grows, and is given up after the last attempt; the first kilobyte of the last answer is kept', async () => {
  const receiver = await aReceiver()
  receiver.answer = answering(503, `busy${'.'.repeat(5000)}`)
  const endpoint = await anEndpoint(db, receiver.url)
  await happen(db)
  for (const [at, seconds] of pauses.entries()) {
    expect(await sendDue()).toBe(1)
    const [seen] = await deliveriesOf(db, endpoint)
    expect(seen).toMatchObject({ state: 'waiting', attempts: at + 1, answerStatus: 503, leased: false })
    const wait = seen!.dueAt.since(clock.now()).total('seconds')
    expect(wait / seconds).toBeGreaterThanOrEqual(0.8)
    expect(wait / seconds).toBeLessThanOrEqual(1.2)
    clock.set(seen!.dueAt.subtract({ milliseconds: 1 }))
    expect(await sendDue()).toBe(0)
    clock.advance({ milliseconds: 1 })
  }
  expect(await sendDue()).toBe(1)
  const [given] = await deliveriesOf(db, endpoint)
  expect(given).toMatchObject({ state: 'failed', attempts: attemptsMax, answer: `busy${'.'.repeat(996)}` })
  clock.advance({ hours: 24 * 7 })
  expect(await sendDue()).toBe(0)
  expect(new Set(receiver.received.map(one => `${one.headers['webhook-id']} ${one.body}`)).size).toBe(1)
})

test('a redirect is no delivery, and no answer says in words why', async () => {
  const [moved, mute] = [await aReceiver(), await aReceiver()]
  moved.answer = answering(302, '', { location: `${moved.url}/new` })
  mute.answer = () => undefined
  const [one, other] = [await anEndpoint(db, moved.url), await anEndpoint(db, mute.url)]
  await happen(db)
  await sendDue(aSender(db, 200))
  expect(await deliveriesOf(db, one)).toMatchObject([{ state: 'waiting', answerStatus: 302 }])
  expect(await deliveriesOf(db, other)).toMatchObject([{ state: 'waiting', answerStatus: null, fault: 'No answer came within 0.2 seconds.' }])
  expect(moved.received.map(({ path }) => path)).toEqual(['/hook'])
})

test('an endpoint that took nothing for three days is paused and says so; what happens meanwhile waits, and goes out when it goes on', async () => {
  const receiver = await aReceiver()
  receiver.answer = answering(500)
  const endpoint = await anEndpoint(db, receiver.url)
  await happen(db)
  await sendDue()
  expect(await webhookOf(endpoint)).toMatchObject({ failingSince: String(morning), paused: null })
  clock.set(morning.add({ hours: 71 }))
  await happen(db)
  await sendDue()
  expect((await webhookOf(endpoint)).paused).toBe(null)
  clock.advance({ hours: 1 })
  await sendDue()
  expect(await webhookOf(endpoint)).toMatchObject({ paused: { cause: 'failing', at: String(clock.now()) } })
  const audits = await db.sql`select action, details from audit_log where entity_id = ${endpoint.id} and action = 'paused'`
  expect([...audits]).toEqual([{ action: 'paused', details: { cause: 'failing' } }])
  const told = await db.sql`select data from outbox where topic = 'webhook.paused'`
  expect([...told]).toEqual([{ data: { webhookId: endpoint.id, host: new URL(receiver.url).host, cause: 'failing' } }])

  receiver.answer = answering(200)
  await happen(db)
  clock.advance({ hours: 24 })
  expect(await sendDue()).toBe(0)
  await change(endpoint.id, true)
  expect(await webhookOf(endpoint)).toMatchObject({ failingSince: null, paused: null })
  await sendDue()
  expect((await deliveriesOf(db, endpoint)).map(one => one.state)).toEqual(['delivered', 'delivered', 'delivered', 'delivered'])
})

test('one that takes something in between has not failed for days', async () => {
  const receiver = await aReceiver()
  const endpoint = await anEndpoint(db, receiver.url)
  for (const status of [500, 200, 500]) {
    receiver.answer = answering(status)
    await happen(db)
    await sendDue()
    clock.advance({ hours: 48 })
  }
  expect(await webhookOf(endpoint)).toMatchObject({ paused: null, failingSince: String(morning.add({ hours: 96 })) })
})

test('410 pauses at once; a pause that was asked for is named so, and nothing is sent again to who is paused', async () => {
  const receiver = await aReceiver()
  receiver.answer = answering(410)
  const [gone, asked] = [await anEndpoint(db, receiver.url), await anEndpoint(db, receiver.url, { topics: ['session.started'] })]
  await happen(db)
  await sendDue()
  expect(await deliveriesOf(db, gone)).toMatchObject([{ state: 'failed', attempts: 1 }])
  await change(asked.id, false)
  expect([(await webhookOf(gone)).paused?.cause, (await webhookOf(asked)).paused?.cause]).toEqual(['gone', 'asked'])
  for (const again of [redeliverFailed, sendTest]) {
    await expect(transact(db, system, {}, tx => again(tx, gone.id, String(morning)) as Promise<unknown>)).rejects.toThrow(/while it is paused/)
  }
})

test('an admin sends one again, or all that was given up since an instant, under the ids they had', async () => {
  const receiver = await aReceiver()
  receiver.answer = answering(500)
  const endpoint = await anEndpoint(db, receiver.url)
  await happen(db)
  await db.sql`update webhook_deliveries set state = 'failed', attempts = ${attemptsMax}`
  clock.advance({ hours: 1 })
  await happen(db, 2)
  await db.sql`update webhook_deliveries set state = 'failed', attempts = ${attemptsMax}`
  receiver.answer = answering(200)
  expect(await transact(db, system, {}, tx => redeliverFailed(tx, endpoint.id, String(morning.add({ minutes: 30 }))))).toEqual({ count: 2 })
  await sendDue()
  expect((await deliveriesOf(db, endpoint)).map(one => [one.state, one.attempts])).toEqual([['failed', attemptsMax], ['delivered', 1], ['delivered', 1]])
  const [, second] = await db.sql<{ id: WebhookDeliveryId; eventId: number }[]>`select id, event_id from webhook_deliveries order by id`
  await transact(db, system, {}, tx => redeliverOne(tx, endpoint.id, second!.id))
  await sendDue()
  expect(receiver.received.filter(one => one.headers['webhook-id'] === String(second!.eventId))).toHaveLength(2)
})

test('one that is being sent is not sent beside that when it is asked for again', async () => {
  const receiver = await aReceiver()
  const endpoint = await anEndpoint(db, receiver.url)
  await happen(db)
  const held = Promise.withResolvers<void>()
  receiver.answer = response => void held.promise.then(() => answering(200)(response))
  const sender = aSender(db)
  await sender.sendDue()
  await receiver.arrival(1)
  const [row] = await db.sql<[{ id: WebhookDeliveryId }]>`select id from webhook_deliveries`
  await transact(db, system, {}, tx => redeliverOne(tx, endpoint.id, row.id))
  expect(await aSender(db).sendDue()).toBe(0)
  held.resolve()
  await sender.idle()
  expect(receiver.received).toHaveLength(1)
})

test('a secret sealed under the FITFLOW_SECRET before is sealed again, and one that cannot be opened says so instead of signing', async () => {
  const receiver = await aReceiver()
  const endpoint = await anEndpoint(db, receiver.url)
  const next = (previousSecret: string | null) => openSecret({ secret: 'another secret for tests, as long as that', previousSecret, dataDirectory: '' })
  const sendBy = (house: typeof secret) => sendDue(openSender({ db, secret: house, outlet: { toLoopback: true } }))
  await happen(db)
  await sendBy(next(null))
  expect(await deliveriesOf(db, endpoint)).toMatchObject([{ state: 'waiting', fault: expect.stringContaining('Rotate it') }])
  await resealSecrets(db, next('a secret for tests only, and long enough'))
  clock.advance({ seconds: 6 })
  await sendBy(next(null))
  expect(await deliveriesOf(db, endpoint)).toMatchObject([{ state: 'delivered' }])
})

test('after 30 days a delivery is forgotten, whatever became of it', async () => {
  const receiver = await aReceiver()
  const endpoint = await anEndpoint(db, receiver.url)
  await happen(db)
  clock.advance({ hours: 1 })
  await happen(db)
  clock.set(morning.add({ hours: 30 * 24, minutes: 30 }))
  await forgetDeliveries(db)
  expect(await deliveriesOf(db, endpoint)).toHaveLength(1)
})
