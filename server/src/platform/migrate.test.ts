// Migrations: once each, in order, whatever races; history that was rewritten stops the start.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { openLog } from './log.ts'
import { isInStep, migrate, migrationsDirectory, readMigrations } from './migrate.ts'

const { db } = await aDatabase()
const log = openLog('silent')
const real = readMigrations(migrationsDirectory).length
let directory: string

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'fitflow-migrations-'))
})
afterEach(async () => {
  rmSync(directory, { recursive: true })
  await db.sql.unsafe(`
    drop table if exists shelves; delete from schema_migrations where name like '%shelves%';
    update schema_migrations set number = number - 1000 where number > 1000`)
})

/** A history of its own: the files are 0001, 0002 … and the real ones step aside. */
async function given(...texts: string[]): Promise<void> {
  await db.sql`update schema_migrations set number = number + 1000 where number <= ${real}`
  texts.forEach((text, index) => write(index + 1, text))
}
const write = (number: number, text: string) => writeFileSync(join(directory, `000${number}_shelves_${number}.sql`), text)

test('racing migrators apply each migration once, and a later start none', async () => {
  await given('create table shelves (n int)', 'insert into shelves values (1)', 'update shelves set n = n + 1')
  const applied = await Promise.all([1, 2, 3, 4].map(() => migrate(db.sql, log, directory)))
  expect(applied.flat().sort()).toEqual(['0001_shelves_1', '0002_shelves_2', '0003_shelves_3'])
  expect(await db.sql`select n from shelves`).toEqual([{ n: 2 }])
  expect(await migrate(db.sql, log, directory)).toEqual([])
})

test('a migration that fails leaves nothing of itself, and those before it stay', async () => {
  await given('create table shelves (n int)', 'insert into shelves values (1); select 1 / 0')
  await expect(migrate(db.sql, log, directory)).rejects.toThrow('division by zero')
  expect(await db.sql`select n from shelves`).toEqual([])
  write(2, 'insert into shelves values (2)')
  expect(await migrate(db.sql, log, directory)).toEqual(['0002_shelves_2'])
  expect(await db.sql`select n from shelves`).toEqual([{ n: 2 }])
})

test('an applied migration that was edited stops the start with its name', async () => {
  await given('create table shelves (n int)')
  await migrate(db.sql, log, directory)
  write(1, 'create table shelves (n bigint)')
  await expect(migrate(db.sql, log, directory)).rejects.toThrow(/^The migration 0001_shelves_1 was edited/)
})

test('what a newer release applied is left alone, so that an older one can run beside it', async () => {
  await given('create table shelves (n int)', 'alter table shelves add m int')
  await migrate(db.sql, log, directory)
  rmSync(join(directory, '0002_shelves_2.sql'))
  expect(await migrate(db.sql, log, directory)).toEqual([])
})

test('a gap in the numbers is refused before anything is applied', async () => {
  write(2, 'select 1')
  await expect(migrate(db.sql, log, directory)).rejects.toThrow('number 1 is due')
})

test('each of ours says at its head why it exists and whether old code may run beside it', () => {
  for (const { name, text } of readMigrations(migrationsDirectory)) {
    expect(text.split('\n').slice(0, 3).join('\n'), name).toMatch(/^-- Why: [\s\S]*-- Old code may run beside it: /)
  }
})

test('a database is in step when it has every migration of this release, and a newer one may have added its own', async () => {
  await given('create table shelves (n int)')
  expect(await isInStep(db.sql, directory)).toBe(false)
  await migrate(db.sql, log, directory)
  expect(await isInStep(db.sql, directory)).toBe(true)
  write(2, 'insert into shelves values (1)')
  expect(await isInStep(db.sql, directory)).toBe(false)
  await migrate(db.sql, log, directory)
  rmSync(join(directory, '0002_shelves_2.sql'))
  expect(await isInStep(db.sql, directory)).toBe(true)
})
