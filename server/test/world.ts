// The people and classes that tests stand among: each builder makes one, ready to be used, and says who or what it is.
import { randomUUID } from 'node:crypto'
import type { Role } from '@fitflow/contract/identity.ts'
import type { SessionStatus } from '@fitflow/contract/sessions.ts'
import type { Lot } from '../src/credits/lots.ts'
import { openLots, type Opened, type Opening } from '../src/credits/open-lots.ts'
import type { Database } from '../src/platform/db.ts'
import { newId, type SessionId, type TemplateId, type UserId } from '../src/platform/ids.ts'
import { newTraceId } from '../src/platform/trace.ts'
import type { Context } from '../src/platform/context.ts'
import { transact } from '../src/platform/tx.ts'
import { insertSession, type ClassSession } from '../src/schedule/class-sessions.ts'
import { readTemplate, type ClassTemplate } from '../src/schedule/class-templates.ts'
import { createTemplate } from '../src/schedule/create-template.ts'

/** Somebody, and the context in which they act. */
export interface Person {
  id: UserId
  name: string
  email: string
  context: Context
}

export const system: Context = { actor: { userId: null, role: 'system', via: 'cli' }, traceId: newTraceId() }

export function aMember(db: Database, name = 'Mia Member'): Promise<Person> {
  return aPerson(db, name, 'client')
}

export function anAdmin(db: Database, name = 'Ada Admin'): Promise<Person> {
  return aPerson(db, name, 'admin')
}

/** Somebody who teaches: the role and the profile. */
export async function aTrainer(db: Database, name = 'Alex Trainer'): Promise<Person> {
  const person = await aPerson(db, name, 'trainer')
  const now = db.clock.now()
  await db.sql`insert into trainer_profiles (user_id, created_at, updated_at) values (${person.id}, ${now}, ${now})`
  return person
}

async function aPerson(db: Database, name: string, role: Role): Promise<Person> {
  const id = newId<UserId>()
  const email = `${randomUUID()}@example.test`
  const now = db.clock.now()
  await db.sql`
    insert into users (id, email, display_name, role, email_verified, created_at, updated_at)
    values (${id}, ${email}, ${name}, ${role}, true, ${now}, ${now})`
  return { id, name, email, context: { actor: { userId: id, role, via: 'session' }, traceId: newTraceId() } }
}

export interface TemplateWish {
  name?: string
  type?: string
  durationMinutes?: number
  defaultCapacity?: number
  trainerId?: UserId
  credits?: number
  dropIn?: number | null
}

/** A template of 60 minutes for 12 at one credit, taught by somebody new unless told otherwise. */
export async function aTemplate(db: Database, wish: TemplateWish = {}): Promise<ClassTemplate> {
  const trainerId = wish.trainerId ?? (await aTrainer(db)).id
  const usual = { name: 'Morning Strength', type: 'Strength', durationMinutes: 60, defaultCapacity: 12 }
  return transact(db, system, {}, tx => createTemplate(tx, { ...usual, ...wish, trainerId }))
}

export interface SessionWish {
  kind?: ClassSession['kind']
  templateId?: TemplateId
  trainerId?: UserId
  startsAt?: Temporal.Instant
  durationMinutes?: number
  capacity?: number
  status?: SessionStatus
  priceCredits?: number
  dropInCents?: number | null
}

/** A published session two days from now of a template of its own, unless told otherwise; any state and any time may be asked for. */
export async function aSession(db: Database, wish: SessionWish = {}): Promise<ClassSession> {
  const template = wish.templateId ? await readTemplate(db.sql, wish.templateId) : await aTemplate(db, templateWish(wish))
  if (!template) throw new Error(`there is no template ${wish.templateId}`)
  const { id: templateId, trainerId, defaultCapacity: capacity, durationMinutes, priceCredits, dropInCents } = template
  const startsAt = wish.startsAt ?? db.clock.now().add({ hours: 48 })
  const made = await transact(db, system, {}, tx =>
    insertSession(tx, {
      templateId,
      trainerId,
      capacity,
      priceCredits,
      dropInCents,
      startsAt,
      status: 'published',
      capacityOverridden: false,
      trainerOverridden: false,
      ...wish,
      id: newId<SessionId>(),
      endsAt: startsAt.add({ minutes: wish.durationMinutes ?? durationMinutes }),
    }),
  )
  if (!made) throw new Error('the trainer of this session is busy at that time')
  return made
}

function templateWish({ trainerId }: SessionWish): TemplateWish {
  return trainerId ? { trainerId } : {}
}

/** A pack of ten credits that is valid for 90 days from now, unless told otherwise; `credits` null is unlimited access. */
export async function aLot(db: Database, { id: userId }: Pick<Person, 'id'>, wish: Partial<Opening> = {}): Promise<Lot> {
  const planType = wish.credits === null ? 'unlimited' : 'pack'
  const [opened] = await transact(db, system, {}, async tx => {
    const validUntil = tx.now.add({ hours: 90 * 24 })
    return openLots(tx, [{ userId, credits: 1000, planType, name: '10-class pack', reason: 'a test', validUntil, ...wish }], 'UTC')
  })
  return (opened as Opened).lot
}
