// Every no of the edge: which one wins, and what it looks like.
import { once } from 'node:events'
import { connect } from 'node:net'
import Type from 'typebox'
import { expect, test } from 'vitest'
import { Id, Shape } from '@fitflow/contract/scalars.ts'
import { anEdge } from '../../test/edge.ts'
import type { Edge } from './http.ts'
import { Problem } from './problem.ts'

const id = '01900000-0000-7000-8000-00000000000a'
const key = 'key-0123456789abcdef'
const json = { 'content-type': 'application/json' }

function things(edge: Edge): void {
  const oneThing = Shape({ id: Id })
  const body = Shape({ count: Type.Integer({ minimum: 1 }), at: Type.Optional(Type.String({ format: 'date-time' })) })
  edge.command(
    { method: 'POST', path: '/things/:id', access: 'trainer', summary: '', params: oneThing, body, answers: { 201: body } },
    async () => {
      throw new Problem('not-found', 'There is no such thing.')
    },
  )
  edge.read(
    { method: 'GET', path: '/things/:id', access: 'client', summary: '', params: oneThing, answers: { 200: Type.Any() } },
    async ({ params }) => params,
  )
}

interface Sent {
  token?: string
  key?: string
  body?: string
  headers?: Record<string, string>
}

async function post(url: string, { token, key: sentKey, body, headers }: Sent) {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(sentKey ? { 'idempotency-key': sentKey } : {}),
      ...json,
      ...headers,
    },
    ...(body === undefined ? {} : { body }),
  })
  const problem = (await response.json()) as Record<string, unknown>
  return { response, problem, code: problem['code'] }
}

test('401 comes before 403, then 400 for the key, 400 for the shape, 429 and last 404', async () => {
  const { url } = await anEdge(things, { limits: () => ({ requestsPerMinute: 1 }) })
  const nonsense = `${url}/api/v1/things/nonsense`
  const thing = `${url}/api/v1/things/${id}`
  expect((await post(nonsense, { body: '{}' })).code).toBe('unauthenticated')
  expect((await post(nonsense, { token: 'client-1', body: '{}' })).code).toBe('forbidden')
  expect((await post(nonsense, { token: 'trainer-1', body: '{}' })).code).toBe('idempotency-key-required')
  expect((await post(nonsense, { token: 'trainer-1', key, body: '{}' })).code).toBe('invalid-request')
  expect((await post(thing, { token: 'trainer-1', key, body: '{"count":1}' })).code).toBe('not-found')
  expect((await post(thing, { token: 'trainer-1', key: `${key}2`, body: '{"count":1}' })).code).toBe('rate-limited')
  expect((await post(thing, { token: 'trainer-1', key, body: '{"count":1}' })).code).toBe('not-found')
})

test('a problem says what a program and a person need, and names its trace', async () => {
  const { url } = await anEdge(things)
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
  const { response, problem } = await post(`${url}/api/v1/things/${id}`, { token: 'trainer-1', key, body: '{"count":1}', headers: { traceparent } })
  expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
  expect(response.headers.get('x-trace-id')).toBe('0af7651916cd43dd8448eb211c80319c')
  expect(problem).toEqual({
    type: '/api/problems#not-found',
    title: 'There is nothing here',
    status: 404,
    code: 'not-found',
    detail: 'There is no such thing.',
    traceId: '0af7651916cd43dd8448eb211c80319c',
  })
})

const bodies = {
  'an unknown field': ['{"count":1,"extra":1}', 'body/extra'],
  'a missing field': ['{}', 'body/count'],
  'no body at all': [undefined, 'body/count'],
  'a number as text': ['{"count":"1"}', 'body/count'],
  'JSON null': ['null', 'body'],
  'a list': ['[]', 'body'],
  'no JSON': ['{', 'body'],
  'a prototype': ['{"count":1,"__proto__":{"admin":true}}', 'body'],
  'a day that does not exist': ['{"count":1,"at":"2026-02-30T10:00:00Z"}', 'body/at'],
  'a year beyond reason': ['{"count":1,"at":"9999-02-03T10:00:00Z"}', 'body/at'],
} as const

