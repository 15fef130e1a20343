// Brings a database to this code's schema: each file of server/migrations once, in order, in a transaction of its own.
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Pool, Sql } from './sql.ts'
import type { Log } from './log.ts'
import { Refusal } from './refusal.ts'

interface Migration {
  number: number
  name: string
  text: string
  checksum: string
}

export const migrationsDirectory = resolve(import.meta.dirname, '../../migrations')

// Any constant will do, as long as every process that migrates asks for the same one.
const advisoryKey = 4_603_817

/**
 * Applies what `directory` has and the database has not; answers the names applied. Racing migrators wait for each other.
 * Throws a Refusal when an applied file was edited since; what a newer release applied is left alone, so that it can roll back.
 */
export async function migrate(sql: Pool, log: Log, directory = migrationsDirectory): Promise<string[]> {
  const migrations = readMigrations(directory)
  const applied = await alone(sql, async tx => {
    await tx`
      create table if not exists schema_migrations (
        number integer not null,
        name text not null,
        checksum text not null,
        applied_at timestamptz not null default now(),
        constraint schema_migrations_pkey primary key (number)
      )`
    return listApplied(tx)
  })
  refuseEdited(migrations, applied)
  const names: string[] = []
  for (const migration of migrations.filter(one => !applied.has(one.number))) {
    if (await alone(sql, tx => applyOnce(tx, migration))) names.push(migration.name)
  }
  const unknown = [...applied.keys()].filter(number => !migrations.some(one => one.number === number))
  if (unknown.length > 0) log.warn({ migrations: unknown }, 'the database was migrated by a newer release')
  if (names.length > 0) log.info({ migrations: names }, 'migrated the database')
  return names
}

/** The migrations of `directory` in order; throws a Refusal when their numbers are not 1, 2, 3 … */
export function readMigrations(directory: string): Migration[] {
  const files = readdirSync(directory).filter(file => file.endsWith('.sql')).sort()
  return files.map((file, index) => {
    const number = Number(/^(\d{4})_[a-z0-9_]+\.sql$/.exec(file)?.[1])
    if (number !== index + 1) throw new Refusal(`The migration ${file} is out of order: number ${index + 1} is due.`)
    const text = readFileSync(join(directory, file), 'utf8')
    return { number, name: file.slice(0, -'.sql'.length), text, checksum: createHash('sha256').update(text).digest('hex') }
  })
}

/** Whether the database has every migration of this release; a newer one may have added its own. */
export async function isInStep(sql: Pool, directory = migrationsDirectory): Promise<boolean> {
  const known = readMigrations(directory).length
  const [row] = await sql<[{ applied: number }]>`
    select count(*)::integer as applied from schema_migrations where number <= ${known}`
  return row.applied === known
}

/** Since when the database has had this migration, and with it what it brought. */
export async function migratedAt(sql: Sql, number: number): Promise<Temporal.Instant> {
  const [row] = await sql<[{ appliedAt: Temporal.Instant }]>`select applied_at from schema_migrations where number = ${number}`
  return row.appliedAt
}

/** One transaction that no other migrator's overlaps; a migration may take longer than a request. */
async function alone<T>(sql: Pool, work: (tx: Sql) => Promise<T>): Promise<T> {
  const result = await sql.begin(async tx => {
    await tx`set local lock_timeout = 0`
    await tx`set local statement_timeout = 0`
    await tx`select pg_advisory_xact_lock(${advisoryKey})`
    return { value: await work(tx) }
  })
  return (result as { value: T }).value
}

async function listApplied(tx: Sql): Promise<Map<number, { name: string; checksum: string }>> {
  const rows = await tx<{ number: number; name: string; checksum: string }[]>`
    select number, name, checksum from schema_migrations order by number`
  return new Map(rows.map(row => [row.number, row]))
}

async function applyOnce(tx: Sql, migration: Migration): Promise<boolean> {
  const { number, name, checksum, text } = migration
  if ((await listApplied(tx)).has(number)) return false
  await tx.unsafe(text)
  await tx`insert into schema_migrations (number, name, checksum) values (${number}, ${name}, ${checksum})`
  return true
}

function refuseEdited(migrations: Migration[], applied: Map<number, { name: string; checksum: string }>): void {
  for (const { number, name, checksum } of migrations) {
    const before = applied.get(number)
    if (before && before.checksum !== checksum) {
      throw new Refusal(`The migration ${name} was edited after this database had applied it (as ${before.name}): put it back and write a new one.`)
    }
  }
}

/** What tells this database from every other, also from one of the same name elsewhere. */
export async function installationOf(sql: Sql): Promise<string> {
  const [row] = await sql<[{ name: string; bornAt: Temporal.Instant }]>`select current_database() as name, min(applied_at) as born_at from schema_migrations`
  return `${row.name} ${row.bornAt}`
}
