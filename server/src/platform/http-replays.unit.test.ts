// One key, one effect, one answer: twins, replays and limits in one process.
import Type from 'typebox'
import { expect, test } from 'vitest'
import { anEdge } from '../../test/edge.ts'
import type { Edge } from './http.ts'
import type { Answer } from './idempotency.ts'
import { Problem } from './problem.ts'

const key = 'key-0123456789abcdef'

/** A route whose work the test finishes by hand; it counts how often it was begun. */
function byHand() {
  const begun: ((answer: Answer | Error) => void)[] = []
  let tell: () => void = () => {}
  const hang = (edge: Edge) =>
    edge.command(
      { method: 'POST', path: '/acts', access: 'client', summary: '', body: Type.Any(), answers: { 201: Type.Any() } },
      () =>
        new Promise((resolve, reject) => {
          begun.push(answer => (answer instanceof Error ? reject(answer) : resolve(answer)))
          tell()
        }),
    )
  /** Resolves once the work was begun that many times. */
  const beginning = async (times: number) => {
    while (begun.length < times) await new Promise<void>(resolve => (tell = resolve))
    return begun[times - 1]!
  }
  return { hang, begun, beginning }
}

const made: Answer = { status: 201, body: '{"made":true}', replayed: false }

async function act(url: string, as: string, body = '{}', sent = key) {
  const headers = { authorization: `Bearer ${as}`, 'idempotency-key': sent, 'content-type': 'application/json' }
  const response = await fetch(`${url}/api/v1/acts`, { method: 'POST', headers, body })
  return { status: response.status, text: await response.text(), replayed: response.headers.get('idempotency-replayed'), headers: response.headers }
}

test('a twin waits for the first and gets its answer, word for word', async () => {
  const { hang, begun, beginning } = byHand()
  const { url } = await anEdge(hang)
  const first = act(url, 'client-1')
  const finish = await beginning(1)
  const twin = act(url, 'client-1')
  const other = await act(url, 'client-1', '{"other":true}')
  expect(JSON.parse(other.text)).toMatchObject({ code: 'idempotency-key-reused', status: 422 })
  finish(made)
  expect(await first).toMatchObject({ status: 201, text: made.body, replayed: null })
  expect(await twin).toMatchObject({ status: 201, text: made.body, replayed: 'true' })
  expect(begun).toHaveLength(1)
})

test('a twin that waited two seconds is told to come back', async () => {
  const { hang, beginning } = byHand()
  const { url } = await anEdge(hang)
  const first = act(url, 'client-1')
  const finish = await beginning(1)
  const twin = await act(url, 'client-1')
  expect(JSON.parse(twin.text)).toMatchObject({ code: 'request-in-progress', status: 409 })
  finish(made)
  expect((await first).status).toBe(201)
})

test('the same key of another user is another key', async () => {
  const { hang, beginning } = byHand()
  const { url } = await anEdge(hang)
  const one = act(url, 'client-1')
  const finishOne = await beginning(1)
  const two = act(url, 'client-2')
  const finishTwo = await beginning(2)
  finishOne(made)
  finishTwo(made)
  expect(await Promise.all([one, two])).toMatchObject([{ replayed: null }, { replayed: null }])
})

test('a refusal that changed nothing is repeated byte for byte, trace id and all', async () => {
  const { hang, begun, beginning } = byHand()
  const { url } = await anEdge(hang)
  const first = act(url, 'client-1')
  ;(await beginning(1))(new Problem('session-full', 'This class is full.', { waitlistLength: 2 }))
  const { text } = await first
  expect(await act(url, 'client-1')).toMatchObject({ status: 409, text, replayed: 'true' })
  expect(JSON.parse((await act(url, 'client-1', '{"other":true}')).text)).toMatchObject({ code: 'idempotency-key-reused' })
  expect(begun).toHaveLength(1)
})

test.each([
  new Problem('overloaded', ''),
  new Problem('booking-not-open', ''),
  new Problem('rate-limited', ''),
  new Problem('request-in-progress', ''),
  new Error('a bug'),
])('what depends on the moment is decided anew: $code', async error => {
  const { hang, beginning } = byHand()
  const { url } = await anEdge(hang)
  const first = act(url, 'client-1')
  ;(await beginning(1))(error)
  expect((await first).replayed).toBeNull()
  const second = act(url, 'client-1')
  ;(await beginning(2))(made)
  expect(await second).toMatchObject({ status: 201, replayed: null })
})

test('beyond the limit a command is refused with the time to wait, unless its answer is on record', async () => {
  const { hang, beginning } = byHand()
  const recorded = { userId: '' as never, key, status: 201, body: made.body }
  let fingerprint = ''
  const { url, ahead } = await anEdge(
    edge => {
      hang(edge)
      edge.command({ method: 'PUT', path: '/acts', access: 'client', summary: '', body: Type.Any(), answers: { 201: Type.Any() } }, async ({ keyed }) => {
        fingerprint = keyed.fingerprint
        return made
      })
    },
    {
      limits: () => ({ requestsPerMinute: 2 }),
      storedAnswer: async (userId, asked) => (asked === key ? { ...recorded, userId, fingerprint } : undefined),
    },
  )
  const put = (sent: string) =>
    fetch(`${url}/api/v1/acts`, {
      method: 'PUT',
      headers: { authorization: 'Bearer client-1', 'idempotency-key': sent, 'content-type': 'application/json' },
      body: '{}',
    })
  expect((await put(key)).headers.get('ratelimit')).toBe('"requests";r=1;t=60')
  expect((await put(`${key}-2`)).headers.get('ratelimit')).toBe('"requests";r=0;t=60')
  const refused = await put(`${key}-3`)
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60'])
  expect((await put(key)).headers.get('idempotency-replayed')).toBe('true')
  const other = act(url, 'client-2')
  ;(await beginning(1))(made)
  expect((await other).status).toBe(201)
  ahead.milliseconds = 60_001
  expect((await put(`${key}-4`)).status).toBe(201)
})

test('a signed-in person counts for themselves and a visitor for the address, wherever they ask', async () => {
  const { url } = await anEdge(
    edge => {
      edge.read({ method: 'GET', path: '/open', access: 'anyone', summary: '', answers: { 200: Type.Any() } }, async () => ({}))
      edge.mount('/api/library', async () => new Response('{}'))
    },
    { limits: () => ({ requestsPerMinute: 3 }) },
  )
  const status = async (path: string, as?: string) =>
    (await fetch(url + path, { headers: as ? { authorization: `Bearer ${as}` } : {} })).status
  expect([await status('/api/v1/open'), await status('/api/library/x'), await status('/api/nothing')]).toEqual([200, 200, 404])
  expect([await status('/api/v1/open'), await status('/api/library/x'), await status('/api/nothing')]).toEqual([429, 429, 429])
  for (const one of ['client-1', 'client-2']) {
    expect([await status('/api/v1/open', one), await status('/api/library/x', one), await status('/api/v1/open', one)]).toEqual([200, 200, 200])
    expect([await status('/api/v1/open', one), await status('/api/library/x', one)]).toEqual([429, 429])
  }
  expect([await status('/healthz'), await status('/readyz'), await status('/metrics')]).toEqual([200, 200, 200])
})
