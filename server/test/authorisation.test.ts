// Who may do what: a row for each route, and for each route that names somebody's own thing, what another one gets.
import { randomUUID } from 'node:crypto'
import type Type from 'typebox'
import { expect, test } from 'vitest'
import type { Role } from '@fitflow/contract/identity.ts'
import type { Route } from '../src/platform/http.ts'
import { aDatabase } from './database.ts'
import { fitting } from './samples.ts'
import { aServer } from './server.ts'
import { thingsOfOthers } from './things-of-others.ts'
import { aMember, anAdmin, aTrainer } from './world.ts'

/** From which rank on, and whose the thing in the path is: `shared` when everybody of that rank may name any of them. */
type Row = [from: 'anyone' | Role, whose?: keyof typeof things | 'shared']

/** A route that is new gets its row here. */
const table: Record<string, Row> = {
  'GET /trainers': ['anyone'],
  ...{ 'GET /studio': ['anyone'], 'GET /sessions': ['anyone'] },
  'GET /sessions/:id': ['anyone', 'shared'],
  'POST /setup': ['anyone'],

  'GET /me': ['client'],
  ...{ 'GET /me/api-keys': ['client'], 'POST /me/api-keys': ['client'], 'DELETE /me/api-keys/:id': ['client', 'key'] },
  ...{ 'GET /me/notification-preferences': ['client'], 'PATCH /me/notification-preferences': ['client'] },
  ...{ 'GET /me/phone': ['client'], 'PUT /me/phone': ['client'], 'POST /me/phone/confirm': ['client'], 'DELETE /me/phone': ['client'] },
  ...{ 'GET /push-key': ['anyone'], 'GET /me/push-subscriptions': ['client'], 'POST /me/push-subscriptions': ['client'], 'DELETE /me/push-subscriptions/:id': ['client', 'device'] },
  'GET /me/messages': ['client'],
  'GET /unsubscribe': ['anyone'],
  'POST /unsubscribe': ['anyone'],
  ...{ 'POST /twilio/status': ['anyone'], 'POST /twilio/incoming': ['anyone'] },
  'GET /memberships/me': ['client'],
  'GET /credits/transactions': ['client'],
  'POST /sessions/:id/hold': ['client', 'shared'],
  'GET /holds/me': ['client'],
  'GET /holds/:id': ['client', 'hold'],
  'POST /holds/:id/confirm': ['client', 'hold'],
  'DELETE /holds/:id': ['client', 'hold'],
  'GET /bookings/me': ['client'],
  'GET /bookings/:id': ['client', 'booking'],
  'GET /bookings/:id/cancellation-preview': ['client', 'booking'],
  'GET /bookings/:id/qr.png': ['client', 'booking'],
  'GET /bookings/:id/qr.svg': ['client', 'booking'],
  'POST /bookings/:id/cancel': ['client', 'booking'],
  'POST /standing': ['client'],
  'GET /standing/me': ['client'],
  'DELETE /standing/:id': ['client', 'standing'],
  'GET /standing/series': ['client'],
  'GET /standing/preview': ['client'],
  'GET /admin/series/:id/standing': ['trainer', 'series'],
  'GET /admin/clients/:id/standing': ['trainer', 'client'],
  'POST /admin/clients/:id/standing': ['trainer', 'client'],
  'GET /live': ['client'],
  'GET /waitlist/me': ['client'],
  'GET /waitlist/:session_id': ['client', 'shared'],
  'POST /waitlist/:session_id/join': ['client', 'shared'],
  'DELETE /waitlist/:session_id': ['client', 'shared'],

  'GET /admin/clients': ['trainer'],
  'GET /admin/walk-ins': ['trainer'],
  'GET /admin/clients/:id/memberships': ['trainer', 'client'],
  'GET /admin/clients/:id/transactions': ['trainer', 'client'],
  'GET /admin/clients/:id/bookings': ['trainer', 'client'],
  'GET /admin/clients/:id/waitlists': ['trainer', 'client'],
  'GET /admin/clients/:id/holds': ['trainer', 'client'],
  'GET /clients/:id/profile': ['client', 'client'],
  'GET /clients/:id/attendance': ['client', 'client'],
  'POST /admin/clients/:id/credits': ['trainer', 'client'],
  'POST /admin/memberships/:id/adjust': ['trainer', 'membership'],
  'POST /admin/memberships/:id/extend': ['trainer', 'membership'],
  'POST /admin/memberships/:id/transfer': ['trainer', 'membership'],
  'POST /admin/memberships/:id/freeze': ['trainer', 'membership'],
  'POST /admin/memberships/:id/unfreeze': ['trainer', 'membership'],
  'GET /admin/memberships/:id/freeze-preview': ['trainer', 'membership'],
  'GET /admin/templates': ['trainer'],
  'POST /admin/templates': ['trainer'],
  'PATCH /admin/templates/:id': ['trainer', 'template'],
  'GET /admin/templates/:id/apply-preview': ['trainer', 'template'],
  'POST /admin/templates/:id/apply': ['trainer', 'template'],
  'GET /admin/series': ['trainer'],
  'POST /admin/series': ['trainer'],
  'GET /admin/series/:id': ['trainer', 'series'],
  'PATCH /admin/series/:id': ['trainer', 'series'],
  'GET /admin/series/:id/change-preview': ['trainer', 'series'],
  'GET /admin/series-preview': ['trainer'],
  'GET /admin/series/:id/stop-preview': ['trainer', 'series'],
  'POST /admin/series/:id/stop': ['trainer', 'series'],
  'GET /admin/closures': ['trainer'],
  'GET /admin/closures-preview': ['admin'],
  'POST /admin/closures': ['admin'],
  'DELETE /admin/closures/:id': ['admin', 'shared'],
  'GET /slots': ['anyone'],
  'POST /slots/:id/hold': ['client', 'shared'],
  'GET /admin/availabilities': ['trainer'],
  'POST /admin/availabilities': ['trainer'],
  'GET /admin/availabilities/:id': ['trainer', 'availability'],
  'PATCH /admin/availabilities/:id': ['trainer', 'availability'],
  'POST /admin/availabilities/:id/bookings': ['trainer', 'availability'],
  'GET /admin/sessions': ['trainer'],
  'POST /admin/sessions': ['trainer'],
  'GET /admin/sessions/:id': ['trainer', 'session'],
  'PATCH /admin/sessions/:id': ['trainer', 'session'],
  'GET /admin/sessions/:id/roster': ['trainer', 'session'],
  'GET /penalties/me': ['client'],
  'GET /admin/clients/:id/penalties': ['trainer', 'client'],
  'POST /admin/penalties/:id/waive': ['trainer', 'penalty'],
  'POST /admin/bookings/:id/waive': ['trainer', 'booking'],
  'POST /bookings/:id/checkin': ['trainer', 'booking'],
  'POST /bookings/:id/checkin/undo': ['trainer', 'booking'],
  'POST /bookings/:id/absent': ['trainer', 'booking'],
  'GET /admin/sessions/:id/change-preview': ['trainer', 'session'],
  'POST /admin/sessions/:id/bookings': ['trainer', 'session'],
  'POST /admin/sessions/:id/squeeze-in': ['trainer', 'session'],
  'GET /admin/bookings/:id/cancellation-preview': ['trainer', 'booking'],
  'POST /admin/bookings/:id/cancel': ['trainer', 'booking'],
  'DELETE /admin/holds/:id': ['trainer', 'hold'],

  'PATCH /admin/waitlist/:session_id': ['trainer', 'session'],
  'POST /admin/waitlist/:session_id/reorder': ['trainer', 'session'],
  'POST /admin/waitlist/:session_id/entries': ['trainer', 'session'],
  'DELETE /admin/waitlist/:session_id/entries/:id': ['trainer', 'session'],

  'GET /admin/settings': ['admin'],
  'GET /admin/settings/versions': ['admin'],
  'GET /admin/settings-preview': ['admin'],
  'PATCH /admin/settings': ['admin'],
  'POST /admin/settings/withdraw': ['admin'],
  'GET /admin/dead-letters': ['admin'],
  'POST /admin/dead-letters/resend': ['admin'],
  'GET /admin/reconciliation': ['admin'],
  'POST /admin/reconciliation': ['admin'],
  'GET /admin/webhooks': ['admin'],
  'POST /admin/webhooks': ['admin'],
  'GET /admin/webhooks/:id': ['admin', 'shared'],
  'PATCH /admin/webhooks/:id': ['admin', 'shared'],
  'DELETE /admin/webhooks/:id': ['admin', 'shared'],
  'GET /admin/webhooks/:id/deliveries': ['admin', 'shared'],
  'POST /admin/webhooks/:id/rotate-secret': ['admin', 'shared'],
  'POST /admin/webhooks/:id/test': ['admin', 'shared'],
  'POST /admin/webhooks/:id/redeliver': ['admin', 'shared'],
  'POST /admin/webhooks/:id/deliveries/:delivery_id/redeliver': ['admin', 'shared'],
  'GET /admin/letters': ['admin'],
  'GET /admin/messages': ['admin'],
  'GET /admin/messages/:id': ['admin', 'shared'],
  'GET /admin/messages/:id/page': ['admin', 'shared'],
  'POST /admin/messages/:id/resend': ['admin', 'shared'],
  'GET /admin/users': ['admin'],
  'GET /admin/users/:id': ['admin', 'shared'],
  'PATCH /admin/users/:id': ['admin', 'shared'],
  'PUT /admin/users/:id/trainer-profile': ['admin', 'shared'],
  'DELETE /admin/users/:id/trainer-profile': ['admin', 'shared'],
}

