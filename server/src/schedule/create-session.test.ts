// New class sessions: what they take from their template, who may make them, and a trainer in one place at a time.
import { beforeEach, describe, expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { aMember, anAdmin, aSession, aTemplate, aTrainer, type Person } from '../../test/world.ts'
import type { NewSession } from '@fitflow/contract/sessions.ts'
import { transact } from '../platform/tx.ts'
import type { ClassTemplate } from './class-templates.ts'
import { createSession } from './create-session.ts'
import { attendedBy } from '../booking/attended.ts'

const { db, clock } = await aDatabase()
let admin: Person
let alex: Person
let template: ClassTemplate
let startsAt: Temporal.Instant

beforeEach(async () => {
  admin = await anAdmin(db)
  alex = await aTrainer(db)
  template = await aTemplate(db, { trainerId: alex.id, dropIn: 1500, credits: 1.5 })
  startsAt = clock.now().add({ hours: 24 })
})

const make = (person: Person, wish: Partial<NewSession> = {}) =>
  transact(db, person.context, {}, tx => createSession(tx, { templateId: template.id, startsAt: String(startsAt), ...wish }, attendedBy))

const later = (minutes: number) => ({ startsAt: String(startsAt.add({ minutes })) })

test('a session is a draft with its template\'s trainer, capacity, length and price', async () => {
  const session = await make(admin)
  expect(session).toMatchObject({
    ...{ status: 'draft', trainerId: alex.id, trainerName: alex.name, capacity: 12, name: 'Morning Strength' },
    ...{ priceCredits: 150, dropInCents: 1500, taken: 0, waiting: 0, waitlistLength: 0, version: 1 },
  })
  expect(session.startsAt.until(session.endsAt).total('minutes')).toBe(60)
  expect(await eventsOf(session.id)).toEqual([])
})

test('capacity, trainer and state may be its own', async () => {
  const sam = await aTrainer(db, 'Sam')
  const session = await make(admin, { capacity: 3, trainerId: sam.id, status: 'published' })
  expect(session).toMatchObject({ capacity: 3, trainerId: sam.id, trainerName: 'Sam', status: 'published' })
  const [row] = await db.sql`select capacity_overridden, trainer_overridden, published_at from class_sessions where id = ${session.id}`
  expect(row).toEqual({ capacityOverridden: true, trainerOverridden: true, publishedAt: clock.now() })
  expect(await eventsOf(session.id)).toEqual([{ topic: 'session.published', version: 1 }])
})

test('who made it, and as what, is in the audit', async () => {
  const { id } = await make(alex)
  const rows = await db.sql`select action, user_id, details ->> 'status' as status from audit_log where entity_id = ${id}`
  expect(rows).toEqual([{ action: 'created', userId: alex.id, status: 'draft' }])
})

describe('refused is', () => {
  test('a start that is not ahead', async () => {
    await expect(make(admin, { startsAt: String(clock.now()) })).rejects.toMatchObject({ code: 'session-state' })
  })

  test('a template out of use', async () => {
    await db.sql`update class_templates set archived_at = ${clock.now()} where id = ${template.id}`
    await expect(make(admin)).rejects.toMatchObject({ code: 'template-archived' })
  })

  test('somebody who does not teach, or no longer does', async () => {
    const path = { errors: [{ path: 'body/trainerId' }] }
    const member = await aMember(db)
    await expect(make(admin, { trainerId: member.id })).rejects.toMatchObject({ code: 'invalid-request', facts: path })
    await db.sql`update trainer_profiles set retired_at = ${clock.now()} where user_id = ${alex.id}`
    await expect(make(admin)).rejects.toMatchObject({ code: 'invalid-request', facts: path })
  })

  test('a template that is not there, or another trainer\'s', async () => {
    const sam = await aTrainer(db, 'Sam')
    await expect(make(sam)).rejects.toMatchObject({ code: 'not-found' })
    await expect(make(admin, { templateId: admin.id })).rejects.toMatchObject({ code: 'not-found' })
  })

  test('a trainer who puts another in front of the class', async () => {
    const sam = await aTrainer(db, 'Sam')
    await expect(make(alex, { trainerId: sam.id })).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('a trainer who teaches then', () => {
  test('cannot be given a second live class, and the first is named', async () => {
    const first = await make(admin, { status: 'published' })
    await expect(make(admin, { ...later(59), status: 'published' })).rejects.toMatchObject({
      code: 'trainer-busy',
      facts: { otherSessionId: first.id, otherStartsAt: String(first.startsAt), otherEndsAt: String(first.endsAt) },
    })
  })

  test('may start the next class the moment the last one ends', async () => {
    await make(admin, { status: 'published' })
    expect(await make(admin, { ...later(60), status: 'published' })).toMatchObject({ status: 'published' })
    expect(await make(admin, { ...later(-60), status: 'published' })).toMatchObject({ status: 'published' })
  })

  test('may have drafts then, and classes that were called off', async () => {
    await make(admin, { status: 'published' })
    expect(await make(admin, later(10))).toMatchObject({ status: 'draft' })
    await aSession(db, { templateId: template.id, startsAt: startsAt.add({ hours: 3 }), status: 'cancelled' })
    expect(await make(admin, { ...later(180), status: 'published' })).toMatchObject({ status: 'published' })
  })

  test('gets one class of twenty that are made at once, and the other nineteen name it', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, (_, at) => make(admin, { ...later(at), status: 'published' })))
    const made = outcomes.filter(outcome => outcome.status === 'fulfilled').map(outcome => outcome.value.id)
    const refused = outcomes.filter(outcome => outcome.status === 'rejected').map(outcome => outcome.reason)
    expect(made).toHaveLength(1)
    expect(refused.map(({ code, facts }) => [code, facts?.otherSessionId])).toEqual(Array(19).fill(['trainer-busy', made[0]]))
  })
})

async function eventsOf(id: string) {
  return db.sql`select topic, (data ->> 'version')::int as version from outbox where data ->> 'sessionId' = ${id} order by id`
}
