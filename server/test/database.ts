// A database for each test file: a clone of the migrated template, with a clock set by hand and a last look at what was left behind.
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { pino } from 'pino'
import postgres from 'postgres'
import { afterAll, afterEach, expect, inject } from 'vitest'
import { handClock, type HandClock } from '../src/platform/clock.ts'
import { openDatabase, type Database } from '../src/platform/db.ts'

export interface TestDatabase {
  db: Database
  clock: HandClock
  /** For a process that opens the database by itself (`DATABASE_URL`). */
  url: string
}

interface Wish {
  /** Where the hand clock starts; otherwise a Monday morning in winter. */
  startsAt?: Temporal.Instant
  /** False only for a control, which takes the guards away and must then overbook. */
  keepsInvariants?: boolean
}

const verify = new URL('../src/verify.ts', import.meta.url)
const { brokenInvariants } = (existsSync(verify) ? await import(verify.href) : { brokenInvariants: async () => [] }) as {
  brokenInvariants(sql: Database['sql']): Promise<string[]>
}

const mondayMorning = Temporal.Instant.from('2027-01-11T09:00:00Z')

/** Call it at the top of a test file: `const { db, clock } = await aDatabase()`. */
export async function aDatabase({ startsAt = mondayMorning, keepsInvariants = true }: Wish = {}): Promise<TestDatabase> {
  const { host, port, user, password, template } = inject('postgres')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const admin = postgres({ host, port, user, password, database: 'postgres', max: 1, onnotice: () => {} })
  await admin`create database ${admin(name)} template ${admin(template)}`

  const clock = handClock(startsAt)
  const url = `postgres://${user}:${password}@${host}:${port}/${name}`
  const db = openDatabase({ url, clock, log: pino({ level: 'silent' }) })

  afterEach(async () => {
    expect(await leftOpen(admin, name), 'transactions and advisory locks that the test left open').toEqual([])
    if (keepsInvariants) expect(await brokenInvariants(db.sql), 'invariants that the test broke').toEqual([])
  })
  afterAll(async () => {
    await db.close()
    const leaks = await drop(admin, name)
    await admin.end()
    expect(leaks, 'connections that the test file left open').toEqual([])
  })
  return { db, clock, url }
}

/** What is under way gets a second to end: a relay or a sweep may be in its last transaction. */
async function leftOpen(admin: postgres.Sql, name: string): Promise<string[]> {
  for (let look = 0; ; look++) {
    const rows = await admin<{ what: string }[]>`
      select state || ': ' || query as what from pg_stat_activity
      where datname = ${name} and state like 'idle in transaction%'
      union all
      select 'advisory lock ' || objid || ' after: ' || query
      from pg_locks join pg_stat_activity using (pid)
      where locktype = 'advisory' and datname = ${name}`
    if (rows.length === 0 || look === 20) return rows.map(row => row.what)
    await admin`select pg_sleep(0.05)`
  }
}

/** PostgreSQL itself waits up to five seconds for others to leave before it refuses to drop a database. */
async function drop(admin: postgres.Sql, name: string): Promise<string[]> {
  try {
    await admin`drop database ${admin(name)}`
    return []
  } catch (fault) {
    const inUse = fault instanceof postgres.PostgresError && fault.code === '55006'
    if (!inUse) throw fault
    const rows = await admin<{ what: string }[]>`
      select application_name || ': ' || query as what from pg_stat_activity where datname = ${name}`
    await admin`drop database ${admin(name)} with (force)`
    return rows.map(row => row.what)
  }
}
