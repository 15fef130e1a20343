// Wrong input to every route: the documented problem each time, never a fault, and nothing half-written.
import { randomUUID } from 'node:crypto'
import type Type from 'typebox'
import { expect, test } from 'vitest'
import type { ProblemCode } from '@fitflow/contract/problems.ts'
import type { Route } from '../src/platform/http.ts'
import { aDatabase } from './database.ts'
import { fitting, withText, withWrongTypes, wrongText } from './samples.ts'
import { aServer, type Told } from './server.ts'
import { anAdmin } from './world.ts'

const { db } = await aDatabase()
const server = await aServer(db)
const admin = await anAdmin(db)

type Shapes = Record<string, Type.TSchema>
const propertiesOf = (shape: Type.TSchema | undefined) => ((shape as { properties?: Shapes } | undefined)?.properties ?? {})
const shapeOf = (route: Route): Type.TSchema | undefined => ('body' in route ? route.body : undefined)

/** The address of something that does not exist, with one parameter replaced if told. */
function addressOf(route: Route, replaced: Record<string, string> = {}): string {
  return `/api/v1${route.path.replaceAll(/:([a-z_]+)/gi, (_, name: string) => encodeURIComponent(replaced[name] ?? randomUUID()))}`
}

/** A body that fits where one is needed. */
function bodyFor(route: Route): { body?: unknown } {
  const shape = shapeOf(route)
  return shape ? { body: fitting(shape) } : {}
}

/** How much there is in every table. */
async function everything(): Promise<unknown> {
  const tables = await db.sql<{ name: string }[]>`
    select tablename as name from pg_tables where schemaname = 'public' and tablename not like 'auth%' order by 1`
  const counts = tables.map(async ({ name }) => [name, (await db.sql`select count(*) from ${db.sql(name)}`)[0]])
  return Object.fromEntries(await Promise.all(counts)) as unknown
}

const { routes } = server.api.edge
const named = <R extends Route>(of: readonly R[]) => of.map(route => [`${route.method} ${route.path}`, route] as const)
const commands = routes.filter(route => route.method !== 'GET')

