// What time does to sessions: each at its instant, once, however many workers look.
import { expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { aSession } from '../../test/world.ts'
import type { SessionId } from '../platform/ids.ts'
import { moveSessionsOn, startMoving } from './jobs.ts'

const { db, clock } = await aDatabase()

async function moveAll(): Promise<number> {
  let moved = 0
  for (let round = await moveSessionsOn(db); round > 0; round = await moveSessionsOn(db)) moved += round
  return moved
}

async function history(id: SessionId) {
  const [session] = await db.sql`select status, version from class_sessions where id = ${id}`
  const events = await db.sql<{ topic: string }[]>`select topic from outbox where data ->> 'sessionId' = ${id} order by id`
  return { ...session, topics: events.map(event => event.topic) }
}

test('a published class starts at its start and is completed at its end', async () => {
  const { id, startsAt, endsAt } = await aSession(db)
  clock.set(startsAt.subtract({ milliseconds: 1 }))
  expect(await moveAll()).toBe(0)
  clock.set(startsAt)
  expect(await moveAll()).toBe(1)
  expect(await history(id)).toEqual({ status: 'in_progress', version: 2, topics: ['session.started'] })
  clock.set(endsAt.subtract({ milliseconds: 1 }))
  expect(await moveAll()).toBe(0)
  clock.set(endsAt)
  expect(await moveAll()).toBe(1)
  expect(await history(id)).toEqual({ status: 'completed', version: 3, topics: ['session.started', 'session.completed'] })
})

test('a class whose whole time passed unseen goes through both states', async () => {
  const { id, endsAt } = await aSession(db)
  clock.set(endsAt)
  expect(await moveAll()).toBe(2)
  expect(await history(id)).toMatchObject({ status: 'completed', topics: ['session.started', 'session.completed'] })
})

test('a draft past its start is cancelled, and the audit says that time did it', async () => {
  const { id, startsAt } = await aSession(db, { status: 'draft' })
  clock.set(startsAt)
  expect(await moveAll()).toBe(1)
  expect(await history(id)).toEqual({ status: 'cancelled', version: 2, topics: ['session.cancelled'] })
  const rows = await db.sql`select action, user_id, details from audit_log where entity_id = ${id}`
  expect(rows).toEqual([{ action: 'cancelled', userId: null, details: { status: { was: 'draft', is: 'cancelled' } } }])
})

test('a class with people in it starts like any other', async () => {
  const { id, startsAt } = await aSession(db, { capacity: 3 })
  await db.sql`update class_sessions set waiting = 1, waitlist_length = 1 where id = ${id}`
  clock.set(startsAt)
  expect(await moveAll()).toBe(1)
  await db.sql`update class_sessions set waiting = 0, waitlist_length = 0 where id = ${id}`
})

test('three workers at once move each of forty classes once', async () => {
  const startsAt = clock.now().add({ hours: 2 })
  const sessions = await Promise.all(Array.from({ length: 40 }, () => aSession(db, { startsAt })))
  clock.set(startsAt)
  await Promise.all([moveAll(), moveAll(), moveAll()])
  await moveAll()
  const histories = await Promise.all(sessions.map(({ id }) => history(id)))
  expect(histories).toEqual(Array(40).fill({ status: 'in_progress', version: 2, topics: ['session.started'] }))
})

test('a worker moves many at once, not a handful each round', async () => {
  const startsAt = clock.now().add({ hours: 2 })
  await Promise.all(Array.from({ length: 70 }, () => aSession(db, { startsAt, status: 'draft' })))
  clock.set(startsAt)
  const drafts = async () => (await db.sql`select id from class_sessions where status = 'draft' and starts_at = ${startsAt}`).length
  expect(await drafts()).toBe(70)
  const loop = startMoving(db)
  await expect.poll(drafts, { timeout: 4000 }).toBe(0)
  await loop.stop()
})
