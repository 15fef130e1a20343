// A database for each test file: a clone of the migrated template, with a clock set by hand and a last look at what was left behind.
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, expect, inject } from 'vitest'
import { handClock, systemClock, type HandClock } from '../src/platform/clock.ts'
import { openDatabase, type Database } from '../src/platform/db.ts'
import { openLog } from '../src/platform/log.ts'
import { brokenInvariants } from '../src/verify.ts'

interface TestDatabase {
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

const mondayMorning = Temporal.Instant.from('2027-01-11T09:00:00Z')
const log = openLog('silent')

/** Call it at the top of a test file: `const { db, clock } = await aDatabase()`. */
export async function aDatabase({ startsAt = mondayMorning, keepsInvariants = true }: Wish = {}): Promise<TestDatabase> {
  const template = inject('postgres')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const poolMax = { sql: 1, critical: 1 }
  const admin = openDatabase({ connection: { ...template, database: 'postgres' }, clock: systemClock, log, poolMax })
  await admin.sql`create database ${admin.sql(name)} template ${admin.sql(template.database)}`

  const clock = handClock(startsAt)
  const { host, port, user, password } = template
  const url = `postgres://${user}:${encodeURIComponent(password)}@${host}:${port}/${name}`
  const db = openDatabase({ url, clock, log })

  afterEach(async () => {
    expect(await leftOpen(admin, name), 'transactions and advisory locks that the test left open').toEqual([])
    if (keepsInvariants) expect(await brokenInvariants(db.sql), 'invariants that the test broke').toEqual([])
  })
  afterAll(async () => {
    await db.close()
    const leaks = await drop(admin, name)
    await admin.close()
    expect(leaks, 'connections that the test file left open').toEqual([])
  })
  return { db, clock, url }
}

/** What is under way gets a second to end: a relay or a sweep may be in its last transaction. */
async function leftOpen({ sql }: Database, name: string): Promise<string[]> {
  for (let look = 0; ; look++) {
    const rows = await sql<{ what: string }[]>`
      select state || ': ' || query as what from pg_stat_activity
      where datname = ${name} and state like 'idle in transaction%'
      union all
      select 'advisory lock ' || objid || ' after: ' || query
      from pg_locks join pg_stat_activity using (pid)
      where locktype = 'advisory' and datname = ${name}`
    if (rows.length === 0 || look === 20) return rows.map(row => row.what)
    await sql`select pg_sleep(0.05)`
  }
}

/** PostgreSQL refuses to drop a database that somebody is connected to, after waiting some seconds for them to leave. */
async function drop({ sql }: Database, name: string): Promise<string[]> {
  // A request's bound is shorter than that wait.
  await sql`set statement_timeout = 0`
  const refused = await sql`drop database ${sql(name)}`.then(
    () => false,
    (fault: { code?: string }) => {
      const inUse = fault.code === '55006'
      if (!inUse) throw fault
      return true
    },
  )
  if (!refused) return []
  const leaks = await sql<{ what: string }[]>`
    select application_name || ': ' || query as what from pg_stat_activity where datname = ${name}`
  await sql`drop database ${sql(name)} with (force)`
  return leaks.map(leak => leak.what)
}