const { db } = await aDatabase()
const server = await aServer(db)
const people = { client: await aMember(db), trainer: await aTrainer(db), admin: await anAdmin(db) }
const roles = ['client', 'trainer', 'admin'] as const
const ranks = ['anyone', ...roles]

const things = thingsOfOthers(db, server, people.admin)

const nameOf = ({ method, path }: Route) => `${method} ${path}`
const addressOf = ({ path }: Route, id: string) => `/api/v1${path.replaceAll(/:[a-z_]+/gi, id)}`
const { routes } = server.api.edge

test('every route has its row, and every row its route', () => {
  expect(routes.map(nameOf).sort()).toEqual(Object.keys(table).sort())
})

test('every route that names a thing says whose it is', () => {
  const silent = routes.filter(route => route.path.includes(':') && table[nameOf(route)]?.[1] === undefined)
  expect(silent.map(nameOf)).toEqual([])
})

/** Let in: a read is answered, a command is asked for its key, before anything is done; a form for what it is about. */
function isLetIn(route: Route, { status, problem }: { status: number; problem: { code?: string } }): boolean {
  return route.method === 'GET' || 'form' in route ? ![401, 403].includes(status) : problem.code === 'idempotency-key-required'
}

test.each(routes.map(route => [nameOf(route), route] as const))('%s lets in whom its row says', async (name, route) => {
  const [from = 'nobody'] = table[name] ?? []
  const address = addressOf(route, randomUUID())
  const visitor = await server.ask(null, route.method, address, { key: null })
  const seen = { visitor: isLetIn(route, visitor) ? 'in' : visitor.status } as Record<string, unknown>
  for (const role of roles) {
    const told = await server.ask(people[role], route.method, address, { key: null })
    seen[role] = isLetIn(route, told) ? 'in' : told.status
  }
  const expected = roles.map(role => [role, ranks.indexOf(role) >= ranks.indexOf(from) ? 'in' : 403])
  expect(seen).toEqual({ visitor: from === 'anyone' ? 'in' : 401, ...Object.fromEntries(expected) })
})

