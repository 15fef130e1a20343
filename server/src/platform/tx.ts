// One use case = one actor, one instant, one transaction. There is no other way to write.
import type { EventFacts, Topic } from '@fitflow/contract/events.ts'
import { announce } from './after-commit.ts'
import type { Context } from './context.ts'
import { letRowsBe } from './guards.ts'
import { sqlState, type Database } from './db.ts'
import type { Connection, Sql } from './sql.ts'
import type { SessionId } from './ids.ts'
import type { Memory } from './memory.ts'
import { countRetry } from './metrics.ts'
import { Problem } from './problem.ts'
import { nothingStaged, stagedWrites, type AuditEntry, type Job, type Staged } from './staged.ts'

export interface Tx extends Context {
  readonly sql: Sql
  /** The instant of this use case, by the database's clock, read after the locks were held. */
  readonly now: Temporal.Instant
  emit<T extends Topic>(topic: T, data: EventFacts[T]): void
  audit(entry: AuditEntry): void
  enqueue(job: Job): void
  /** Sends a write without waiting for it: it travels with the COMMIT, which fails if it does. */
  send(write: PendingWrite): void
  /** What to keep of it where all processes look, once it is committed; lost without harm. */
  afterCommit(keep: (memory: Memory) => Promise<unknown>): void
  /** The same transaction for another actor: a batch carries many. */
  as(context: Context): Tx
}

interface PendingWrite {
  execute(): PromiseLike<unknown>
}

type Locks = Record<string, PromiseLike<unknown>>
type Locked<L extends Locks> = { [K in keyof L]: Awaited<L[K]> }

export interface Plan<L extends Locks> {
  /** Class sessions this will decide about: their advisory locks are taken before BEGIN, so that the snapshot is younger than the wait. */
  sessions?: readonly SessionId[]
  /** SERIALIZABLE for spots, credits and capacity; READ COMMITTED for the rest. */
  isolation?: 'serializable' | 'read committed'
  /** Statements sent together right after BEGIN: row locks in the order of docs/locking.md, then what the decision reads. */
  lock?: (sql: Sql) => L
}

const attemptsMax = 12

/**
 * Runs `work` in one transaction, again on a transient conflict. Throws what `work` throws, after the rollback;
 * `overloaded` when a lock, a statement or the retries run past their bound.
 */
export async function transact<T, L extends Locks = Record<never, never>>(
  db: Database,
  context: Context,
  plan: Plan<L>,
  work: (tx: Tx, locked: Locked<L>) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await attemptOnce(db, context, plan, work)
    } catch (error) {
      const cause = transience(error)
      if (cause === 'none') throw error
      countRetry(cause)
      if (cause === 'bound' || attempt === attemptsMax) throw overloaded(error)
      await pause(attempt)
    }
  }
}

/** Runs `work` on one consistent snapshot that cannot write. */
export async function readOnly<T>(db: Database, context: Context, work: (tx: Tx) => Promise<T>): Promise<T> {
  const connection = await db.sql.reserve()
  try {
    const [, [clock]] = await Promise.all([
      connection`begin isolation level repeatable read read only`,
      readClock(db, connection),
    ])
    const result = await work(makeTx(connection, clock.now, context, nothingStaged()))
    await connection`commit`
    return result
  } catch (error) {
    await leave(connection)
    throw error
  } finally {
    connection.release()
  }
}

/** Reads on one snapshot in one round trip; it locks nothing and writes nothing. */
export async function readTogether<L extends Locks>(db: Database, read: (sql: Sql) => L): Promise<{ values: Locked<L>; now: Temporal.Instant }> {
  const connection = await db.sql.reserve()
  try {
    const begun = connection`begin isolation level repeatable read read only`.execute()
    const asked = read(connection)
    const clock = readClock(db, connection)
    await inOrder([begun, ...Object.values(asked), clock, connection`commit`])
    return { values: await named(asked), now: (await clock)[0].now }
  } catch (error) {
    await leave(connection)
    throw error
  } finally {
    connection.release()
  }
}

async function attemptOnce<T, L extends Locks>(
  db: Database,
  context: Context,
  plan: Plan<L>,
  work: (tx: Tx, locked: Locked<L>) => Promise<T>,
): Promise<T> {
  const { guards } = db
  const connection = await (plan.isolation === 'read committed' ? db.sql : db.critical).reserve()
  const advisory = guards.advisoryLock && Boolean(plan.sessions?.length)
  if (!guards.rowLock) letRowsBe(connection)
  const staged = nothingStaged()
  try {
    const { locked, now } = await open(db, connection, plan)
    const result = await work(makeTx(connection, now, context, staged), locked)
    // Sent together: a statement that fails turns the COMMIT behind it into a rollback.
    await inOrder([
      ...staged.sent,
      ...stagedWrites(connection, now, staged),
      connection`commit`,
      ...(advisory ? [connection`select pg_advisory_unlock_all()`] : []),
    ])
    announce(db, staged)
    return result
  } catch (error) {
    const cause = await causeOf(error, staged)
    await leave(connection)
    throw cause
  } finally {
    connection.release()
  }
}

