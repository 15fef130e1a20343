// A broker that dies, and comes back ill: events take the way through the database meanwhile.
import { expect, onTestFinished, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { aRabbit } from '../../test/rabbit.ts'
import { system } from '../../test/world.ts'
import { startCarrying } from './carry-events.ts'
import type { Consumer } from './consumer.ts'
import { newId, type SessionId } from './ids.ts'
import { transact } from './tx.ts'

const rabbit = await aRabbit()
const { db, clock } = await aDatabase()
await db.sql`create table heard (session_id text)`

const listener: Consumer = {
  name: 'listener',
  topics: ['session.changed'],
  concerns: async (_, events) => [...events],
  sessions: async () => [],
  async handle(tx, event) {
    await tx.sql`insert into heard values (${(event.data as { sessionId: string }).sessionId})`
  },
}

const announce = () =>
  transact(db, system, {}, async tx => {
    const sessionId = newId<SessionId>()
    tx.emit('session.changed', { sessionId, version: 1 })
    return sessionId
  })

test('while the broker is dead, and when it comes back with queues that nobody leads, every event arrives once', async () => {
  const carrying = startCarrying(db, { amqpUrl: rabbit.url, consumers: [listener], here: [listener], relays: true })
  onTestFinished(() => carrying.stop())
  const ids: string[] = []
  const heard = async () => {
    clock.advance({ seconds: 1 })
    const rows = await db.sql<{ sessionId: string }[]>`select session_id from heard order by 1`
    return rows.map(one => one.sessionId)
  }
  const expectHeard = async () => {
    await expect.poll(heard, { timeout: 40_000, interval: 50 }).toEqual(ids.toSorted())
  }

  ids.push(await announce())
  await expectHeard()
  await rabbit.kill()
  ids.push(await announce())
  await expectHeard()
  rabbit.forgetLeaders()
  await rabbit.start()
  ids.push(await announce())
  await expectHeard()
})