function expectRefused(told: Told, status: number, code: ProblemCode, what: unknown): void {
  expect({ what, status: told.status, code: told.problem?.code }).toEqual({ what, status, code })
  expect(told.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
}

test.each(named(routes))('%s refuses parameters that do not fit', async (_, route) => {
  for (const [name, shape] of Object.entries(propertiesOf(route.params))) {
    for (const wrong of [wrongText(shape), '1', 'null', "' or 1=1 --", 'x'.repeat(500), '../../etc', '\u{1F3CB}']) {
      if (wrong === undefined) continue
      const told = await server.ask(admin, route.method, addressOf(route, { [name]: wrong }), bodyFor(route))
      expectRefused(told, 400, 'invalid-request', { name, wrong })
    }
  }
  const unknown = await server.ask(admin, route.method, `${addressOf(route)}?unknown=1`, bodyFor(route))
  expectRefused(unknown, 400, 'invalid-request', 'an unknown parameter')
})

test.each(named(routes))('%s refuses a query that does not fit', async (_, route) => {
  for (const [name, shape] of Object.entries(propertiesOf(route.query))) {
    const wrong = wrongText(shape) ?? '\0'
    for (const query of [`${name}=${encodeURIComponent(wrong)}`, `${name}=${encodeURIComponent('\0')}`, `${name}=1&${name}=2`]) {
      expectRefused(await server.ask(admin, route.method, `${addressOf(route)}?${query}`), 400, 'invalid-request', query)
    }
  }
})

const lists = routes.filter(route => 'cursor' in propertiesOf(route.query))

test.each(named(lists))('%s refuses a cursor that it never handed out', async (_, route) => {
  const forged = ['nonsense', 'bnVsbA', Buffer.from('["a"]').toString('base64url'), Buffer.from('[{"a":1},2,3]').toString('base64url')]
  for (const cursor of forged) {
    expectRefused(await server.ask(admin, 'GET', `${addressOf(route)}?cursor=${cursor}`), 400, 'invalid-request', cursor)
  }
})

test.each(named(commands))('%s refuses what is no body of its own, and writes nothing', async (_, route) => {
  const before = await everything()
  const query = route.query ? `?${new URLSearchParams(fitting(route.query) as Record<string, string>)}` : ''
  const address = addressOf(route) + query
  const shape = shapeOf(route)
  const raws = ['null', '[]', '"text"', '1', '{', '{"__proto__":{"role":"admin"}}', '{"unknown":true}', `{"unknown":"${'x'.repeat(1000)}"}`]
  for (const raw of raws) expectRefused(await server.ask(admin, route.method, address, { raw }), 400, 'invalid-request', raw)
  for (const { path, value } of shape ? withWrongTypes(shape) : []) {
    const told = await server.ask(admin, route.method, address, { body: value })
    expectRefused(told, 400, 'invalid-request', { path, value })
    expect(told.problem.errors?.map(error => error.path.split('/').slice(0, 2).join('/'))).toContain(`body/${path}`)
  }
  const more = { ...(shape ? (fitting(shape) as object) : {}), unknown: 1 }
  expectRefused(await server.ask(admin, route.method, address, { body: more }), 400, 'invalid-request', 'one field too many')
  expect(await everything()).toEqual(before)
})

test.each(named(commands))('%s refuses what is too large, of another type, or without a key', async (_, route) => {
  const address = addressOf(route)
  const large = await server.ask(admin, route.method, address, { raw: JSON.stringify({ text: 'x'.repeat(256 * 1024) }) })
  expectRefused(large, 413, 'body-too-large', 'a large body')
  const headers = { 'content-type': 'text/xml' }
  expectRefused(await server.ask(admin, route.method, address, { raw: '<a/>', headers }), 415, 'unsupported-media-type', 'XML')
  for (const key of 'form' in route ? [] : [null, 'short', 'x'.repeat(65)]) {
    expectRefused(await server.ask(admin, route.method, address, { key, ...bodyFor(route) }), 400, 'idempotency-key-required', key)
  }
})

const onThings = commands.filter(route => route.path.includes(':'))

test.each(named(onThings))('%s of what does not exist is refused, again under its key, and its key is for nothing else', async (_, route) => {
  const asked = { key: randomUUID(), ...bodyFor(route) }
  const address = addressOf(route)
  const first = await server.ask(admin, route.method, address, asked)
  expectRefused(first, 404, 'not-found', 'what does not exist')
  const again = await server.ask(admin, route.method, address, asked)
  const other = await server.ask(admin, route.method, addressOf(route), asked)
  expect([again.text, again.headers.get('idempotency-replayed')]).toEqual([first.text, 'true'])
  expectRefused(other, 422, 'idempotency-key-reused', 'another request')
})

const nasty = [
  "'; drop table users; --",
  '\u202Eright to left\u200B',
  '\u{1F3CB}\u{FE0F}\u200D\u2642'.repeat(20),
  '%s %n {{7*7}} ${7*7} <script>alert(1)</script>',
  String.raw`\u0000 \\ \" '"`,
  'x'.repeat(5000),
]

test.each(named(commands.filter(route => shapeOf(route))))('%s takes hard text as text, or refuses it with a documented problem', async (_, route) => {
  const shape = shapeOf(route)!
  for (const body of nasty.flatMap(text => withText(shape, text))) {
    const told = await server.ask(admin, route.method, addressOf(route), { body })
    expect(told.status, told.text).toBeLessThan(500)
    expect(['done', ...documented(route)]).toContain(told.status < 400 ? 'done' : told.problem.code)
  }
})

function documented(route: Route): string[] {
  return ['invalid-request', ...(route.path.includes(':') ? ['not-found'] : []), ...(route.problems ?? [])]
}
