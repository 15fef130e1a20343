// What every scenario stands on: a PostgreSQL of its own with default durability, the product's processes, a fixture and load.
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../server/src/platform/clock.ts'
import { openDatabase, type Database } from '../server/src/platform/db.ts'
import { migrateJobs } from '../server/src/platform/jobs.ts'
import { openLog } from '../server/src/platform/log.ts'
import { migrate } from '../server/src/platform/migrate.ts'
import { startCluster, type Connection } from '../server/src/platform/postgres-cluster.ts'
import { readCpu, type Cpu } from './cpu.ts'
import { openCrew, type Crew } from './crew.ts'
import { openFixture, type Fixture, type Member } from './fixture.ts'
import { openLoad, type Load } from './load.ts'
import { fillPast } from './past.ts'
import type { PgAddress } from './pg-line.ts'

export interface Stage extends Omit<Crew, 'ids' | 'stop'> {
  /** For the limit: a way in that needs no driver. */
  plain: PgAddress
  db: Database
  fixture: Fixture
  load: Load
  /** Processor time of all programs so far, that of the load not among it; undefined where the system does not tell. */
  cpu(): Cpu | undefined
  /** Lets every process remember these members' tokens, as when they opened the app a moment ago. */
  warm(members: readonly Member[], ports: readonly number[]): Promise<void>
  close(): Promise<void>
}

export interface StageOptions {
  /** Where the processes leave CPU profiles; null for none. */
  profiles: string | null
  /** How many bookings lie behind the studio. */
  past?: number
}

// Whatever decides about durability stays as PostgreSQL ships it. When a row was committed, `lag` reads of the database itself.
const memory = { shared_buffers: '1GB', max_wal_size: '8GB', track_commit_timestamp: 'on' }
// Counts every statement, and costs a little of each: only where a profile is asked for.
const watched = { ...memory, shared_preload_libraries: 'pg_stat_statements', 'pg_stat_statements.track_planning': 'on' }

/** Sets everything up in a directory that is gone afterwards. */
export async function openStage({ profiles, past = 0 }: StageOptions): Promise<Stage> {
  const directory = mkdtempSync(join(tmpdir(), 'fitflow-bench-'))
  const cluster = await startCluster(join(directory, 'postgres'), profiles === null ? memory : watched)
  const url = urlOf(cluster.connection)
  const log = openLog('warn')
  const db = openDatabase({ url, clock: systemClock, log, poolMax: { sql: 2, critical: 2 } })
  await migrate(db.sql, log)
  await migrateJobs(db)
  if (past > 0) await fillPast(db, past)
  const fixture = await openFixture(db)
  const { ids, stop, ...crew } = await openCrew(url, profiles)
  const postmaster = Number.parseInt(readFileSync(join(directory, 'postgres/data/postmaster.pid'), 'utf8'), 10)
  const cpu = (generator = 0) => readCpu({ ...ids(), postgres: [postmaster], load: [generator] })
  const load = openLoad(cpu)
  return {
    ...{ ...crew, cpu, db, fixture, load, plain: await letInPlainly(db, directory, cluster.connection) },
    async warm(members, ports) {
      // Whose token it is comes before all else: what is refused for its shape costs nothing more.
      const asks = members.map(({ token }) => ({ method: 'GET', path: '/api/v1/holds/none', token }) as const)
      for (const one of ports) await load.http({ ports: [one], connections: 50, asks, again: false, secondsMax: 60 })
    },
    async close() {
      load.close()
      await stop()
      await db.close()
      await cluster.stop()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

function urlOf({ host, port, user, password, database }: Connection): string {
  return `postgres://${user}:${encodeURIComponent(password)}@${host}:${port}/${database}`
}

/** A role that may only read and write rows, and that sends its password as it is: this server listens on this machine only. */
async function letInPlainly({ sql }: Database, directory: string, { host, port, database }: Connection): Promise<PgAddress> {
  const user = 'bench'
  const password = randomUUID()
  await sql.unsafe(`create role ${user} login password '${password}'`)
  await sql.unsafe(`grant select, insert, update on all tables in schema public to ${user}`)
  const file = join(directory, 'postgres/data/pg_hba.conf')
  writeFileSync(file, `host ${database} ${user} 127.0.0.1/32 password\n${readFileSync(file, 'utf8')}`)
  await sql`select pg_reload_conf()`
  return { host, port, user, password, database }
}
