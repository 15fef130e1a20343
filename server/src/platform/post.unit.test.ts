// A POST to a machine that must not be reached, by whatever way it is named; and to receivers that redirect, stall or talk without end.
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { answering, aReceiver } from '../../test/receiver.ts'
import { post, Undelivered, type Found, type Outlet } from './post.ts'
import { refuseUrl } from '../webhooks/webhook-url.ts'

const open: Outlet = { toLoopback: true }
const message = { headers: { 'webhook-id': '1' }, body: '{"a":"é"}' }
const v4 = (address: string): Found => ({ address, family: 4 })

test('what is sent arrives, and the answer comes back with its status', async () => {
  const receiver = await aReceiver()
  receiver.answer = answering(201, 'thanks')
  expect(await post(open, new URL(receiver.url), message)).toEqual({ status: 201, body: 'thanks' })
  expect(receiver.received).toMatchObject([{ path: '/hook', body: message.body, headers: { 'webhook-id': '1', 'content-length': '10' } }])
})

test.each([
  ['a number', '127.0.0.1', undefined],
  ['a decimal number', '2130706433', undefined],
  ['an octal number', '0177.0.0.1', undefined],
  ['IPv4 in IPv6', '[::ffff:127.0.0.1]', undefined],
  ['no network', '0.0.0.0', undefined],
  ['the name of this machine', 'localhost', undefined],
  ['a name that leads here', 'rebind.example.test', [v4('127.0.0.1')]],
  ['a name that leads to the public and here', 'both.example.test', [v4('93.184.215.14'), v4('127.0.0.1')]],
  ['a name that leads to metadata', 'meta.example.test', [v4('169.254.169.254')]],
])('%s leads nowhere inside: nothing arrives', async (_, host, found) => {
  const receiver = await aReceiver()
  const outlet: Outlet = { toLoopback: false, timeoutMs: 2000, ...(found ? { resolve: () => Promise.resolve(found) } : {}) }
  const attempt = post(outlet, new URL(`http://${host}:${receiver.port}/hook`), message)
  await expect(attempt).rejects.toThrow(/which is not on the public internet/)
  expect(receiver.received).toEqual([])
})

test('a name that is public when it is looked at and leads here when it is connected to gains nothing: each connection asks once, and goes where it was judged', async () => {
  const receiver = await aReceiver()
  const answers = [[v4('127.0.0.1')], [v4('93.184.215.14')]]
  let asked = 0
  const rebinding: Outlet = { toLoopback: false, timeoutMs: 500, resolve: () => Promise.resolve(answers[asked++ % 2]!) }
  await expect(post(rebinding, new URL(`http://rebind.example.test:${receiver.port}/`), message)).rejects.toThrow(/127\.0\.0\.1/)
  expect([asked, receiver.received]).toEqual([1, []])
})

test('with this machine allowed, no other inside is', async () => {
  const outlet: Outlet = { ...open, resolve: () => Promise.resolve([v4('10.0.0.1')]) }
  await expect(post(outlet, new URL('http://inside.example.test/'), message)).rejects.toThrow(/10\.0\.0\.1/)
})

test('a redirect is an answer, and nobody follows it', async () => {
  const receiver = await aReceiver()
  receiver.answer = answering(307, '', { location: `${receiver.url}/elsewhere` })
  expect(await post(open, new URL(receiver.url), message)).toMatchObject({ status: 307 })
  expect(receiver.received.map(one => one.path)).toEqual(['/hook'])
})

test('of an answer without end a kilobyte is read, and then the connection is closed', async () => {
  const receiver = await aReceiver()
  const closed = Promise.withResolvers<void>()
  receiver.answer = response => {
    void once(response, 'close').then(() => closed.resolve())
    response.writeHead(200)
    const more = () => {
      while (!response.destroyed && response.write('x'.repeat(10_000)));
    }
    response.on('drain', more)
    more()
  }
  const { status, body } = await post(open, new URL(receiver.url), message)
  expect([status, body]).toEqual([200, 'x'.repeat(1000)])
  await closed.promise
})

test('who does not answer in time is not waited for, and who stops in the middle has answered', async () => {
  const receiver = await aReceiver()
  receiver.answer = () => undefined
  await expect(post({ ...open, timeoutMs: 100 }, new URL(receiver.url), message)).rejects.toThrow(new Undelivered('No answer came within 0.1 seconds.'))
  receiver.answer = response => void response.writeHead(200).write('so far')
  expect(await post({ ...open, timeoutMs: 300 }, new URL(receiver.url), message)).toEqual({ status: 200, body: 'so far' })
})

test('nobody there, no name: said in words', async () => {
  const receiver = await aReceiver()
  await expect(post(open, new URL('http://127.0.0.1:1/'), message)).rejects.toThrow('Nobody listens at that address.')
  const nowhere: Outlet = { ...open, resolve: () => Promise.reject(Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' })) }
  await expect(post(nowhere, new URL('http://nowhere.example.test/'), message)).rejects.toThrow('There is no such name in the internet.')
  expect(receiver.received).toEqual([])
})

test.each(['http://hooks.example.com/', 'https://user:pw@hooks.example.com/', 'https://hooks.example.com/#there', 'https://127.0.0.1/', 'https://[::1]/', 'https://2130706433/', 'https://10.0.0.1/', 'https://169.254.169.254/latest/meta-data', 'https://localhost/', 'https://a.localhost/', 'https://intranet/', 'https://nas.local/', 'https://metadata.google.internal/', 'https://x:99999/', 'ftp://hooks.example.com/', 'https://'])(
  'an endpoint is not made at %s',
  url => expect(() => refuseUrl(url, { toLoopback: false })).toThrow(expect.objectContaining({ code: 'invalid-request' })),
)

test('an endpoint is made at a public https address; at this machine only where that is allowed', () => {
  refuseUrl('https://hooks.example.com:8443/fitflow?key=1', { toLoopback: false })
  refuseUrl('https://8.8.8.8/', { toLoopback: false })
  for (const url of ['http://127.0.0.1:4000/', 'http://localhost:4000/', 'http://[::1]:4000/']) refuseUrl(url, { toLoopback: true })
  expect(() => refuseUrl('http://10.0.0.1/', { toLoopback: true })).toThrow('Please check what you sent.')
})