test.each(Object.entries(bodies))('%s in a body is refused with its path', async (_, [body, path]) => {
  const { url } = await anEdge(things)
  const sent = { token: 'trainer-1', key, ...(body === undefined ? {} : { body }) }
  const { response, problem } = await post(`${url}/api/v1/things/${id}`, sent)
  expect(response.status).toBe(400)
  expect(problem).toMatchObject({ code: 'invalid-request', errors: [{ path }] })
})

test('text that PostgreSQL cannot keep is refused before it gets there', async () => {
  const { url } = await anEdge(edge => {
    const body = Shape({ name: Type.String() })
    edge.command({ method: 'POST', path: '/names', access: 'client', summary: '', body, answers: { 204: null } }, async () => ({ status: 204, body: '', replayed: false }))
  })
  for (const name of [String.raw`a\u0000b`, String.raw`a\ud800b`]) {
    const { response } = await post(`${url}/api/v1/names`, { token: 'client-1', key, body: `{"name":"${name}"}` })
    expect(response.status).toBe(400)
  }
})

test('an unknown or repeated query parameter is refused', async () => {
  const { url } = await anEdge(edge =>
    edge.read(
      { method: 'GET', path: '/list', access: 'anyone', summary: '', query: Shape({ limit: Type.Optional(Type.Integer()) }), answers: { 200: Type.Any() } },
      async ({ query }) => query,
    ),
  )
  const status = async (query: string) => (await fetch(`${url}/api/v1/list?${query}`)).status
  expect(await status('limit=5')).toBe(200)
  for (const query of ['other=1', 'limit=x', 'limit=1.5', 'limit=1&limit=2', 'limit=']) expect(await status(query)).toBe(400)
})

test('a body beyond 256 kB is 413, another content type 415, another method 405, another address 404', async () => {
  const { url } = await anEdge(things)
  const thing = `${url}/api/v1/things/${id}`
  expect((await post(thing, { token: 'trainer-1', key, body: `"${'x'.repeat(256 * 1024)}"` })).code).toBe('body-too-large')
  expect((await post(thing, { token: 'trainer-1', key, body: 'x', headers: { 'content-type': 'text/plain' } })).code).toBe('unsupported-media-type')
  const put = await fetch(thing, { method: 'PUT' })
  expect([put.status, put.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST'])
  expect((await post(`${url}/api/v1/nothing`, {})).code).toBe('not-found')
  expect((await post(`${url}/api/v1/things/%zz`, {})).code).toBe('invalid-request')
})

test('a fault is 500 and tells nothing of the inside; a database that is gone or too slow is 503 with a time to come back', async () => {
  const faults: Record<string, unknown> = {
    bug: new TypeError('secret detail'),
    lock: Object.assign(new Error('lock'), { code: '55P03' }),
    slow: Object.assign(new Error('canceled'), { code: '57014' }),
    gone: Object.assign(new Error('closed'), { code: 'CONNECTION_CLOSED' }),
  }
  const { url } = await anEdge(edge =>
    edge.read(
      { method: 'GET', path: '/faults/:name', access: 'anyone', summary: '', params: Shape({ name: Type.String() }), answers: { 200: Type.Any() } },
      async ({ params }) => {
        throw faults[params.name]
      },
    ),
  )
  const bug = await fetch(`${url}/api/v1/faults/bug`)
  expect(bug.status).toBe(500)
  expect(await bug.text()).not.toContain('secret detail')
  for (const name of ['lock', 'slow', 'gone']) {
    const busy = await fetch(`${url}/api/v1/faults/${name}`)
    expect([busy.status, busy.headers.get('retry-after')]).toEqual([503, '1'])
  }
})

test('bytes that are no HTTP get a problem too', async () => {
  const { url } = await anEdge(() => {})
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.end('NONSENSE\r\n\r\n')
  const [answer] = (await once(socket, 'data')) as [Buffer]
  expect(answer.toString()).toMatch(/^HTTP\/1\.1 400 .*application\/problem\+json/s)
})
