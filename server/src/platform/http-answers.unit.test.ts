// What goes out: conditional reads, headers, files, the web app, the reference; and how an edge stops.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import Type from 'typebox'
import { expect, onTestFinished, test } from 'vitest'
import { Shape } from '@fitflow/contract/scalars.ts'
import { anEdge } from '../../test/edge.ts'
import { ReadyJson, type Edge } from './http.ts'

const anything = { access: 'anyone', summary: '', answers: { 200: Type.Any() } } as const

test('who has the answer already is told so, until it changes', async () => {
  let spots = 3
  const { url } = await anEdge(edge => edge.read({ method: 'GET', path: '/spots', ...anything }, async () => ({ spots })))
  const first = await fetch(`${url}/api/v1/spots`)
  const etag = first.headers.get('etag')!
  const again = () => fetch(`${url}/api/v1/spots`, { headers: { 'if-none-match': `"other", ${etag}` } })
  expect([(await again()).status, await (await again()).text()]).toEqual([304, ''])
  spots = 2
  expect(await (await again()).json()).toEqual({ spots: 2 })
})

test('an answer that is JSON already goes out as it is, under its own ETag', async () => {
  const { url } = await anEdge(edge =>
    edge.read({ method: 'GET', path: '/ready', ...anything }, async () => new ReadyJson(Buffer.from('{"a": 1}'), '"seven"')),
  )
  const answer = await fetch(`${url}/api/v1/ready`)
  expect([await answer.text(), answer.headers.get('etag')]).toEqual(['{"a": 1}', '"seven"'])
})

