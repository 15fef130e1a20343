// The limit of careful conventional code: one transaction a request, straight on the database, with prepared statements.
import { randomUUID } from 'node:crypto'
import { systemClock } from '../server/src/platform/clock.ts'
import { openDatabase } from '../server/src/platform/db.ts'
import type { Connection } from '../server/src/platform/sql.ts'
import { newId, type HoldId, type SessionId, type UserId } from '../server/src/platform/ids.ts'
import { openLog } from '../server/src/platform/log.ts'
import { timesOf, type Times } from './figures.ts'

export interface SqlJob {
  kind: 'sql'
  url: string
  connections: number
  sessionIds: readonly SessionId[]
  /** Each takes one spot; the run ends early when all have. */
  userIds: readonly UserId[]
  secondsMax: number
}

export interface SqlResult extends Times {
  seconds: number
  begun: number
  perSecond: number
}

/** Runs the transactions on all connections at once until the time or the members are up. */
export async function runSql(job: SqlJob): Promise<SqlResult> {
  const poolMax = { sql: job.connections, critical: 1 }
  const db = openDatabase({ url: job.url, clock: systemClock, log: openLog('warn'), poolMax })
  const connections = await Promise.all(Array.from({ length: job.connections }, () => db.sql.reserve()))
  try {
    const times: number[] = []
    let begun = 0
    const startedMs = systemClock.monotonicMs()
    const endsMs = startedMs + job.secondsMax * 1000
    const run = async (connection: Connection) => {
      for (let nowMs = startedMs; nowMs < endsMs && begun < job.userIds.length; ) {
        const sentMs = nowMs
        const at = begun++
        await takeSpot(connection, job.sessionIds[at % job.sessionIds.length] as SessionId, job.userIds[at] as UserId)
        nowMs = systemClock.monotonicMs()
        times.push(nowMs - sentMs)
      }
    }
    await Promise.all(connections.map(run))
    const seconds = (systemClock.monotonicMs() - startedMs) / 1000
    return { seconds, begun, perSecond: times.length / seconds, ...timesOf(times) }
  } finally {
    for (const connection of connections) connection.release()
    await db.close()
  }
}

interface Row {
  capacity: number
  taken: number
  startsAt: Temporal.Instant
  endsAt: Temporal.Instant
}

const trace = '0'.repeat(32)

/** The rows of one hold as the product writes them; its event counts as handled, so that no relay works beside this limit. */
async function takeSpot(sql: Connection, sessionId: SessionId, userId: UserId): Promise<void> {
  const holdId = newId<HoldId>()
  const quote = JSON.stringify([{ method: 'membership', membershipId: holdId }])
  await sql`begin`
  const [session] = await sql<Row[]>`
    select capacity, taken, starts_at, ends_at from class_sessions where id = ${sessionId} for update`
  if (!session || session.taken >= session.capacity) throw new Error('the session of this limit has no room')
  await sql`update class_sessions set taken = taken + 1, version = version + 1 where id = ${sessionId}`
  await sql`
    insert into spot_holds (id, session_id, user_id, kind, status, expires_at, quote, settings_version, starts_at, ends_at, created_at)
    values (${holdId}, ${sessionId}, ${userId}, 'public', 'active', now() + interval '1 hour', ${quote}::text::jsonb, 0,
      ${session.startsAt}, ${session.endsAt}, now())`
  const facts = JSON.stringify({ holdId, sessionId, userId, kind: 'public' })
  await sql`
    insert into outbox (topic, data, actor_id, trace_id, occurred_at, handled_at)
    values ('hold.created', ${facts}::text::jsonb, ${userId}, ${trace}, now(), now())`
  await sql`
    insert into audit_log (entity_type, entity_id, action, user_id, "timestamp", trace_id, details)
    values ('hold', ${holdId}, 'created', ${userId}, now(), ${trace}, ${facts}::text::jsonb)`
  await sql`
    insert into idempotency_keys (user_id, key, fingerprint, status, body, created_at)
    values (${userId}, ${randomUUID()}, ${'f'.repeat(43)}, 201, ${facts + quote}, now())`
  await sql`commit`
}
