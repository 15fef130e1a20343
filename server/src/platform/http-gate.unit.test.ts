// Who is let in: ranks, scopes, origins and transport.
import Type from 'typebox'
import { expect, test } from 'vitest'
import { anEdge } from '../../test/edge.ts'
import type { Edge } from './http.ts'

const key = 'key-0123456789abcdef'

function doors(edge: Edge): void {
  edge.read({ method: 'GET', path: '/open', access: 'anyone', summary: '', answers: { 200: Type.Any() } }, async ({ principal }) => ({
    me: principal?.role ?? null,
  }))
  edge.command({ method: 'POST', path: '/act', access: 'client', summary: '', answers: { 204: null } }, async () => ({
    status: 204,
    body: '',
    replayed: false,
  }))
}

const act = (url: string, headers: Record<string, string>) =>
  fetch(`${url}/api/v1/act`, { method: 'POST', headers: { 'idempotency-key': key, ...headers } })

test('a command with a cookie needs the origin of our own pages; with a token it needs none', async () => {
  const { url } = await anEdge(doors)
  const cookie = 'session=client-1'
  expect((await act(url, { cookie })).status).toBe(403)
  expect((await act(url, { cookie, origin: 'https://evil.example' })).status).toBe(403)
  expect((await act(url, { cookie, origin: 'https://studio.example' })).status).toBe(204)
  expect((await act(url, { authorization: 'Bearer client-1' })).status).toBe(204)
})

test('with Authorization the cookie is ignored, even when the token is nobody’s', async () => {
  const { url } = await anEdge(doors)
  const headers = { cookie: 'session=client-1', origin: 'https://studio.example', authorization: 'Bearer nobody' }
  expect((await act(url, headers)).status).toBe(401)
  expect((await fetch(`${url}/api/v1/open`, { headers })).status).toBe(401)
})

test('a cookie that has run out leaves a visitor a visitor', async () => {
  const { url } = await anEdge(doors)
  const answer = await fetch(`${url}/api/v1/open`, { headers: { cookie: 'session=nobody' } })
  expect(await answer.json()).toEqual({ me: null })
})

test('a key that may only read sends no command', async () => {
  const { url } = await anEdge(doors)
  const headers = { authorization: 'Bearer admin-1-read' }
  expect((await fetch(`${url}/api/v1/open`, { headers })).status).toBe(200)
  expect((await act(url, headers)).status).toBe(403)
})

test.each(['short', 'x'.repeat(65), 'key-0123456789abcdé'])('%s is no idempotency key', async sent => {
  const { url } = await anEdge(doors)
  const headers = { authorization: 'Bearer client-1', 'idempotency-key': Buffer.from(sent).toString('latin1') }
  expect(await (await act(url, headers)).json()).toMatchObject({ status: 400, code: 'idempotency-key-required' })
})

test('in production only https is served, or this machine itself', async () => {
  const { url } = await anEdge(doors, { production: true, trustProxy: true })
  for (const path of ['/api/v1/open', '/bookings', '/api/docs', '/api/openapi.json']) {
    const status = async (headers: Record<string, string>) => (await fetch(url + path, { headers })).status
    expect(await status({})).toBe(200)
    expect(await status({ 'x-forwarded-for': '203.0.113.5', 'x-forwarded-proto': 'http' })).toBe(403)
    expect(await status({ 'x-forwarded-for': '203.0.113.5', 'x-forwarded-proto': 'https' })).toBe(200)
  }
  expect((await fetch(`${url}/healthz`, { headers: { 'x-forwarded-for': '203.0.113.5' } })).status).toBe(200)
})

test('metrics are for this machine or for whoever has the token; health is for everybody', async () => {
  const { url } = await anEdge(doors, { metricsToken: 'let me measure' })
  const away = { 'x-forwarded-for': '203.0.113.5' }
  const status = async (path: string, headers: Record<string, string>) => (await fetch(url + path, { headers })).status
  expect(await status('/metrics', {})).toBe(200)
  expect(await status('/metrics', away)).toBe(403)
  expect(await status('/metrics', { ...away, authorization: 'Bearer wrong' })).toBe(403)
  expect(await status('/metrics', { ...away, authorization: 'Bearer let me measure' })).toBe(200)
  expect(await status('/healthz', away)).toBe(200)
})

test('a process that lacks what it can do without is ready, and says what it lacks', async () => {
  const { url } = await anEdge(doors, { conveniences: () => ({ redis: false, other: true }) })
  const ready = await fetch(`${url}/readyz`)
  expect(ready.status).toBe(200)
  expect(await ready.json()).toEqual({ ready: true, checks: { database: true }, degraded: ['redis'] })
})

test('a process that lacks what it needs is alive but not ready', async () => {
  const { url } = await anEdge(doors, { readiness: () => Promise.resolve({ database: false }) })
  expect((await fetch(`${url}/healthz`)).status).toBe(200)
  const ready = await fetch(`${url}/readyz`)
  expect(ready.status).toBe(503)
  expect(await ready.json()).toMatchObject({ code: 'overloaded', checks: { database: false } })
})
