// Whatever a request asks of PostgreSQL, no answer reads a whole table that grows: every route, at a hundred thousand rows in each.
import type Type from 'typebox'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase, type Database } from '../../src/platform/db.ts'
import type { Route } from '../../src/platform/http.ts'
import { moveSessionsOn } from '../../src/schedule/jobs.ts'
import { anAvailability } from '../availability.ts'
import { aDatabase } from '../database.ts'
import { aFrontDesk } from '../front-desk.ts'
import { fitting } from '../samples.ts'
import { aPenalty } from '../penalties.ts'
import { aServer, type TestServer } from '../server.ts'
import { aLot, aMember, anAdmin, aSession, aTemplate, type Person } from '../world.ts'
import { gatherPlans, tellPlans } from './plans.ts'
import { fillYears, growingTables, smallTables } from './years.ts'

// What is written in bulk has no history of its own: the rows agree with each other, not with each other's past.
const { db: filling, clock, url } = await aDatabase({ keepsInvariants: false })
const template = await aTemplate(filling)
await fillYears(filling, { templateId: template.id, trainerId: template.trainerId })
await tellPlans(filling)
const plans = gatherPlans()
const db: Database = openDatabase({ url, clock, log: filling.log, onNotice: plans.hear })
afterAll(() => db.close())
const server: TestServer = await aServer(db)
const desk = await aFrontDesk(db)
let admin: Person
let member: Person

beforeAll(async () => {
  ;[admin, member] = await Promise.all([anAdmin(filling), aPayer()])
})

const nameOf = ({ method, path }: Route) => `${method} ${path}`
const session = async () => (await aSession(filling, { templateId: template.id, startsAt: nextHour() })).id
let hours = 48
const nextHour = () => clock.now().add({ hours: (hours += 2) })

async function aPayer(): Promise<Person> {
  const payer = await aMember(filling)
  await aLot(filling, payer)
  return payer
}

/** A thing that a path may name, and who asks for it; new for each request, so that commands have something to change. */
async function thingOf({ path }: Route): Promise<{ id: string; asker: Person }> {
  if (path.startsWith('/holds/') && path.includes(':')) {
    const owner = await aPayer()
    return { id: (await desk.hold(owner, { id: await session() })).id, asker: owner }
  }
  if (path.startsWith('/bookings/') && path.includes(':')) {
    const owner = await aPayer()
    return { id: (await desk.book(owner, { id: await session() })).booking.id, asker: /check|absent/.test(path) ? admin : owner }
  }
  if (/^\/(sessions|waitlist)\//.test(path)) return { id: await session(), asker: member }
  if (path.startsWith('/admin/sessions/')) return { id: await session(), asker: admin }
  if (/^\/admin\/(clients|users)\//.test(path)) return { id: member.id, asker: admin }
  if (path.startsWith('/slots/') || path.startsWith('/admin/availabilities/')) {
    return { id: (await anAvailability(filling)).id, asker: path.startsWith('/admin/') ? admin : await aPayer() }
  }
  if (path.startsWith('/admin/templates/')) return { id: template.id, asker: admin }
  if (path.startsWith('/admin/penalties/')) return { id: (await aPenalty(filling)).id, asker: admin }
  if (path === '/admin/bookings/:id/waive') return { id: (await aPenalty(filling)).bookingId, asker: admin }
  return { id: template.id, asker: path.startsWith('/admin/') ? admin : member }
}

/** The question without anything, and with each thing it can be narrowed by. */
function queriesOf(route: Route): string[] {
  const { properties = {} } = (route.query ?? {}) as { properties?: Record<string, Type.TSchema> }
  const narrowed = Object.entries(properties).flatMap(([name, shape]) => {
    const { anyOf, enum: choice } = shape as { anyOf?: { const?: unknown }[]; enum?: unknown[] }
    const values = anyOf?.map(one => one.const) ?? choice ?? [name.endsWith('_id') ? template.trainerId : fitting(shape)]
    return values.map(value => `?${name}=${encodeURIComponent(String(value))}`)
  })
  return ['', ...narrowed]
}

async function ask(route: Route): Promise<number[]> {
  const statuses: number[] = []
  for (const query of route.method === 'GET' ? queriesOf(route) : ['']) {
    const { id, asker } = await thingOf(route)
    const address = `/api/v1${route.path.replaceAll(/:[a-z_]+/gi, id)}${query}`
    const shape: Type.TSchema | undefined = 'body' in route ? route.body : undefined
    plans.during(`${nameOf(route)}${query}`)
    const { status, json } = await server.ask(asker, route.method, address, shape ? { body: bodyFor(shape) } : {})
    statuses.push(status)
    const cursor = (json as { nextCursor?: string | null } | undefined)?.nextCursor
    if (cursor && query === '') await server.ask(asker, 'GET', `${address}?cursor=${encodeURIComponent(cursor)}`)
  }
  return statuses
}

/** Fits the shape, and names what is there. */
function bodyFor(shape: Type.TSchema): unknown {
  const body = fitting(shape)
  if (typeof body !== 'object' || body === null) return body
  const named = { templateId: template.id, trainerId: template.trainerId, userId: member.id, startsAt: nextHour().toString() }
  const isKnown = (key: string): key is keyof typeof named => key in named
  return Object.fromEntries(Object.entries(body).map(([key, value]) => [key, isKnown(key) ? named[key] : value]))
}

test('every table is either filled with years or known to stay small', async () => {
  const rows = await filling.sql<{ name: string }[]>`
    select relname as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition`
  expect(rows.map(row => row.name).sort()).toEqual([...growingTables, ...smallTables].sort())
})

test('no route reads a whole table that grows', async () => {
  const faults: string[] = []
  for (const route of server.api.edge.routes) {
    const statuses = await ask(route)
    if (statuses.some(status => status >= 500)) faults.push(`${nameOf(route)}: ${statuses.join(' ')}`)
  }
  expect(faults, 'routes that failed').toEqual([])
  expect(plans.heard()).toBeGreaterThan(500)
  expect(plans.found()).toEqual([])
}, 60_000)

test('nor does a spot on its way from one member to the next', async () => {
  const [first, ...others] = await Promise.all([aPayer(), aPayer(), aPayer()])
  const { id } = await aSession(filling, { templateId: template.id, startsAt: nextHour(), capacity: 1 })
  plans.during('a spot handed on')
  const { booking } = await desk.book(first, { id })
  for (const other of others) await desk.join(other, { id })
  await desk.cancel(first, booking)
  await desk.settle()
  clock.advance({ minutes: 6 })
  await desk.sweep()
  await desk.settle()
  for (const other of others) await desk.leave(other, { id }).catch(() => undefined)
  await moveSessionsOn(db)
  await desk.markNoShows()
  expect(plans.found()).toEqual([])
}, 30_000)

test('a statement that does read one is found', async () => {
  plans.during('a control')
  await db.sql`select count(*) from bookings where credits_used = 77`
  await db.critical`select count(*) from bookings where credits_used = 78`
  expect(plans.found().filter(fault => fault.startsWith('a control'))).toHaveLength(2)
})
