// Who only writes down what others act on is given all that is due in one transaction, and each event alone once that fails.
import { beforeEach, expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { system } from '../../test/world.ts'
import type { Recorder } from './consumer.ts'
import { newId, type SessionId } from './ids.ts'
import { drainOnce } from './relay.ts'
import { transact } from './tx.ts'

const { db, clock } = await aDatabase()
await db.sql`create table heard (session_id text)`
beforeEach(async () => {
  await db.sql`truncate heard, inbox, deliveries, outbox`
})

const announce = (sessionId = newId<SessionId>()) =>
  transact(db, system, {}, async tx => {
    tx.emit('session.changed', { sessionId, version: 1 })
    return sessionId
  })

const heard = async () => (await db.sql<{ sessionId: string }[]>`select session_id from heard order by 1`).map(row => row.sessionId)

async function drain(recorder: Recorder): Promise<void> {
  while (await drainOnce(db, [recorder]));
}

const calls: string[][] = []
const sessionsOf = (events: Parameters<Recorder['handleAll']>[1]) => events.map(event => (event.data as { sessionId: string }).sessionId)
const aRecorder = (bad?: string): Recorder => ({
  name: 'r',
  topics: ['session.changed'],
  concerns: async (_, events) => [...events],
  async handleAll(tx, events) {
    const sessions = sessionsOf(events)
    calls.push(sessions)
    await tx.sql`insert into heard select unnest(${sessions}::text[])`
    if (bad !== undefined && sessions.includes(bad)) throw new Error('down')
  },
})
const announceFour = async () => [await announce(), await announce(), await announce(), await announce()] as const
beforeEach(() => void calls.splice(0))

test('a recorder is given all that is due at once, in order', async () => {
  const sessions = await announceFour()
  await drain(aRecorder())
  expect(calls).toEqual([sessions])
  expect(await heard()).toEqual([...sessions].toSorted())
})

test('a recorder is not given again what it was given before, though something new stands beside it', async () => {
  const [first] = await announceFour()
  await drain(aRecorder())
  await db.sql`insert into deliveries (consumer, event_id, due_at) select 'r', id, ${clock.now()} from outbox`
  const fresh = await announce()
  await drain(aRecorder())
  expect(calls.at(-1)).toEqual([fresh])
  expect((await heard()).filter(one => one === first)).toHaveLength(1)
})

test('a recorder that fails at one of them takes the others, each once, and has the one put back', async () => {
  const [one, bad, ...rest] = await announceFour()
  await drain(aRecorder(bad))
  expect(await heard()).toEqual([one, ...rest].toSorted())
  expect([...(await db.sql`select consumer, attempts, dead_at, last_error from deliveries`)]).toEqual([{ consumer: 'r', attempts: 1, deadAt: null, lastError: 'Error: down' }])
})