/** A key that may only read, of somebody with every right. */
const reads = server.ask(people.admin, 'POST', '/api/v1/me/api-keys', { body: { name: 'Reads', scope: 'read' } })

const commands = routes.filter(route => route.method !== 'GET')

test.each(commands.map(route => [nameOf(route), route] as const))('%s takes no cookie from elsewhere and no read-only key', async (_, route) => {
  const address = addressOf(route, randomUUID())
  const cookie = `fitflow.session_token=${await server.tokenOf(people.admin)}`
  const headers = { cookie, origin: 'https://evil.example' }
  expect((await server.ask(null, route.method, address, { headers })).problem).toMatchObject({ code: 'forbidden', reason: 'origin' })
  const { key } = (await reads).json as { key: string }
  expect((await server.ask(key, route.method, address)).problem).toMatchObject({ code: 'forbidden', reason: 'scope' })
})

/** What a route must be asked with. */
function asked({ query }: Route): string {
  const { required = [] } = (query ?? {}) as { required?: string[] }
  const fits = (query ? fitting(query) : {}) as Record<string, string>
  return required.length === 0 ? '' : `?${new URLSearchParams(required.map((name): [string, string] => [name, fits[name] ?? '']))}`
}

const owned = routes.flatMap(route => {
  const [from, whose] = table[nameOf(route)] ?? []
  return whose === undefined || whose === 'shared' ? [] : [{ name: nameOf(route), route, from: from as Role, whose }]
})

test.each(owned)('$name of another one’s $whose is not there', async ({ route, from, whose }) => {
  const address = addressOf(route, await things[whose]()) + asked(route)
  const shape: Type.TSchema | undefined = 'body' in route ? route.body : undefined
  const told = await server.ask(people[from], route.method, address, shape ? { body: fitting(shape) } : {})
  expect([told.status, told.problem.code]).toEqual([404, 'not-found'])
})
