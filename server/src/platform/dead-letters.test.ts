// Dead letters over HTTP: read by pages with their reasons, and let be tried again one by one, by consumer, or all.
import { beforeEach, expect, test } from 'vitest'
import type { DeadLetter } from '@fitflow/contract/dead-letters.ts'
import { aDatabase } from '../../test/database.ts'
import { aServer } from '../../test/server.ts'
import { anAdmin, system } from '../../test/world.ts'
import type { Consumer } from './consumer.ts'
import { newId } from './ids.ts'
import { drainOnce } from './relay.ts'
import { transact } from './tx.ts'

const { db, clock } = await aDatabase()
const server = await aServer(db)
const admin = await anAdmin(db)
const at = '/api/v1/admin/dead-letters'

const failing = (name: string): Consumer => ({
  name,
  topics: ['session.changed'],
  concerns: async (_, events) => [...events],
  sessions: async () => [],
  handle: () => Promise.reject(new Error(`${name} is down`)),
})

/** Two consumers give up two events, one a minute after the other. */
beforeEach(async () => {
  await db.sql`truncate inbox, deliveries, outbox`
  for (let n = 0; n < 2; n++) {
    clock.advance({ minutes: 1 })
    await transact(db, system, {}, async tx => tx.emit('session.changed', { sessionId: newId(), version: 1 }))
    for (let attempt = 0; attempt < 10; attempt++) {
      await drainOnce(db, [failing('a'), failing('b')])
      await db.sql`update deliveries set due_at = ${clock.now()} where dead_at is null`
    }
  }
})

const read = async (query = '') => (await server.ask(admin, 'GET', `${at}?${query}`)).json as { items: DeadLetter[]; nextCursor: string | null }
const names = (items: DeadLetter[]) => items.map(one => one.consumer)
const resend = async (body: object) => (await server.ask(admin, 'POST', `${at}/resend`, { body })).json

test('they are read by consumer, the latest first, with their reasons, by pages that miss none, or of one consumer alone', async () => {
  const all = (await read()).items
  expect(names(all)).toEqual(['b', 'b', 'a', 'a'])
  expect(all[0]).toEqual({ consumer: 'b', eventId: expect.any(Number), topic: 'session.changed', attempts: 10, reason: 'Error: b is down', deadAt: String(clock.now()), occurredAt: String(clock.now()) })
  const first = await read('limit=3')
  expect([...first.items, ...(await read(`limit=3&cursor=${first.nextCursor}`)).items]).toEqual(all)
  expect(names((await read('consumer=a')).items)).toEqual(['a', 'a'])
  // A house with dead letters is not sound, and every test leaves a sound one.
  await db.sql`truncate deliveries`
})

test('one, those of a consumer, or all are tried again, and whatever still fails is given up again after ten attempts', async () => {
  const [{ consumer, eventId }] = (await read()).items as [DeadLetter]
  await db.sql`delete from audit_log`
  expect(await resend({ consumer, eventId })).toEqual({ count: 1 })
  expect(names((await read()).items)).toEqual(['b', 'a', 'a'])
  expect(await resend({ consumer: 'a' })).toEqual({ count: 2 })
  expect(await resend({})).toEqual({ count: 1 })
  expect([await resend({}), (await read()).items]).toEqual([{ count: 0 }, []])
  const audits = await db.sql`select user_id, action, details from audit_log where entity_type = 'resend' order by id`
  const by = (details: object) => ({ userId: admin.id, action: 'asked', details })
  expect([...audits]).toEqual([
    by({ consumer, eventId, count: 1 }),
    by({ consumer: 'a', eventId: null, count: 2 }),
    by({ consumer: null, eventId: null, count: 1 }),
    by({ consumer: null, eventId: null, count: 0 }),
  ])
  const handled: number[] = []
  while (await drainOnce(db, ['a', 'b'].map(name => ({ ...failing(name), handle: async (_, event) => void handled.push(event.id) }))));
  expect(handled).toHaveLength(4)
})
