// A command with a key takes effect once: its answer is written with the effect and replayed from then on.
import { createHash } from 'node:crypto'
import type { Context } from './context.ts'
import { sqlState, type Database } from './db.ts'
import type { Sql } from './sql.ts'
import type { UserId } from './ids.ts'
import { Problem } from './problem.ts'
import { transact, type Plan, type Tx } from './tx.ts'

/** The key a user sent, and what it was sent with: method, path, query and body. */
export interface Keyed {
  userId: UserId
  key: string
  fingerprint: string
}

/** `body` is JSON text, empty for 204; byte for byte what was answered the first time. */
export interface Answer {
  status: number
  body: string
  replayed: boolean
}

export interface StoredAnswer {
  userId: UserId
  key: string
  fingerprint: string
  status: number
  body: string
}

/** What a use case answers; `stored` replaces the body in the record where it shows a secret once. */
export interface Outcome {
  status: number
  body?: unknown
  stored?: unknown
}

/**
 * Runs a command once for its key. A later call with the same key is answered from the record.
 * Throws `idempotency-key-reused` for another request under the key, `request-in-progress` when the first is still running
 * after two seconds, and whatever `work` throws.
 */
export async function answerOnce<L extends Record<string, PromiseLike<unknown>> = Record<never, never>>(
  db: Database,
  command: { keyed: Keyed; context: Context },
  plan: Plan<L>,
  work: (tx: Tx, locked: { [K in keyof L]: Awaited<L[K]> }) => Promise<Outcome>,
): Promise<Answer> {
  const { keyed, context } = command
  const guarded = {
    ...plan,
    lock: (sql: Sql) => ({
      key: holdKey(sql, keyed),
      record: storedAnswers(sql, [keyed]),
      ...(plan.lock?.(sql) as L),
    }),
  }
  return transact(db, context, guarded, async (tx, locked) => {
    const [record] = locked.record as StoredAnswer[]
    if (record) return replay(record, keyed)
    const outcome = await work(tx, locked as unknown as { [K in keyof L]: Awaited<L[K]> })
    const body = outcome.body === undefined ? '' : JSON.stringify(outcome.body)
    const stored = outcome.stored === undefined ? body : JSON.stringify(outcome.stored)
    await storeAnswers(tx.sql, tx.now, [{ ...keyed, status: outcome.status, body: stored }])
    return { status: outcome.status, body, replayed: false }
  })
}

/** The record as an answer. Throws `idempotency-key-reused` when the request was another one. */
export function replay(record: StoredAnswer, keyed: Keyed): Answer {
  if (record.fingerprint !== keyed.fingerprint) {
    throw new Problem('idempotency-key-reused', 'This key was already used for a different request. Send a new key.')
  }
  return { status: record.status, body: record.body, replayed: true }
}

/** Records of these users' keys, none older than 24 hours (the clean-up sees to that). */
export function storedAnswers(sql: Sql, asked: readonly Pick<Keyed, 'userId' | 'key'>[]) {
  return sql<StoredAnswer[]>`
    select k.user_id, k.key, k.fingerprint, k.status, k.body
    from unnest(${asked.map(keyed => keyed.userId)}::uuid[], ${asked.map(keyed => keyed.key)}::text[]) as a (user_id, key)
    join idempotency_keys k using (user_id, key)`
}

/** Writes answers in the transaction of their effects. */
export function storeAnswers(sql: Sql, now: Temporal.Instant, answers: readonly StoredAnswer[]) {
  return sql`
    insert into idempotency_keys (user_id, key, fingerprint, status, body, created_at)
    select user_id, key, fingerprint, status, body, ${now}
    from unnest(${answers.map(a => a.userId)}::uuid[], ${answers.map(a => a.key)}::text[],
      ${answers.map(a => a.fingerprint)}::text[], ${answers.map(a => a.status)}::smallint[],
      ${answers.map(a => a.body)}::text[]) as a (user_id, key, fingerprint, status, body)`
}

/** The record of one key, if it had an effect within 24 hours. */
export async function storedAnswer(db: Database, userId: UserId, key: string): Promise<StoredAnswer | undefined> {
  const [record] = await storedAnswers(db.sql, [{ userId, key }])
  return record
}

/** Two processes may get one key at once: the second waits here, two seconds at most. */
async function holdKey(sql: Sql, keyed: Keyed): Promise<void> {
  const digest = createHash('sha256').update(`${keyed.userId} ${keyed.key}`).digest()
  const bound = sql`set local lock_timeout = 2000`.execute()
  const wait = sql`select pg_advisory_xact_lock(${digest.readInt32BE(0)}, ${digest.readInt32BE(4)})`.execute()
  const usual = sql`set local lock_timeout = 3000`.execute()
  // Caught to say what waiting too long means here; anything else goes on as it is.
  await Promise.all([bound, wait.then(undefined, stillRunning), usual.then(undefined, afterwards)])
}

function stillRunning(error: unknown): never {
  if (sqlState(error).code === '55P03') {
    throw new Problem('request-in-progress', 'The same request is still being worked on. Ask again in a moment.')
  }
  throw error
}

/** Follows in a transaction that the statement before it has already ended: that one's failure is the one to tell. */
function afterwards(error: unknown): void {
  if (sqlState(error).code !== '25P02') throw error
}
