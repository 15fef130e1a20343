// Events of a range handed to one consumer again: those and no others, once each, and what acts on current state does nothing twice.
import { beforeEach, expect, test } from 'vitest'
import { policyEnforcer } from '../attendance/consumers.ts'
import { aDatabase } from '../../test/database.ts'
import { aFrontDesk } from '../../test/front-desk.ts'
import { aLot, aMember, aSession, system } from '../../test/world.ts'
import type { Consumer } from './consumer.ts'
import { listGivenUp } from './dead-letters.ts'
import { newId } from './ids.ts'
import { drainOnce } from './relay.ts'
import { countReplay, replayEvents } from './replay-events.ts'
import { transact } from './tx.ts'

const { db, clock } = await aDatabase()
const morning = clock.now()
const heard: string[] = []
beforeEach(async () => {
  clock.set(morning)
  heard.length = 0
  await db.sql`truncate inbox, deliveries, outbox`
})

function aListener(name: string, differs: Partial<Consumer> = {}): Consumer {
  return {
    name,
    topics: ['session.changed'],
    concerns: async (_, events) => [...events],
    sessions: async () => [],
    handle: async (_, event) => void heard.push(`${name} ${event.occurredAt.since(morning).total('hours')} h`),
    ...differs,
  }
}

const announce = (topic: 'session.changed' | 'session.started' = 'session.changed') =>
  transact(db, system, {}, async tx => tx.emit(topic, { sessionId: newId(), version: 1 }))

async function drain(consumers: Consumer[]): Promise<void> {
  while (await drainOnce(db, consumers));
}

const hours = (from: number, to: number) => ({ from: morning.add({ hours: from }), to: morning.add({ hours: to }) })

test('what occurred from the first instant until before the last comes again, to this consumer and its topics only', async () => {
  const [a, b] = [aListener('a'), aListener('b')]
  for (let hour = 0; hour < 5; hour++) {
    await announce()
    await announce('session.started')
    clock.advance({ hours: 1 })
  }
  await drain([a, b])
  heard.length = 0
  expect(await countReplay(db, { consumer: a, ...hours(1, 3) })).toEqual({ count: 2, knownSince: morning })
  await drain([a, b])
  expect(heard, 'counting does nothing').toEqual([])
  expect(await replayEvents(db, { consumer: a, ...hours(1, 3) })).toBe(2)
  await drain([a, b])
  expect(heard).toEqual(['a 1 h', 'a 2 h'])
  expect(await db.sql`select from inbox where consumer = 'a'`).toHaveLength(5)
})

test('more than one chunk comes again, each event once', async () => {
  await transact(db, system, {}, async tx => {
    for (let n = 0; n < 2300; n++) tx.emit('session.changed', { sessionId: newId(), version: 1 })
  })
  const idle = aListener('a', { concerns: async () => [] })
  await drain([idle])
  expect(await replayEvents(db, { consumer: idle, ...hours(0, 1) })).toBe(2300)
  const queued = await db.sql`select event_id from deliveries where consumer = 'a'`
  expect(queued).toHaveLength(2300)
  await drain([idle])
})

test('what waits for its first or next attempt anyway is not hurried, and what was given up is tried again', async () => {
  const failing = aListener('a', { handle: () => Promise.reject(new Error('down')) })
  await announce()
  await drain([failing])
  await replayEvents(db, { consumer: failing, ...hours(0, 1) })
  expect(await db.sql`select from deliveries where attempts = 1 and due_at > ${clock.now()}`).toHaveLength(1)
  await db.sql`update deliveries set attempts = 10, dead_at = ${clock.now()}`
  await replayEvents(db, { consumer: failing, ...hours(0, 1) })
  expect(await listGivenUp(db)).toEqual([])
  await drain([aListener('a')])
  expect(heard).toEqual(['a 0 h'])
})

test('events that are not handed on yet are left to the relay', async () => {
  await announce()
  expect(await replayEvents(db, { consumer: aListener('a'), ...hours(0, 1) })).toBe(0)
  await drain([aListener('a')])
  expect(heard).toEqual(['a 0 h'])
})

test('a no-show that comes again is not penalised twice: the enforcer acts on what is true', async () => {
  const desk = await aFrontDesk(db)
  const member = await aMember(db)
  await aLot(db, member, { credits: null, name: 'Unlimited' })
  const session = await aSession(db, { startsAt: morning.add({ hours: 30 }) })
  await desk.confirm(member, await desk.hold(member, session), { method: 'membership' })
  clock.set(morning.add({ hours: 30, minutes: 10 }))
  await desk.markNoShows()
  await desk.settle()
  const penalties = () => db.sql`select id from penalties`
  const before = [...(await penalties())]
  expect(before).toHaveLength(1)
  const enforcer = policyEnforcer(desk.house)
  expect(await replayEvents(db, { consumer: enforcer, ...hours(30, 32) })).toBeGreaterThan(0)
  await drain([enforcer])
  expect([...(await penalties())]).toEqual(before)
  expect(await db.sql`select from deliveries`).toHaveLength(0)
})
