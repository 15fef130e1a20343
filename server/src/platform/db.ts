// The way to PostgreSQL: two pools of one driver, and how its values look in this code.
import type { Sql as PlainPool } from 'postgres'
import { postgres } from './db-driver.ts'
import { allGuards, type Guards } from './guards.ts'
import type { Log } from './log.ts'
import type { Clock } from './clock.ts'
import { openMemories, type Memories } from './memories.ts'
import { openChannel } from './channel.ts'
import type { Pool } from './sql.ts'
import { openSignals, type Signals } from './signals.ts'

export interface Database {
  /** Reads, and writes that decide nothing about spots or credits. */
  sql: Pool
  /** Whatever decides about a spot or a credit: straight connections, bounded waits. */
  critical: Pool
  clock: Clock
  log: Log
  signals: Signals
  /** What processes keep beside it and may lose. */
  memory: Memories
  guards: Guards
  /** Where this is, for a library that brings its own driver. */
  address: Address
  close(): Promise<void>
}

interface Address {
  host: string
  port: number
  user: string
  password: string
  database: string
}

export interface DatabaseOptions {
  url?: string
  connection?: Address
  clock: Clock
  log: Log
  /** Null: this process remembers alone. */
  redisUrl?: string | null
  /** All of them, unless a test takes some away. */
  guards?: Guards
  /** Connections at most: `sql` 10 and `critical` 8 unless told. */
  poolMax?: { sql: number; critical: number }
  /** Hears what PostgreSQL remarks; nobody does unless a test wants to see the plans of statements. */
  onNotice?: (message: string) => void
}

const instant = {
  to: 1184,
  from: [1184],
  serialize: (value: Temporal.Instant | string) => String(value),
  parse: (text: string) => Temporal.Instant.from(text.replace(' ', 'T')),
}
const day = {
  to: 1082,
  from: [1082],
  serialize: (value: Temporal.PlainDate | string) => String(value),
  parse: (text: string) => Temporal.PlainDate.from(text),
}
const int8 = {
  to: 20,
  from: [20],
  serialize: String,
  parse: (text: string) => {
    const value = Number(text)
    if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is beyond what a number holds exactly`)
    return value
  },
}

// Nothing in a UUID needs quoting, which the driver's own arrays do element by element; a batch sends a thousand of them.
const uuids = {
  to: 2951,
  from: [2951],
  serialize: (ids: readonly (string | null)[] | string) =>
    typeof ids === 'string' ? ids : `{${ids.map(id => id ?? 'NULL').join(',')}}`,
  parse: (text: string) => (text === '{}' ? [] : text.slice(1, -1).split(',').map(id => (id === 'NULL' ? null : id))),
}

const requestBounds = {
  ...{ lock_timeout: 3000, statement_timeout: 5000 },
  // A process that is paused or cut off in the middle of a transaction keeps its locks no longer than this.
  idle_in_transaction_session_timeout: 10_000,
}

const criticalPlans = {
  // Under SERIALIZABLE a sequential scan conflicts with every write to its table, so even small tables are read by index.
  enable_seqscan: 'off',
  // Every statement has one good plan, whatever its arrays hold: planned once for a connection, never again for a batch.
  plan_cache_mode: 'force_generic_plan',
}

/** PostgreSQL's code for what went wrong (`40001`), and the constraint if one did; both undefined when it was something else. */
export function sqlState(error: unknown): { code?: string; constraint?: string } {
  if (!(error instanceof postgres.PostgresError)) return {}
  return { code: error.code, ...(error.constraint_name ? { constraint: error.constraint_name } : {}) }
}

/** Opens both pools; connections are made when first needed. */
export function openDatabase(options: DatabaseOptions): Database {
  const poolMax = options.poolMax ?? { sql: 10, critical: 8 }
  const address = options.connection ?? urlParts(options.url)
  const pool = (max: number, name: string, session: Record<string, string | number | boolean>): Pool =>
    postgres({
      ...address,
      max,
      types: { instant, day, int8, uuids },
      transform: { column: { from: postgres.toCamel, to: postgres.fromCamel }, undefined: null },
      onnotice: notice => options.onNotice?.(notice['message'] ?? ''),
      // A database that is back must not be left alone for the twenty seconds that the driver would soon wait.
      backoff: attempt => Math.min(0.02 * 2 ** attempt, 0.5),
      connection: { application_name: `fitflow ${name}`, TimeZone: 'UTC', ...session },
    }) as unknown as Pool
  const sql = pool(poolMax.sql, 'general', requestBounds)
  const critical = pool(poolMax.critical, 'critical', { ...requestBounds, ...criticalPlans })
  const memory = openMemories(options.redisUrl ?? null, options)
  // Redis may serve others as well: the database's name says whose changes these are.
  const signals = openSignals(sql, options.log, memory.line && openChannel(memory.line, `changed:{${address.database}}`))
  const close = async () => {
    await signals.close()
    memory.close()
    await Promise.all([sql.end({ timeout: 5 }), critical.end({ timeout: 5 })])
  }
  const { clock, log, guards = allGuards } = options
  return { sql, critical, clock, log, signals, memory, guards, address, close }
}

function urlParts(url: string | undefined): Address {
  if (url === undefined) throw new Error('openDatabase needs a url or a connection')
  const { hostname, port, username, password, pathname } = new URL(url)
  return {
    host: decodeURIComponent(hostname),
    port: Number(port || 5432),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database: decodeURIComponent(pathname.slice(1)),
  }
}

/**
 * A pool on the same database with the driver's own types and the columns' own names, for a library that maps them itself.
 * Whoever opens it ends it.
 */
export function openPlainPool({ address }: Database, max: number): PlainPool {
  return postgres({
    ...address,
    max,
    idle_timeout: 30,
    onnotice: () => {},
    connection: { application_name: 'fitflow auth', TimeZone: 'UTC', ...requestBounds },
  })
}