test('the version of a row leads the ETag', async () => {
  const { url } = await anEdge(edge =>
    edge.read({ method: 'GET', path: '/row', ...anything }, async ({ reply }) => {
      reply.version(12)
      return {}
    }),
  )
  expect((await fetch(`${url}/api/v1/row`)).headers.get('etag')).toMatch(/^W\/"v12-/)
})

test('a file goes out with its own type', async () => {
  const { url } = await anEdge(edge =>
    edge.file({ method: 'GET', path: '/code.svg', access: 'anyone', summary: '', contentType: 'image/svg+xml' }, async () => '<svg/>'),
  )
  const answer = await fetch(`${url}/api/v1/code.svg`)
  expect([answer.headers.get('content-type'), await answer.text()]).toEqual(['image/svg+xml', '<svg/>'])
})

test('nothing in an answer may run, and behind https the browser stays there', async () => {
  const open = (edge: Edge) => edge.read({ method: 'GET', path: '/x', ...anything }, async () => ({}))
  const plain = await fetch(`${(await anEdge(open)).url}/api/v1/x`)
  expect(plain.headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'")
  expect(plain.headers.get('x-content-type-options')).toBe('nosniff')
  expect(plain.headers.get('strict-transport-security')).toBeNull()
  const secure = await fetch(`${(await anEdge(open, { https: true })).url}/api/v1/x`)
  expect(secure.headers.get('strict-transport-security')).toMatch(/^max-age=31536000/)
})

function aWebApp(): string {
  const directory = mkdtempSync(join(tmpdir(), 'fitflow-web-'))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  writeFileSync(join(directory, 'index.html'), '<app-root ngCspNonce="n0nce"></app-root>')
  writeFileSync(join(directory, 'chunk--Rf_XLTS.js'), 'run()')
  writeFileSync(join(directory, 'main-N2ZEMIVK.js'), 'run()')
  writeFileSync(join(directory, 'main-N2ZEMIVK.js.br'), brotliCompressSync('run()'))
  writeFileSync(join(directory, 'icon-maskable.png'), '')
  writeFileSync(join(directory, 'ngsw.json'), '{}')
  return directory
}

test('every place of the web app is its page; files are files, and what is missing is 404', async () => {
  const { url } = await anEdge(() => {}, { webAppDirectory: aWebApp() })
  const page = await fetch(`${url}/bookings/17?from=mail`)
  expect(await page.text()).toContain('app-root')
  expect(page.headers.get('content-security-policy')).toContain("script-src 'self'; style-src 'self' 'nonce-n0nce'")
  expect(page.headers.get('content-security-policy')).not.toContain('unsafe')
  expect(page.headers.get('cache-control')).toBe('no-cache')
  const etag = page.headers.get('etag')!
  expect((await fetch(`${url}/`, { headers: { 'if-none-match': etag } })).status).toBe(304)
  expect((await fetch(`${url}/chunk--Rf_XLTS.js`)).headers.get('cache-control')).toContain('immutable')
  const small = await fetch(`${url}/main-N2ZEMIVK.js`, { headers: { 'accept-encoding': 'br' } })
  expect([small.headers.get('content-encoding'), small.headers.get('cache-control')]).toEqual(['br', expect.stringContaining('immutable')])
  expect(await small.text()).toBe('run()')
  expect((await fetch(`${url}/icon-maskable.png`)).headers.get('cache-control')).toBe('no-cache')
  expect((await fetch(`${url}/ngsw.json`)).headers.get('cache-control')).toBe('no-cache')
  for (const path of ['/favicon.ico', '/main-OLDHASH1.js', '/api/nothing', '/..%2f..%2fetc/passwd.txt']) {
    expect([path, (await fetch(url + path)).status]).toEqual([path, 404])
  }
  expect((await fetch(`${url}/bookings`, { method: 'POST' })).status).toBe(404)
})

test('without a built web app the API still answers, and the page says what is missing', async () => {
  const { url } = await anEdge(() => {})
  expect(await (await fetch(`${url}/`)).text()).toContain('has not been built')
})

test('the reference describes every route, and its page runs nothing inline', async () => {
  const { url } = await anEdge(edge => {
    const route = { method: 'PUT', path: '/things/:id', access: 'trainer', summary: 'Puts a thing' } as const
    const shapes = { params: Shape({ id: Type.String() }), body: Shape({ n: Type.Integer() }), answers: { 204: null } }
    edge.command({ ...route, ...shapes, problems: ['trainer-busy'] }, async () => ({ status: 204, body: '', replayed: false }))
  })
  const { openapi, paths } = (await (await fetch(`${url}/api/openapi.json`)).json()) as { openapi: string; paths: Record<string, Record<string, object>> }
  expect(openapi).toBe('3.1.0')
  expect(paths['/things/{id}']?.['put']).toMatchObject({
    summary: 'Puts a thing',
    parameters: [{ name: 'id', in: 'path' }, { name: 'Idempotency-Key', in: 'header', required: true }],
    requestBody: { content: { 'application/json': { schema: { properties: { n: { type: 'integer' } } } } } },
    responses: { 204: {}, 400: {}, 401: {}, 403: {}, 409: { description: expect.stringContaining('trainer-busy') as string }, 429: {}, 503: {} },
  })
  const page = await fetch(`${url}/api/docs`)
  expect(page.headers.get('content-security-policy')).not.toContain('unsafe')
  expect(await page.text()).not.toMatch(/<script>|<style>|onload=/)
  expect((await fetch(`${url}/api/docs/swagger-ui-bundle.js`, { method: 'HEAD' })).status).toBe(200)
  expect(await (await fetch(`${url}/api/problems`)).text()).toContain('id="session-full"')
})

test('an edge that stops finishes what is in flight and takes nothing new', async () => {
  let finish: () => void = () => {}
  let begun: () => void = () => {}
  const beginning = new Promise<void>(resolve => (begun = resolve))
  const { url, close } = await anEdge(edge =>
    edge.read({ method: 'GET', path: '/slow', ...anything }, async () => {
      begun()
      await new Promise<void>(resolve => (finish = resolve))
      return { finished: true }
    }),
  )
  const slow = fetch(`${url}/api/v1/slow`)
  await beginning
  const closed = close()
  await expect(fetch(`${url}/healthz`)).rejects.toThrow('fetch failed')
  finish()
  expect(await (await slow).json()).toEqual({ finished: true })
  await closed
})
