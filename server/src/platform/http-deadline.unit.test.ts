// Nobody waits for ever: what cannot be answered in time is refused.
import Type from 'typebox'
import { expect, test } from 'vitest'
import { anEdge } from '../../test/edge.ts'
import { registry } from './metrics.ts'

const answerMsMax = 60
const key = 'key-0123456789abcdef'

test('who cannot be answered in time hears 503 then, and once; what it came to disturbs nobody', async () => {
  const work = Promise.withResolvers<void>()
  let calls = 0
  const { url } = await anEdge(edge => {
    edge.command({ method: 'POST', path: '/slow', access: 'client', summary: '', answers: { 201: Type.Any() } }, async () => {
      calls++
      await work.promise
      return { status: 201, body: '{"calls":1}', replayed: false }
    })
  }, { answerMsMax })
  const ask = () => fetch(`${url}/api/v1/slow`, { method: 'POST', headers: { authorization: 'Bearer client-1', 'idempotency-key': key } })
  const late = await ask()
  expect([late.status, late.headers.get('retry-after'), ((await late.json()) as { code: string }).code]).toEqual([503, '1', 'overloaded'])
  work.resolve()
  const next = await ask()
  expect([next.status, await next.text(), calls]).toEqual([201, '{"calls":1}', 2])
})

test('who is looked up for too long hears 503, too', async () => {
  const { url } = await anEdge(
    edge => edge.read({ method: 'GET', path: '/mine', access: 'client', summary: '', answers: { 200: Type.Any() } }, async () => ({})),
    { answerMsMax, gate: { credential: () => ({ token: 'x', source: 'header' }), recall: () => undefined, lookUp: () => new Promise(() => undefined) } },
  )
  expect((await fetch(`${url}/api/v1/mine`)).status).toBe(503)
})

test('who hangs up is not counted as refused once the time is over', async () => {
  const begun = Promise.withResolvers<void>()
  const { url } = await anEdge(
    edge => edge.read({ method: 'GET', path: '/left', access: 'client', summary: '', answers: { 200: Type.Any() } }, () => (begun.resolve(), new Promise(() => undefined))),
    { answerMsMax },
  )
  const ask = (signal?: AbortSignal) => fetch(`${url}/api/v1/left`, { headers: { authorization: 'Bearer client-1' }, signal: signal ?? null })
  const leaving = new AbortController()
  const left = ask(leaving.signal)
  await begun.promise
  leaving.abort()
  await expect(left).rejects.toThrow('aborted')
  // Whoever came later and was refused in time: the time of the one who left is over by then.
  expect((await ask()).status).toBe(503)
  expect(await registry.metrics()).toMatch(/_count\{[^}]*route="[^"]*\/left"[^}]*status="503"[^}]*\} 1$/m)
})
