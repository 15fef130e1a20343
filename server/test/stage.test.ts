// The stage itself: what a test gets from it.
import { expect, test } from 'vitest'
import { aDatabase } from './database.ts'

const { db, clock } = await aDatabase()

test('a test file stands on a migrated database of its own', async () => {
  const [row] = await db.sql<{ name: string; tables: number }[]>`
    select current_database() as name, count(*)::int as tables from pg_tables where schemaname = 'public'`
  expect(row?.name).toMatch(/^test_/)
  expect(row?.tables).toBeGreaterThan(0)
})

test('the hand clock decides what time the database reads', async () => {
  clock.set(Temporal.Instant.from('2027-03-28T00:59:59Z'))
  clock.advance({ seconds: 1 })
  const [row] = await db.sql<{ now: Temporal.Instant }[]>`select ${clock.expression(db.sql)} as now`
  expect(String(row?.now)).toBe('2027-03-28T01:00:00Z')
})
