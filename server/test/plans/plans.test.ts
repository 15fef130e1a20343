// Whatever a request asks of PostgreSQL, no answer reads a whole table that grows: every route, at a hundred thousand rows in each.
import type Type from 'typebox'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { countDays, markDays } from '../../src/insights/daily-counts.ts'
import { openDatabase, type Database } from '../../src/platform/db.ts'
import type { Route } from '../../src/platform/http.ts'
import { transact } from '../../src/platform/tx.ts'
import { insertClosure } from '../../src/schedule/closures.ts'
import { moveSessionsOn } from '../../src/schedule/jobs.ts'
import { anAvailability } from '../availability.ts'
import { aDatabase } from '../database.ts'
import { aFrontDesk } from '../front-desk.ts'
import { fitting } from '../samples.ts'
import { aPenalty } from '../penalties.ts'
import { aSeries } from '../series.ts'
import { aServer, type TestServer } from '../server.ts'
import { aLot, aMember, anAdmin, aSession, aTemplate, system, type Person } from '../world.ts'
import { gatherPlans, sortedIndexes, tellPlans } from './plans.ts'
import { fillRush, fillYears, growingTables, smallTables } from './years.ts'

// What is written in bulk has no history of its own: the rows agree with each other, not with each other's past.
const { db: filling, clock, url } = await aDatabase({ keepsInvariants: false })
const template = await aTemplate(filling)
await fillYears(filling, { templateId: template.id, trainerId: template.trainerId })
await tellPlans(filling)
const plans = gatherPlans(await sortedIndexes(filling))
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
  if (path.startsWith('/admin/series/')) return { id: (await aSeries(filling)).series.id, asker: admin }
  if (path.startsWith('/admin/closures/')) return { id: await aClosure(), asker: admin }
  if (path.startsWith('/admin/templates/')) return { id: (await aTemplate(filling)).id, asker: admin }
  if (path.startsWith('/admin/penalties/')) return { id: (await aPenalty(filling)).id, asker: admin }
  if (path === '/admin/bookings/:id/waive') return { id: (await aPenalty(filling)).bookingId, asker: admin }
  return { id: template.id, asker: path.startsWith('/admin/') ? admin : member }
}

async function aClosure(): Promise<string> {
  const span = { from: clock.now().add({ hours: 9000 }), to: clock.now().add({ hours: 9001 }) }
  return (await transact(filling, system, {}, tx => insertClosure(tx, { ...span, reason: 'Works', cancelled: 0 }))).id
}

/** The question with what it must have and no more, and with each thing it can be narrowed by. */
function queriesOf(route: Route): string[] {
  const { properties = {}, required = [] } = (route.query ?? {}) as { properties?: Record<string, Type.TSchema>; required?: string[] }
  const valuesOf = (name: string): unknown[] => {
    const shape = properties[name] as Type.TSchema
    const { anyOf, enum: choice } = shape as { anyOf?: { const?: unknown }[]; enum?: unknown[] }
    return anyOf?.map(one => one.const) ?? choice ?? [known(name) ?? (name.endsWith('_id') ? template.trainerId : fitting(shape))]
  }
  const least = Object.fromEntries(required.map(name => [name, String(valuesOf(name)[0])]))
  const narrowed = Object.keys(properties).flatMap(name => valuesOf(name).map(value => ({ ...least, [name]: String(value) })))
  return [least, ...narrowed].map(query => `?${new URLSearchParams(query)}`)
}

async function ask(route: Route): Promise<number[]> {
  const statuses: number[] = []
  for (const query of route.method === 'GET' ? queriesOf(route) : ['?']) {
    const { id, asker } = await thingOf(route)
    const address = `/api/v1${route.path.replaceAll(/:[a-z_]+/gi, id)}${query}`
    const shape: Type.TSchema | undefined = 'body' in route ? route.body : undefined
    plans.during(`${nameOf(route)}${query}`)
    const { status, json } = await server.ask(asker, route.method, address, shape ? { body: bodyFor(shape) } : {})
    statuses.push(status)
    const cursor = (json as { nextCursor?: string | null } | undefined)?.nextCursor
    if (cursor && query === '?') await server.ask(asker, 'GET', `${address}cursor=${encodeURIComponent(cursor)}`)
  }
  return statuses
}

/** Fits the shape, and names what is there. */
function bodyFor(shape: Type.TSchema): unknown {
  const body = fitting(shape)
  if (typeof body !== 'object' || body === null) return body
  return Object.fromEntries(Object.entries(body).map(([key, value]) => [key, known(key) ?? value]))
}

/** What a field of this name has where any value that fits its shape would be nobody and nothing. */
function known(name: string): string | undefined {
  if (name === 'startsAt') return nextHour().toString()
  const named: Record<string, string> = { templateId: template.id, trainerId: template.trainerId, userId: member.id, rrule: 'FREQ=WEEKLY', endsAt: '2028-02-01T10:00:00Z' }
  return named[name]
}

test('every table is either filled with years or known to stay small', async () => {
  const rows = await filling.sql<{ name: string }[]>`
    select relname as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition`
  expect(rows.map(row => row.name).sort()).toEqual([...growingTables, ...smallTables].sort())
})

test('no route reads a whole table that grows', async () => {
  const faults: string[] = []
  const unasked: string[] = []
  for (const route of server.api.edge.routes) {
    const statuses = await ask(route)
    if (/series|closures/.test(route.path) && statuses.every(status => status >= 400)) unasked.push(nameOf(route))
    if (statuses.some(status => status >= 500)) faults.push(`${nameOf(route)}: ${statuses.join(' ')}`)
  }
  expect(faults, 'routes that failed').toEqual([])
  expect(unasked, 'routes of series and closures that were only refused').toEqual([])
  expect(plans.heard()).toBeGreaterThan(500)
  expect(plans.found()).toEqual([])
}, 60_000)

/** Booked, waited for, cancelled, offered, slept through, offered again, and never turned up for. */
async function handOn(during: string): Promise<void> {
  const [first, ...others] = await Promise.all([aPayer(), aPayer(), aPayer()])
  const { id } = await aSession(filling, { templateId: template.id, startsAt: nextHour(), capacity: 1 })
  plans.during(during)
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
}

test('nor does a spot on its way from one member to the next', async () => {
  await handOn('a spot handed on')
  expect(plans.found()).toEqual([])
}, 30_000)

test('nor does a spot on its way after a rush that the statistics have not seen', async () => {
  await fillRush(filling, { templateId: template.id, trainerId: template.trainerId })
  await handOn('a spot handed on in a rush')
  expect([...plans.found(), ...plans.wasteful().filter(fault => fault.startsWith('a spot handed on'))]).toEqual([])
}, 30_000)

test('nor does counting a day anew', async () => {
  plans.during('a day counted')
  const today = clock.now().toZonedDateTimeISO('UTC').toPlainDate()
  await markDays(db.sql, [today.subtract({ days: 30 }), today])
  expect(await countDays(db, 'UTC')).toBe(2)
  expect(plans.found()).toEqual([])
})

test('a statement that does read one is found', async () => {
  plans.during('a control')
  await db.sql`select count(*) from bookings where credits_used = 77`
  await db.critical`select count(*) from bookings where credits_used = 78`
  expect(plans.found().filter(fault => fault.startsWith('a control'))).toHaveLength(2)
})
