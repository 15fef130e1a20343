// Webhooks over HTTP: made, told their secret once, changed on what was read, and removed; and the pages of what was sent.
import { beforeEach, expect, test } from 'vitest'
import type { Webhook, WebhookDelivery, WebhookSecret } from '@fitflow/contract/webhooks.ts'
import { aDatabase } from '../../test/database.ts'
import { aServer } from '../../test/server.ts'
import { happen } from '../../test/webhooks.ts'
import { anAdmin } from '../../test/world.ts'

const { db, clock } = await aDatabase()
const server = await aServer(db)
const admin = await anAdmin(db)
beforeEach(async () => {
  await db.sql`truncate webhook_deliveries, webhook_endpoints, inbox, deliveries, outbox`
})

const at = '/api/v1/admin/webhooks'
const wish = { url: 'https://hooks.example.com/fitflow', topics: ['session.changed'], description: 'The till' }

async function aWebhook(): Promise<WebhookSecret> {
  const { status, json } = await server.ask(admin, 'POST', at, { body: wish })
  expect(status).toBe(201)
  return json as WebhookSecret
}

test('a secret is told once: neither a replay, nor the list, nor the database has it', async () => {
  const key = 'the key of the webhook'
  const first = (await server.ask(admin, 'POST', at, { body: wish, key })).json as WebhookSecret
  expect(first).toMatchObject({ secret: expect.stringMatching(/^whsec_/), webhook: { ...wish, paused: null, waiting: 0, failed: 0 } })
  const again = await server.ask(admin, 'POST', at, { body: wish, key })
  expect([again.headers.get('idempotency-replayed'), again.json]).toEqual(['true', { ...first, secret: null }])
  const list = await server.ask(admin, 'GET', at)
  expect(list.json).toEqual({ items: [first.webhook] })
  const kept = await db.sql`select e.*, k.body from webhook_endpoints e, idempotency_keys k`
  expect(JSON.stringify(kept)).not.toContain(first.secret!.slice('whsec_'.length))
})

test('another secret is told once, too, and until when the old one signs', async () => {
  const { webhook, secret } = await aWebhook()
  const rotated = (await server.ask(admin, 'POST', `${at}/${webhook.id}/rotate-secret`)).json as WebhookSecret
  expect(rotated.secret).not.toBe(secret)
  expect(rotated.webhook.oldSecretUntil).toBe(String(db.clock.now().add({ hours: 24 })))
})

test('while the old secret still signs there is no third that would end it; afterwards there is', async () => {
  const { webhook } = await aWebhook()
  const rotate = () => server.ask(admin, 'POST', `${at}/${webhook.id}/rotate-secret`)
  const { oldSecretUntil } = ((await rotate()).json as WebhookSecret).webhook
  const secrets = () => db.sql`select secret, old_secret from webhook_endpoints where id = ${webhook.id}`
  const before = await secrets()
  clock.set(Temporal.Instant.from(oldSecretUntil!).subtract({ milliseconds: 1 }))
  const refused = await rotate()
  expect([refused.status, refused.problem]).toMatchObject([409, { code: 'webhook-secret-rotating', until: oldSecretUntil }])
  expect(await secrets()).toEqual(before)
  clock.set(Temporal.Instant.from(oldSecretUntil!))
  expect((await rotate()).status).toBe(200)
})

test('an address inside the house is refused where it is typed, also later', async () => {
  const inside = { ...wish, url: 'https://169.254.169.254/latest/meta-data' }
  const made = await server.ask(admin, 'POST', at, { body: inside })
  const { webhook } = await aWebhook()
  const changed = await server.ask(admin, 'PATCH', `${at}/${webhook.id}`, { body: { url: inside.url } })
  expect([made.problem, changed.problem]).toMatchObject(Array(2).fill({ code: 'invalid-request', errors: [{ path: 'body/url' }] }))
})

test('a change is made on what was read, or refused; a pause is one', async () => {
  const { webhook } = await aWebhook()
  const etag = (await server.ask(admin, 'GET', `${at}/${webhook.id}`)).headers.get('etag')!
  const headers = { 'if-match': etag }
  const first = await server.ask(admin, 'PATCH', `${at}/${webhook.id}`, { headers, body: { active: false, description: 'The old till' } })
  expect(first.json as Webhook).toMatchObject({ description: 'The old till', topics: wish.topics, paused: { cause: 'asked' } })
  const second = await server.ask(admin, 'PATCH', `${at}/${webhook.id}`, { headers, body: { active: true } })
  expect(second.problem.code).toBe('precondition-failed')
})

test('what was sent is read by pages, latest first, and by state', async () => {
  const { webhook } = await aWebhook()
  await happen(db, 3)
  await server.ask(admin, 'POST', `${at}/${webhook.id}/test`)
  const read = async (query: string) => (await server.ask(admin, 'GET', `${at}/${webhook.id}/deliveries?${query}`)).json as { items: WebhookDelivery[]; nextCursor: string | null }
  const first = await read('limit=3')
  const rest = await read(`limit=3&cursor=${first.nextCursor}`)
  expect([first.items.map(one => one.topic), rest.items.map(one => one.topic)]).toEqual([['webhook.test', 'session.changed', 'session.changed'], ['session.changed']])
  expect(rest.nextCursor).toBe(null)
  expect([(await read('state=waiting')).items.length, (await read('state=failed')).items.length]).toEqual([4, 0])
})

test('one that is removed is gone with all that was or would be sent to it', async () => {
  const { webhook } = await aWebhook()
  await happen(db, 2)
  expect((await server.ask(admin, 'DELETE', `${at}/${webhook.id}`)).status).toBe(204)
  expect((await server.ask(admin, 'GET', `${at}/${webhook.id}`)).status).toBe(404)
  expect(await db.sql`select from webhook_deliveries`).toHaveLength(0)
})

test('there are no more than twenty', async () => {
  for (let n = 0; n < 20; n++) await aWebhook()
  expect((await server.ask(admin, 'POST', at, { body: wish })).problem).toMatchObject({ code: 'too-many-webhooks', max: 20 })
})
