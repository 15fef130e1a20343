// The stage itself: what a test gets from it, and what it notices.
import { expect, test } from 'vitest'
import { aDatabase } from './database.ts'

const { db, clock } = await aDatabase()

test('a test file stands on a migrated database of its own', async () => {
  const [row] = await db.sql<{ name: string; tables: number }[]>`
    select current_database() as name, count(*)::int as tables from pg_tables where schemaname = 'public'`
  expect(row?.name).toMatch(/^test_/)
  expect(row?.tables).toBeGreaterThan(0)
})

test('the clock stands still until the test moves it', async () => {
  const before = await clock.read(db.sql)
  expect((await clock.read(db.sql)).equals(before)).toBe(true)
  clock.advance({ minutes: 10 })
  expect((await clock.read(db.sql)).since(before).total('minutes')).toBe(10)
})
