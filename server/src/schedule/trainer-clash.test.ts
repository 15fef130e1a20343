// A trainer in two places at once: the race, each guard alone, and the control that loses it without any.
import { expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { meetingPoint } from '../../test/meeting-point.ts'
import { anAdmin, aSession, aTemplate } from '../../test/world.ts'
import type { Sql } from '../platform/sql.ts'
import { transact, type Plan, type Tx } from '../platform/tx.ts'
import { setStatus } from './change-session.ts'
import { lockSessions, type ClassSession } from './class-sessions.ts'
import { nobody } from './session-state.rule.ts'
import { refuseClash } from './trainer-clash.ts'

type Isolation = NonNullable<Plan<never>['isolation']>
interface Outcome {
  published: number
  told: number
}
type Publish = (tx: Tx, session: ClassSession) => Promise<unknown>

const { db } = await aDatabase({ keepsInvariants: false })
// Without the trainer's lock, writers wait for each other in a circle at the constraint; PostgreSQL looks for one after a second.
await db.sql.unsafe(`
  do $$ begin execute format('alter database %I set deadlock_timeout = 20', current_database()); end $$;
  set deadlock_timeout = 20`)
const admin = await anAdmin(db)
const racers = 4
const rounds = 8

const asBuilt: Publish = (tx, session) => setStatus(tx, session, { to: 'published', occupancy: nobody })

const withoutLock = async (tx: Tx, session: ClassSession, hasLooked = async () => {}) => {
  await refuseClash(tx, session)
  await hasLooked()
  await tx.sql`update class_sessions set status = 'published' where id = ${session.id}`
}

/** Drafts of one trainer for one time, all published at the same moment: how many went through, and how many were told by which. */
async function race(isolation: Isolation, publish: Publish): Promise<Outcome> {
  const { id: templateId } = await aTemplate(db)
  const drafts = await Promise.all(Array.from({ length: racers }, () => aSession(db, { templateId, status: 'draft' })))
  const run = async ({ id }: ClassSession) => {
    const lock = (sql: Sql) => ({ rows: lockSessions(sql, [id]) })
    await transact(db, admin.context, { isolation, lock }, (tx, { rows }) => publish(tx, rows[0] as ClassSession))
    return id
  }
  const outcomes = await Promise.allSettled(drafts.map(run))
  const published = outcomes.filter(outcome => outcome.status === 'fulfilled').map(outcome => outcome.value)
  const told = outcomes.filter(
    outcome => outcome.status === 'rejected' && outcome.reason.code === 'trainer-busy' && published.includes(outcome.reason.facts.otherSessionId),
  )
  return { published: published.length, told: told.length }
}

async function races(isolation: Isolation, publish: Publish): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  for (let round = 0; round < rounds; round++) outcomes.push(await race(isolation, publish))
  return outcomes
}

const oneEachTime = Array(rounds).fill({ published: 1, told: racers - 1 })

test('of four classes published at once one goes live, and the others name it', async () => {
  expect(await races('serializable', asBuilt)).toEqual(oneEachTime)
})

test('the exclusion constraint alone keeps it so', async () => {
  expect(await races('read committed', withoutLock)).toEqual(oneEachTime)
})

test('the lock of the trainer alone keeps it so', async () => {
  await db.sql`alter table class_sessions drop constraint class_sessions_trainer_busy`
  expect(await races('read committed', asBuilt)).toEqual(oneEachTime)
})

test('isolation alone keeps it so', async () => {
  expect(await races('serializable', withoutLock)).toEqual(oneEachTime)
})

test('control: without any of them the trainer is in as many places as there were classes', async () => {
  await db.sql`alter table class_sessions drop constraint if exists class_sessions_trainer_busy`
  const allHaveLooked = meetingPoint(racers)
  const publish: Publish = (tx, session) => withoutLock(tx, session, allHaveLooked)
  expect(await race('read committed', publish)).toEqual({ published: racers, told: 0 })
})
