// A studio with years behind it: no question about its schedule reads the years, only what it answers.
import { beforeAll, describe, expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { anAdmin, aSession, aTemplate } from '../../test/world.ts'
import type { ClassTemplate } from './class-templates.ts'
import { insertSession } from './class-sessions.ts'
import { comingSessionsOf } from './change-template.ts'
import { moveSessionsOn } from './jobs.ts'
import type { Tx } from '../platform/tx.ts'
import { scheduleBetween } from './schedule-between.ts'
import { defaultSettings } from './settings.ts'
import { staffSessions } from './staff-sessions.ts'
import { refuseClash } from './trainer-clash.ts'

const { db, clock } = await aDatabase()
const pastSessions = 100_000
const comingSessions = 40
let template: ClassTemplate

beforeAll(async () => {
  template = await aTemplate(db, { durationMinutes: 5 })
  const { id, trainerId } = template
  const now = clock.now()
  await db.sql.begin(async sql => {
    await sql`set local statement_timeout = 0`
    await sql`
      insert into class_sessions (template_id, trainer_id, starts_at, ends_at, capacity, status, price_credits, created_at)
      select ${id}, ${trainerId}, at, at + interval '5 minutes', 12, case when n % 10 = 0 then 'cancelled' else 'completed' end, 100, at
      from generate_series(1, ${pastSessions}::int) as n, lateral (select ${now}::timestamptz - n * interval '15 minutes' as at) as past`
  })
  for (let hour = 1; hour <= comingSessions; hour++) await aSession(db, { templateId: id, startsAt: now.add({ hours: hour }) })
  await db.sql`analyze class_sessions`
}, 60_000)

/** Rows that a question reads out of class_sessions, by index or not: counted by its own connection, whatever others do. */
async function rowsRead(ask: (tx: Tx) => Promise<unknown>): Promise<number> {
  const { context } = await anAdmin(db)
  const connection = await db.sql.reserve()
  const count = async () => {
    const [row] = await connection<[{ rows: number }]>`
      select seq_tup_read + idx_tup_fetch as rows from pg_stat_xact_user_tables where relname = 'class_sessions'`
    return row.rows
  }
  try {
    await connection`begin`
    // A parallel worker's reading is booked when it ends, which may be too late for us.
    await connection`set local max_parallel_workers_per_gather = 0`
    const before = await count()
    await ask({ ...context, sql: connection, now: clock.now() } as unknown as Tx)
    return (await count()) - before
  } finally {
    await connection`rollback`
    connection.release()
  }
}

describe('of a hundred thousand sessions', () => {
  test('the public schedule of two days reads what starts in them', async () => {
    const from = clock.now()
    const read = await rowsRead(async tx => {
      expect(await scheduleBetween(tx.sql, { from, to: from.add({ hours: 48 }) })).toHaveLength(comingSessions)
    })
    expect(read).toBeGreaterThanOrEqual(comingSessions)
    expect(read).toBeLessThan(comingSessions * 2)
  })

  test('a page of staff\'s list reads one page', async () => {
    const read = await rowsRead(tx => staffSessions(tx, { from: '2026-01-01', to: '2026-12-31', limit: 20 }, defaultSettings))
    expect(read).toBeLessThan(60)
  })

  test('a trainer\'s other classes and a template\'s coming ones are found by themselves', async () => {
    const startsAt = clock.now().add({ hours: 60 })
    const free = { ...template, id: template.id as never, startsAt, endsAt: startsAt.add({ minutes: 5 }) }
    expect(await rowsRead(tx => refuseClash(tx, free))).toBeLessThan(10)
    expect(await rowsRead(tx => comingSessionsOf(tx, template.id))).toBeLessThan(comingSessions * 2)
  })

  test('what time has to move is found among the live ones', async () => {
    const read = await rowsRead(async tx => moveSessionsOn({ ...db, sql: tx.sql as never }))
    expect(read).toBeLessThan(comingSessions * 2)
  })

  test('a new one is made without reading others', async () => {
    const startsAt = clock.now().add({ hours: 70 })
    const { id: templateId, trainerId, priceCredits, dropInCents } = template
    const unborn = { id: template.id as never, templateId, trainerId, priceCredits, dropInCents, startsAt, endsAt: startsAt.add({ minutes: 5 }) }
    const overridden = { capacityOverridden: false, trainerOverridden: false }
    expect(await rowsRead(tx => insertSession(tx, { ...unborn, ...overridden, capacity: 1, status: 'published' }))).toBeLessThan(10)
  })
})
