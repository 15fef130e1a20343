// Devices over HTTP and messages to them, with a push service that somebody else built: it checks who signs, and decrypts.
import type { PushKey, PushSubscription } from '@fitflow/contract/push.ts'
import { afterAll, expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { aFrontDesk } from '../../test/front-desk.ts'
import { aPushStation } from '../../test/push-station.ts'
import { answering, aReceiver } from '../../test/receiver.ts'
import { aServer } from '../../test/server.ts'
import { aTelling } from '../../test/told.ts'
import { aLot, aMember, aSession, type Person } from '../../test/world.ts'
import type { Outgoing } from './channel.ts'
import { openPush } from './push-channel.ts'
import { pushAddresses } from './push-subscriptions.ts'
import { openWays } from './ways.ts'

const { db } = await aDatabase()
const server = await aServer(db, { config: { webhooksToLoopback: true } })
/** As in production, where nothing on this machine is written to. */
const abroad = await aServer(db)
const desk = await aFrontDesk(db)
afterAll(() => desk.house.settings.close())
const service = await aPushStation()
const path = '/api/v1/me/push-subscriptions'
const { key } = (await server.ask(null, 'GET', '/api/v1/push-key')).json as PushKey

const subscribe = (member: Person, body: unknown) => server.ask(member, 'POST', path, { body })
const devicesOf = async (member: Person) => ((await server.ask(member, 'GET', path)).json as { items: PushSubscription[] }).items
const pushWay = (toLoopback = true) => openWays({ ...server.house, config: { ...server.house.config, webhooksToLoopback: toLoopback } }).find(way => way.channel.name === 'push')!

const message: Omit<Outgoing, 'to'> = {
  ...{ id: '0197-row', subject: 'See you tomorrow', text: 'Morning Strength, 07:00 — mañana', html: null, url: 'https://studio.example/bookings/1' },
  ...{ attachments: [], unsubscribeUrl: null },
}

/** A member with a browser that is told. */
async function somebodyAtABrowser() {
  const member = await aMember(db)
  const browser = await service.browser(key)
  const made = await subscribe(member, browser.subscription)
  expect(made.status).toBe(201)
  return { member, browser, device: made.json as PushSubscription, to: JSON.stringify(browser.subscription) }
}

test('a message arrives encrypted, and only the browser it is for reads it', async () => {
  const { browser, to } = await somebodyAtABrowser()
  expect(await pushWay().channel.send({ ...message, to })).toEqual({ outcome: 'sent', reference: null })
  expect(browser.shown()).toMatchObject([{ notification: { title: message.subject, body: message.text, tag: message.id, data: { onActionClick: { default: { url: '/bookings/1' } } } } }])
})

test('what happens to a booking is told on each of a member’s devices, and on nobody else’s', async () => {
  const { member, browser } = await somebodyAtABrowser()
  const second = await service.browser(key)
  await subscribe(member, second.subscription)
  const { browser: others } = await somebodyAtABrowser()
  const told = aTelling(db, desk.house.settings, [])
  told.ways.push(pushWay())
  await aLot(db, member)
  const session = await aSession(db)
  const { booking } = await desk.book(member, session)
  await told.hear()
  await told.send()
  for (const one of [browser, second]) expect(one.shown()).toMatchObject([{ notification: { data: { onActionClick: { default: { url: `/bookings/${booking.id}` } } } } }])
  expect(others.shown()).toEqual([])
  expect(await told.rowsOf(member)).toMatchObject([{ channel: 'push', state: 'sent' }])
})

test('a browser that left is forgotten at the first message that finds it gone', async () => {
  const { member, browser, to } = await somebodyAtABrowser()
  browser.leave()
  expect(await pushWay().channel.send({ ...message, to })).toMatchObject({ outcome: 'failed', permanent: true, reason: expect.stringContaining('410') })
  expect(await devicesOf(member)).toEqual([])
})

test('what another key signed is not taken, and is not tried again; a browser subscribed with another key is not written to', async () => {
  const other = { publicKey: 'BEl62iUYgUivxIkv69yViEuiBIa-Ib9-SkvMeAtA3LFgDzkrxZJjSgSnfckjBJuBkr3qBUYIHBQFLXYp5Nksh8U', privateKey: 'UUxI4O8-FbRouAevSmBQ6o18hgE4nSG3qwvJTfKc-ls' }
  const { member, to } = await somebodyAtABrowser()
  const wrong = openPush({ keys: other, subject: 'mailto:a@studio.example', outlet: { toLoopback: true }, gone: () => Promise.resolve() })
  expect(await wrong.send({ ...message, to })).toMatchObject({ outcome: 'failed', permanent: true, reason: expect.stringContaining('400') })
  expect(await pushAddresses(db.sql, [member.id], other.publicKey)).toEqual(new Map())
  expect((await pushAddresses(db.sql, [member.id], key)).get(member.id)).toEqual([to])
})

test.each([
  [429, false],
  [503, false],
  [413, true],
  [403, true],
])('a push service that answers %i is asked again unless %s', async (status, permanent) => {
  const receiver = await aReceiver()
  receiver.answer = answering(status, 'no')
  const { browser } = await somebodyAtABrowser()
  const to = JSON.stringify({ ...browser.subscription, endpoint: receiver.url })
  expect(await pushWay().channel.send({ ...message, to })).toMatchObject({ outcome: 'failed', permanent, reason: expect.stringContaining(String(status)) })
})

test('an endpoint that leads inside is sent nothing', async () => {
  const receiver = await aReceiver()
  const { browser } = await somebodyAtABrowser()
  const to = JSON.stringify({ ...browser.subscription, endpoint: receiver.url })
  expect(await pushWay(false).channel.send({ ...message, to })).toMatchObject({ outcome: 'failed', reason: expect.stringContaining('not on the public internet') })
  expect(receiver.received).toEqual([])
})

test('a device is kept once, belongs to whoever subscribed it last, and is forgotten by its owner only', async () => {
  const { member, browser, device } = await somebodyAtABrowser()
  expect((await subscribe(member, browser.subscription)).json).toMatchObject({ id: device.id, service: 'localhost' })
  expect(await devicesOf(member)).toHaveLength(1)
  const other = await aMember(db)
  expect((await server.ask(other, 'DELETE', `${path}/${device.id}`)).status).toBe(404)
  await subscribe(other, browser.subscription)
  expect([await devicesOf(member), (await devicesOf(other)).map(one => one.id)]).toEqual([[], [device.id]])
  expect((await server.ask(other, 'DELETE', `${path}/${device.id}`)).status).toBe(204)
  expect(await devicesOf(other)).toEqual([])
})

test('an eleventh device takes the place of the oldest', async () => {
  const { member, device } = await somebodyAtABrowser()
  for (let n = 0; n < 10; n++) await subscribe(member, (await service.browser(key)).subscription)
  const devices = await devicesOf(member)
  expect([devices.length, devices.some(one => one.id === device.id)]).toEqual([10, false])
})

test.each([
  ['endpoint', { endpoint: 'http://push.example/x' }],
  ['endpoint', { endpoint: 'file:///etc/passwd' }],
  ['endpoint', { endpoint: 'https://me:secret@push.example/x' }],
  ['keys/p256dh', { keys: { p256dh: `BA${'A'.repeat(85)}`, auth: 'A'.repeat(22) } }],
  ['keys/p256dh', { keys: { p256dh: 'AAAA', auth: 'A'.repeat(22) } }],
  ['keys/auth', { keys: { p256dh: key, auth: 'AAAA' } }],
])('a subscription with a wrong %s is refused: %j', async (where, wrong) => {
  const { browser } = await somebodyAtABrowser()
  const refused = await subscribe(await aMember(db), { ...browser.subscription, ...wrong })
  expect([refused.problem.code, refused.problem.errors?.[0]?.path]).toEqual(['invalid-request', `body/${where}`])
})

test.each(['https://127.0.0.1/x', 'https://[::1]/x', 'https://localhost/x', 'http://localhost/x', 'https://169.254.169.254/x', 'https://2852039166/x', 'https://10.0.0.8/x', 'https://redis/x', 'https://push.internal/x'])(
  'an endpoint inside the house is refused when a device subscribes: %s',
  async endpoint => {
    const { browser } = await somebodyAtABrowser()
    const member = await aMember(db)
    const refused = await abroad.ask(member, 'POST', path, { body: { ...browser.subscription, endpoint } })
    expect([refused.status, refused.problem]).toMatchObject([400, { code: 'invalid-request', errors: [{ path: 'body/endpoint' }] }])
    expect(await devicesOf(member)).toEqual([])
  },
)
