// The limit of careful conventional code: one transaction a request, straight on the database, with prepared statements.
import { randomUUID } from 'node:crypto'
import { systemClock } from '../server/src/platform/clock.ts'
import { newId, type HoldId, type SessionId, type UserId } from '../server/src/platform/ids.ts'
import { timesOf, type Times } from './figures.ts'
import { openPgLine, type PgAddress, type PgLine } from './pg-line.ts'

export interface SqlJob {
  kind: 'sql'
  address: PgAddress
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
  const lines = await Promise.all(Array.from({ length: job.connections }, () => openPgLine(job.address, statements)))
  const times: number[] = []
  let begun = 0
  const startedMs = systemClock.monotonicMs()
  const endsMs = startedMs + job.secondsMax * 1000
  const run = async (line: PgLine) => {
    for (let nowMs = startedMs; nowMs < endsMs && begun < job.userIds.length; ) {
      const sentMs = nowMs
      const at = begun++
      await takeSpot(line, job.sessionIds[at % job.sessionIds.length] as SessionId, job.userIds[at] as UserId)
      nowMs = systemClock.monotonicMs()
      times.push(nowMs - sentMs)
    }
  }
  await Promise.all(lines.map(run))
  const seconds = (systemClock.monotonicMs() - startedMs) / 1000
  for (const line of lines) line.close()
  return { seconds, begun, perSecond: times.length / seconds, ...timesOf(times) }
}

// The rows of one hold as the product writes them; its event counts as handled, so that no relay works beside this limit.
const statements = {
  begin: 'begin',
  lock: 'select capacity, taken, starts_at, ends_at from class_sessions where id = $1 and taken < capacity for update',
  count: 'update class_sessions set taken = taken + 1, version = version + 1 where id = $1',
  hold: `insert into spot_holds (id, session_id, user_id, kind, status, expires_at, quote, settings_version, starts_at, ends_at, created_at)
    select $1, s.id, $3, 'public', 'active', now() + interval '1 hour', $4, 0, s.starts_at, s.ends_at, now() from class_sessions s where s.id = $2`,
  event: `insert into outbox (topic, data, actor_id, trace_id, occurred_at, handled_at)
    values ('hold.created', $1, $2, $3, now(), now())`,
  audit: `insert into audit_log (entity_type, entity_id, action, user_id, "timestamp", trace_id, details)
    values ('hold', $1, 'created', $2, now(), $3, $4)`,
  answer: `insert into idempotency_keys (user_id, key, fingerprint, status, body, created_at)
    values ($1, $2, $3, 201, $4, now())`,
  commit: 'commit',
}

const trace = '0'.repeat(32)
const fingerprint = 'f'.repeat(43)

async function takeSpot(line: PgLine, sessionId: SessionId, userId: UserId): Promise<void> {
  const holdId = newId<HoldId>()
  const quote = JSON.stringify([{ method: 'membership', membershipId: holdId }])
  const facts = JSON.stringify({ holdId, sessionId, userId, kind: 'public' })
  await line.run('begin')
  if ((await line.run('lock', [sessionId])) !== 1) throw new Error('the session of this limit has no room')
  await line.run('count', [sessionId])
  await line.run('hold', [holdId, sessionId, userId, quote])
  await line.run('event', [facts, userId, trace])
  await line.run('audit', [holdId, userId, trace, facts])
  await line.run('answer', [userId, randomUUID(), fingerprint, facts + quote])
  await line.run('commit')
}