/** Advisory locks, BEGIN, row locks, reads and the clock: one round trip, in this order. */
async function open<L extends Locks>(db: Database, connection: Connection, plan: Plan<L>) {
  // `execute` sends in the order written here, whatever is awaited first.
  const first: PromiseLike<unknown>[] = []
  if (db.guards.advisoryLock && plan.sessions?.length) first.push(lockAdvisory(connection, plan.sessions).execute())
  first.push(
    plan.isolation === 'read committed' || db.guards.isolation === 'read committed'
      ? connection`begin isolation level read committed`.execute()
      : connection`begin isolation level serializable`.execute(),
  )
  const locks: Locks = plan.lock?.(connection) ?? {}
  const clock = readClock(db, connection)
  await inOrder([...first, ...Object.values(locks), clock])
  return { locked: await named(locks as L), now: (await clock)[0].now }
}

/**
 * Sends them in this order, those that are not sent yet. What follows a failure fails with it, and says only that the transaction
 * has ended: the first that says more is the one to tell, whichever is heard first.
 */
async function inOrder(asked: readonly PromiseLike<unknown>[]): Promise<void> {
  const failed = (await Promise.allSettled(asked)).filter(one => one.status === 'rejected')
  const told = failed.find(one => sqlState(one.reason).code !== '25P02') ?? failed[0]
  if (told) throw told.reason
}

async function named<L extends Locks>(asked: L): Promise<Locked<L>> {
  const values = await Promise.all(Object.values(asked))
  return Object.fromEntries(Object.keys(asked).map((name, at) => [name, values[at]])) as Locked<L>
}

/** A statement may be the first to say that the transaction had already ended: by a write that nobody waited for. */
async function causeOf(error: unknown, { sent }: Staged): Promise<unknown> {
  const failed = (await Promise.allSettled(sent)).find(one => one.status === 'rejected')
  return failed && sqlState(error).code === '25P02' ? failed.reason : error
}

/** Sorted and deduplicated keys, so that two batches over the same sessions never wait for each other in a circle. */
function lockAdvisory(sql: Sql, sessions: readonly SessionId[]) {
  const keys = [...new Set(sessions.map(advisoryKey))].sort((a, b) => (a < b ? -1 : 1)).map(String)
  return sql`select pg_advisory_lock(key) from unnest(${keys}::bigint[]) as key`
}

/** The last 63 bits of a UUID: its random part. */
function advisoryKey(id: string): bigint {
  return BigInt.asIntN(63, BigInt(`0x${id.replaceAll('-', '').slice(16)}`))
}

function readClock(db: Database, sql: Sql) {
  return sql<[{ now: Temporal.Instant }]>`select ${db.clock.expression(sql)} as now`
}

function makeTx(sql: Sql, now: Temporal.Instant, context: Context, staged: Staged): Tx {
  return {
    sql,
    now,
    ...context,
    emit: (topic, data) => void staged.events.push({ topic, data, context }),
    audit: entry => void staged.audits.push({ ...entry, context }),
    enqueue: job => void staged.jobs.push(job),
    send: write => {
      const sent = write.execute()
      // Its failure is heard at the COMMIT; until then nobody waits for it.
      sent.then(undefined, () => {})
      staged.sent.push(sent)
    },
    afterCommit: keep => void staged.kept.push(keep),
    as: other => makeTx(sql, now, other, staged),
  }
}

/** Leaves nothing behind on the connection, whatever state the failure left it in. */
async function leave(connection: Connection): Promise<void> {
  try {
    await Promise.all([connection`rollback`, connection`select pg_advisory_unlock_all()`])
  } catch {
    // The connection is gone, and PostgreSQL has let go of everything with it.
  }
}

function transience(error: unknown): 'conflict' | 'deadlock' | 'bound' | 'none' {
  const { code, constraint } = sqlState(error)
  if (code === '40001') return 'conflict'
  if (code === '40P01') return 'deadlock'
  // A twin in another process committed its answer after this snapshot was taken: run again, and replay it.
  if (code === '23505' && constraint === 'idempotency_keys_pkey') return 'conflict'
  // exclusion_violation by a row that this snapshot did not show: the next attempt sees it, and names it.
  if (code === '23P01') return 'conflict'
  // lock_not_available and query_canceled: the wait ran past lock_timeout or statement_timeout.
  return code === '55P03' || code === '57014' ? 'bound' : 'none'
}

function overloaded(cause: unknown): Problem {
  const problem = new Problem('overloaded', 'Too many people are asking at once. Please try again in a moment.', {
    retryAfterSeconds: 1,
  })
  problem.cause = cause
  return problem
}

/** Full jitter over a doubling window: those who collided do not collide again. */
function pause(attempt: number): Promise<void> {
  const windowMs = Math.min(2 ** attempt, 64)
  return new Promise(resolve => setTimeout(resolve, Math.random() * windowMs))
}
