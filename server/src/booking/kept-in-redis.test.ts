// What Redis keeps of schedule, counts and holds: read by all processes, void when it should be, rebuilt when lost, never the truth.
import type { Hold } from '@fitflow/contract/booking.ts'
import type { LiveSession } from '@fitflow/contract/live.ts'
import type { Session } from '@fitflow/contract/sessions.ts'
import { beforeEach, expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { anotherHandle } from '../../test/handles.ts'
import { listen } from '../../test/listen.ts'
import { aRedis } from '../../test/redis.ts'
import { aServer } from '../../test/server.ts'
import { aLot, aMember, anAdmin, aSession, type Person } from '../../test/world.ts'
import type { SessionId } from '../platform/ids.ts'
import { newTraceId } from '../platform/trace.ts'
import { openKeptSchedule } from '../schedule/kept-schedule.ts'
import { startOfDay, studioDay, type Span } from '../schedule/studio-days.rule.ts'
import { seemDue } from './kept-holds.ts'
import { sweepHolds, sweepKeptHolds } from './sweep-holds.ts'

const redis = await aRedis()
const { db: bare, url, clock } = await aDatabase()
const place = { url, clock, redisUrl: redis.url }
const [db, other] = [anotherHandle(place), anotherHandle(place)]
await Promise.all([db, other].map(one => new Promise<void>(resolve => one.memory.line!.hearBack(resolve))))
const [server, elsewhere, without] = [await aServer(db), await aServer(other), await aServer(bare)]
const { timeZone } = server.house.settings.current()

// Holds of the test before have run out, and nobody comes upon them.
beforeEach(async () => {
  clock.advance({ minutes: 11 })
  await sweepHolds(other, newTraceId())
})

/** A class on a day of its own. */
let days = 2
async function aClass() {
  const session = await aSession(bare, { capacity: 12, startsAt: clock.now().add({ hours: 24 * days++ }) })
  const day = studioDay(session.startsAt, timeZone)
  const span: Span = { from: startOfDay(day, timeZone), to: startOfDay(day.add({ days: 1 }), timeZone) }
  const dayKey = `schedule:date:{${day}}`
  // As though Redis knew it by another name: whoever reads it there says so.
  const rename = () => redis.cli('set', dayKey, redis.cli('get', dayKey).replace(/"name":"[^"]*"/, '"name":"From Redis"'), 'keepttl')
  return { id: session.id, day, span, dayKey, rename }
}

async function aPayer(): Promise<Person> {
  const member = await aMember(bare)
  await aLot(bare, member)
  return member
}

const [here, there] = [openKeptSchedule(db), openKeptSchedule(other)]
const names = async (from: typeof here, span: Span) => (await from.between(span, timeZone)).map(card => card.name)
const hold = async (id: SessionId, at = server, member?: Person) => (await at.ask(member ?? (await aPayer()), 'POST', `/api/v1/sessions/${id}/hold`)).json as Hold
const booked = (id: SessionId) => redis.cli('hget', `session:{${id}}:booked_count`, 'booked')

test('a day that one process read is kept for five minutes, and read there by the others', async () => {
  const { span, dayKey, rename } = await aClass()
  expect(await names(here, span)).not.toEqual(['From Redis'])
  await expect.poll(() => Number(redis.cli('ttl', dayKey))).toBeGreaterThan(290)
  expect(Number(redis.cli('ttl', dayKey))).toBeLessThanOrEqual(300)
  rename()
  expect(await names(there, span)).toEqual(['From Redis'])
})

test('spots that are taken do not void the day: their count is kept beside it, for everybody at once', async () => {
  const { id, span, dayKey, rename } = await aClass()
  await names(here, span)
  await expect.poll(() => redis.cli('exists', dayKey)).toBe('1')
  rename()
  await Promise.all([hold(id), hold(id, elsewhere)])
  await expect.poll(() => booked(id)).toBe('2')
  expect(await there.between(span, timeZone)).toMatchObject([{ id, name: 'From Redis', taken: 2 }])
})

test.each([
  ['the class is changed', ({ id }) => anAdminSends('PATCH', `/api/v1/admin/sessions/${id}`, { capacity: 7 })],
  ['its template is renamed', async ({ id }) => {
    const [row] = await bare.sql<[{ templateId: string }]>`select template_id from class_sessions where id = ${id}`
    await anAdminSends('PATCH', `/api/v1/admin/templates/${row.templateId}`, { name: 'Renamed' })
  }],
  ['Redis is emptied', () => redis.cli('flushall')],
  ['it was not checked for ten seconds', ({ dayKey }) => redis.cli('del', `${dayKey}:checked`)],
  ['its count was lost', ({ id }) => redis.cli('del', `session:{${id}}:booked_count`)],
  ['it was read before a change and written after it', () => redis.cli('set', 'schedule:{generation}', 'a later one')],
  ['it is of another database', ({ dayKey }) => redis.cli('set', dayKey, redis.cli('get', dayKey).replace(/"of":"[^"]*"/, '"of":"another"'))],
] as [string, (of: Awaited<ReturnType<typeof aClass>>) => unknown][])('what is kept of a day is void when %s, and kept anew', async (_, happens) => {
  const one = await aClass()
  await names(here, one.span)
  await expect.poll(() => redis.cli('exists', one.dayKey)).toBe('1')
  one.rename()
  expect(await names(there, one.span)).toEqual(['From Redis'])
  await happens(one)
  await expect.poll(() => names(there, one.span)).not.toEqual(['From Redis'])
  await expect.poll(() => [redis.cli('exists', one.dayKey), redis.cli('exists', `session:{${one.id}}:booked_count`)]).toEqual(['1', '1'])
})

const admin = await anAdmin(bare)
const anAdminSends = async (method: string, path: string, body: object) => expect((await server.ask(admin, method, path, { body })).status).toBe(200)

test('what a process without Redis did is shown by one that has it: it is told to ask the database', async () => {
  const { id, day } = await aClass()
  const left = async () => {
    const { json } = await server.ask(null, 'GET', `/api/v1/sessions?from=${day}&to=${day}`)
    return (json as { items: Session[] }).items.find(one => one.id === id)?.spotsLeft
  }
  expect(await left()).toBe(12)
  await hold(id)
  await expect.poll(left).toBe(11)
  await hold(id, without)
  await expect.poll(left, { timeout: 3000 }).toBe(10)
})

test('who listens is told the counts that are kept, without the database; what is not surely kept is asked of it', async () => {
  const { id, span } = await aClass()
  // There is a generation from here on.
  await names(here, span)
  const watcher = await listen(`${elsewhere.url}/api/v1/live`, { token: await elsewhere.tokenOf(admin) })
  const hears = async (taken: number) => (await watcher.hears(({ event, data }) => event === 'session' && (data as LiveSession).id === id && (data as LiveSession).taken === taken)).data
  await hold(id)
  await hears(1)
  redis.cli('hset', `session:{${id}}:booked_count`, 'booked', '7', 'version', '99')
  other.signals.send({ sessions: [id] }, Promise.resolve(true))
  await hears(7)
  await hold(id, without)
  expect(await hears(2)).toMatchObject({ spotsLeft: 10 })
})

test('a hold’s end is listed under its session for as long as it lasts, and struck with it', async () => {
  const [{ id }, member] = [await aClass(), await aPayer()]
  const made = await hold(id, server, member)
  const key = `session:{${id}}:holds`
  const endsAtMs = Temporal.Instant.from(made.expiresAt).epochMilliseconds
  await expect.poll(() => redis.cli('zscore', key, made.id)).toBe(String(endsAtMs))
  const lastsSeconds = (endsAtMs - clock.now().epochMilliseconds) / 1000
  expect(Number(redis.cli('ttl', key))).toBeGreaterThan(lastsSeconds)
  expect(Number(redis.cli('ttl', key))).toBeLessThanOrEqual(lastsSeconds + 60)
  await server.ask(member, 'DELETE', `/api/v1/holds/${made.id}`)
  await expect.poll(() => redis.cli('exists', key)).toBe('0')
})

const stateOf = async ({ id }: Hold) => (await bare.sql<[{ status: string }]>`select status from spot_holds where id = ${id}`)[0].status
const sweep = () => sweepKeptHolds(other, newTraceId())

test('the sweep finds there what is due, also what was made in another process, and leaves the rest', async () => {
  const { id } = await aClass()
  const first = await hold(id)
  clock.advance({ minutes: 5 })
  const second = await hold(id, elsewhere)
  await expect.poll(() => redis.cli('zcard', `session:{${id}}:holds`)).toBe('2')
  expect(await sweep()).toBe(0)
  clock.advance({ minutes: 6 })
  expect(await sweep()).toBe(1)
  expect([await stateOf(first), await stateOf(second)]).toEqual(['expired', 'active'])
  expect(await sweep()).toBe(0)
  await expect.poll(() => booked(id)).toBe('1')
  clock.advance({ minutes: 5 })
  expect(await sweep()).toBe(1)
  expect(await stateOf(second)).toBe('expired')
})

test('what Redis says is due too early, the database does not give back; what Redis lost, it finds', async () => {
  const { id } = await aClass()
  const made = await hold(id)
  await expect.poll(() => redis.cli('exists', `session:{${id}}:holds`)).toBe('1')
  redis.cli('zadd', `session:{${id}}:holds`, '1', made.id)
  redis.cli('zadd', 'sessions:{due}:holds', '1', id)
  expect(await sweep()).toBe(0)
  expect(await stateOf(made)).toBe('active')
  redis.cli('flushall')
  clock.advance({ minutes: 11 })
  expect(await seemDue(other.memory.common, clock.now(), 32)).toEqual([])
  expect(await sweepHolds(other, newTraceId())).toBe(1)
  expect(await stateOf(made)).toBe('expired')
})
