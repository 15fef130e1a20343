// Changes of a session: what each refuses, writes and tells.
import type { SessionStatus } from '@fitflow/contract/sessions.ts'
import { beforeEach, describe, expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { aMember, anAdmin, aSession, aTrainer, type Person, type SessionWish } from '../../test/world.ts'
import type { Sql } from '../platform/sql.ts'
import type { SessionId, UserId } from '../platform/ids.ts'
import { transact, type Tx } from '../platform/tx.ts'
import { setCapacity, setStatus, setTrainer } from './change-session.ts'
import { changeCounts, lockSessions, type ClassSession } from './class-sessions.ts'
import { moveSessions } from './move-sessions.ts'
import { nobody } from './session-state.rule.ts'

const { db, clock } = await aDatabase()
let admin: Person
let alex: Person
beforeEach(async () => {
  admin = await anAdmin(db)
  alex = await aTrainer(db)
})

const change = (id: SessionId, work: (tx: Tx, session: ClassSession) => Promise<ClassSession>, as = admin) =>
  transact(db, as.context, { sessions: [id], lock: (sql: Sql) => ({ rows: lockSessions(sql, [id]) }) }, (tx, { rows }) =>
    work(tx, rows[0] as ClassSession),
  )
const become = (id: SessionId, to: SessionStatus) => change(id, (tx, session) => setStatus(tx, session, { to, occupancy: nobody }))
const capacity = (id: SessionId, to: number) => change(id, (tx, session) => setCapacity(tx, session, to))
const trainer = (id: SessionId, to: UserId, as = admin) => change(id, (tx, session) => setTrainer(tx, session, to), as)
const move = (id: SessionId, startsAt: Temporal.Instant) =>
  change(id, async (tx, session) => {
    const endsAt = startsAt.add(session.startsAt.until(session.endsAt))
    return (await moveSessions(tx, [{ session, startsAt, endsAt }]))[0] as ClassSession
  })
const atOnce = (wish: SessionWish = {}) => aSession(db, { trainerId: alex.id, ...wish })

describe('capacity', () => {
  test('goes down to what is taken and not below, and the refusal says the count', async () => {
    const { id } = await aSession(db, { capacity: 12 })
    await take(id, 5)
    expect(await capacity(id, 5)).toMatchObject({ capacity: 5, taken: 5 })
    await expect(capacity(id, 4)).rejects.toMatchObject({ code: 'capacity-below-taken', facts: { capacity: 4, taken: 5 } })
    await take(id, -5)
  })

  test('is told with the new version and kept in the audit with what it was', async () => {
    const { id, version } = await aSession(db, { capacity: 12 })
    await capacity(id, 14)
    expect(await eventsOf(id)).toEqual([{ topic: 'session.changed', version: version + 1 }])
    const [audit] = await db.sql`select action, details from audit_log where entity_id = ${id}`
    expect(audit).toEqual({ action: 'changed', details: { capacity: { was: '12', is: '14' } } })
  })

  test('set to what it is changes and tells nothing', async () => {
    const session = await aSession(db, { capacity: 12 })
    expect(await capacity(session.id, 12)).toEqual(session)
    expect(await eventsOf(session.id)).toEqual([])
  })

  test('of a class that is over stays', async () => {
    const { id } = await aSession(db, { startsAt: clock.now().subtract({ hours: 1 }), status: 'in_progress' })
    await expect(capacity(id, 20)).rejects.toMatchObject({ code: 'session-state' })
  })
})

describe('the trainer', () => {
  test('is replaced by another who is free', async () => {
    const { id } = await atOnce()
    const sam = await aTrainer(db, 'Sam')
    expect(await trainer(id, sam.id)).toMatchObject({ trainerId: sam.id, version: 2 })
    expect(await eventsOf(id)).toEqual([{ topic: 'session.changed', version: 2 }])
  })

  test('is not replaced by one who teaches then, does not teach, or by a trainer\'s own hand', async () => {
    const { id } = await atOnce()
    const sam = await aTrainer(db, 'Sam')
    const other = await aSession(db, { trainerId: sam.id })
    await expect(trainer(id, sam.id)).rejects.toMatchObject({ code: 'trainer-busy', facts: { otherSessionId: other.id } })
    const running = await aSession(db, { trainerId: alex.id, status: 'in_progress', startsAt: clock.now().subtract({ minutes: 5 }) })
    const beside = await aSession(db, { trainerId: sam.id, startsAt: clock.now().add({ minutes: 5 }) })
    await expect(trainer(running.id, sam.id)).rejects.toMatchObject({ code: 'trainer-busy', facts: { otherSessionId: beside.id } })
    await expect(trainer(id, (await aMember(db)).id)).rejects.toMatchObject({ code: 'invalid-request' })
    await expect(trainer(id, sam.id, alex)).rejects.toMatchObject({ code: 'forbidden' })
  })
})

test('capacity and trainer are the session\'s own while they differ from the template\'s', async () => {
  const { id, capacity: usual } = await atOnce()
  const sam = await aTrainer(db, 'Sam')
  const own = async () => (await db.sql`select capacity_overridden, trainer_overridden from class_sessions where id = ${id}`)[0]
  await capacity(id, usual + 1)
  expect(await own()).toEqual({ capacityOverridden: true, trainerOverridden: false })
  await trainer(id, sam.id)
  expect(await own()).toEqual({ capacityOverridden: true, trainerOverridden: true })
  await capacity(id, usual)
  await trainer(id, alex.id)
  expect(await own()).toEqual({ capacityOverridden: false, trainerOverridden: false })
})

describe('the time', () => {
  test('moves, and the class stays as long as it was', async () => {
    const session = await atOnce({ durationMinutes: 45 })
    const startsAt = session.startsAt.add({ minutes: 30 })
    expect(await move(session.id, startsAt)).toMatchObject({ startsAt, endsAt: startsAt.add({ minutes: 45 }), version: 2 })
    expect(await eventsOf(session.id)).toEqual([{ topic: 'session.changed', version: 2 }])
  })

  test('stays when it would clash, and when it would be in the past', async () => {
    const session = await atOnce()
    const next = await atOnce({ startsAt: session.endsAt })
    const later = session.startsAt.add({ minutes: 1 })
    await expect(move(session.id, later)).rejects.toMatchObject({ code: 'trainer-busy', facts: { otherSessionId: next.id } })
    await expect(move(session.id, clock.now())).rejects.toMatchObject({ code: 'session-state' })
  })
})

describe('the state', () => {
  test('of a draft becomes published, and is told as that', async () => {
    const { id } = await atOnce({ status: 'draft' })
    expect(await become(id, 'published')).toMatchObject({ status: 'published', version: 2 })
    expect(await eventsOf(id)).toEqual([{ topic: 'session.published', version: 2 }])
  })

  test('becomes cancelled and published again, each told once', async () => {
    const { id } = await atOnce()
    await become(id, 'cancelled')
    expect(await become(id, 'cancelled')).toMatchObject({ status: 'cancelled', version: 2 })
    await become(id, 'published')
    expect(await eventsOf(id)).toEqual([
      { topic: 'session.cancelled', version: 2 },
      { topic: 'session.published', version: 3 },
    ])
  })

  test('does not become published while its trainer teaches, or has left', async () => {
    const { id, startsAt } = await atOnce({ status: 'draft' })
    const other = await atOnce({ startsAt: startsAt.subtract({ minutes: 30 }) })
    await expect(become(id, 'published')).rejects.toMatchObject({ code: 'trainer-busy', facts: { otherSessionId: other.id } })
    await become(other.id, 'cancelled')
    await db.sql`update trainer_profiles set retired_at = ${clock.now()} where user_id = ${alex.id}`
    await expect(become(id, 'published')).rejects.toMatchObject({ code: 'invalid-request' })
  })
})

async function take(id: SessionId, spots: number): Promise<void> {
  await changeCounts(db.sql, [{ sessionId: id, taken: spots, waiting: 0, waitlistLength: 0 }])
}

async function eventsOf(id: string) {
  return db.sql`select topic, (data ->> 'version')::int as version from outbox where data ->> 'sessionId' = ${id} order by id`
}
