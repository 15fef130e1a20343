// What is forgotten and when, to the tick; and the partitions that are made before they are needed.
import { expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { keyed } from '../../test/front-desk.ts'
import { aMember, system } from '../../test/world.ts'
import { cleanUp, preparePartitions } from './clean-up.ts'
import { answerOnce } from './idempotency.ts'
import type { Consumer } from './consumer.ts'
import { newId, type SessionId } from './ids.ts'
import { drainOnce } from './relay.ts'
import { transact } from './tx.ts'

const { db, clock } = await aDatabase()
const tick = { microseconds: 1 }
const count = async (table: string) => (await db.sql.unsafe(`select from ${table}`)).length
const partitions = async () =>
  (await db.sql<{ name: string }[]>`select inhrelid::regclass::text as name from pg_inherits where inhparent = 'audit_log'::regclass order by 1`).map(row => row.name)

const audit = () =>
  transact(db, system, {}, async tx => tx.audit({ entityType: 'class_session', entityId: newId<SessionId>(), action: 'changed', details: {} }))

test('a key is replayed for 24 hours, and forgotten after them', async () => {
  const mia = await aMember(db)
  const by = keyed(mia)
  const ask = () => answerOnce(db, { keyed: by, context: mia.context }, {}, async () => ({ status: 204 }))
  await ask()
  clock.advance({ hours: 24 })
  await cleanUp(db)
  expect((await ask()).replayed).toBe(true)
  clock.advance(tick)
  await cleanUp(db)
  expect(await count('idempotency_keys')).toBe(0)
  expect((await ask()).replayed).toBe(false)
})

test('an event is kept for a week after it was handed on, with the note of who handled it', async () => {
  const consumer: Consumer = { name: 'a', topics: ['session.changed'], concerns: async (_, events) => [...events], sessions: async () => [], handle: async () => {} }
  await transact(db, system, {}, async tx => tx.emit('session.changed', { sessionId: newId(), version: 1 }))
  await cleanUp(db)
  clock.advance({ hours: 24 * 30 })
  await cleanUp(db)
  expect(await count('outbox'), 'not before it was handed on, however old').toBe(1)
  while (await drainOnce(db, [consumer]));
  clock.advance({ hours: 24 * 7 })
  await cleanUp(db)
  expect([await count('outbox'), await count('inbox')]).toEqual([1, 1])
  clock.advance(tick)
  await cleanUp(db)
  expect([await count('outbox'), await count('inbox')]).toEqual([0, 0])
})

test('an event that some consumer has yet to handle stays, however old', async () => {
  await transact(db, system, {}, async tx => tx.emit('session.changed', { sessionId: newId(), version: 1 }))
  await db.sql`insert into deliveries (consumer, event_id, due_at) select 'slow', id, ${clock.now()} from outbox`
  await db.sql`update outbox set handled_at = ${clock.now()}`
  clock.advance({ hours: 24 * 30 })
  await cleanUp(db)
  expect(await count('outbox')).toBe(1)
  await db.sql`delete from deliveries`
  await cleanUp(db)
  expect(await count('outbox')).toBe(0)
})

test('more than one step’s worth goes in one clean-up', async () => {
  const { id } = await aMember(db)
  await db.sql`
    insert into idempotency_keys select ${id}, 'key ' || n, 'f', 200, '', ${clock.now()}::timestamptz - interval '2 days' from generate_series(1, 10001) n`
  await cleanUp(db)
  expect(await count(`idempotency_keys where user_id = '${id}'`)).toBe(0)
})

test('the partitions of this month and the next two are made, also over the end of a year, and again is no harm', async () => {
  clock.set(Temporal.Instant.from('2027-11-30T23:59:59Z'))
  await preparePartitions(db)
  await preparePartitions(db)
  expect(await partitions()).toEqual(expect.arrayContaining(['audit_log_2027_11', 'audit_log_2027_12', 'audit_log_2028_01']))
  expect(await partitions()).not.toContain('audit_log_2028_02')
})

test('what is audited lies in its month’s partition, and in the default one when there is none', async () => {
  await audit()
  expect(await count('audit_log_2027_11')).toBe(1)
  clock.set(Temporal.Instant.from('2028-06-01T00:00:00Z'))
  await audit()
  expect(await count('audit_log_default where "timestamp" >= \'2028-06-01\'')).toBe(1)
})

test('a month whose rows lie in the default partition already is left there, and nothing is lost', async () => {
  const before = await count('audit_log')
  await cleanUp(db)
  expect(await partitions()).not.toContain('audit_log_2028_06')
  expect(await partitions()).toContain('audit_log_2028_07')
  expect(await count('audit_log')).toBe(before)
})

test('workers that start in one instant make each partition once, and none of them fails', async () => {
  for (let year = 2031; year < 2041; year++) {
    clock.set(Temporal.Instant.from(`${year}-01-31T00:00:00Z`))
    await Promise.all(Array.from({ length: 6 }, () => preparePartitions(db)))
  }
  expect((await partitions()).filter(name => /audit_log_20[34]/.test(name))).toHaveLength(30)
})
