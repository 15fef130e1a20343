// What a use case wants written beside its effect: events, audit rows and jobs, each set in one statement.
import type { Topic } from '@fitflow/contract/events.ts'
import type { Sql } from './sql.ts'
import type { Context } from './context.ts'
import type { Memory } from './memory.ts'

export interface AuditEntry {
  /** The table's name in the singular: `booking`, `class_session`. */
  entityType: string
  entityId: string
  /** A verb in the past: `confirmed`, `changed`. */
  action: string
  /** What was and what is; ids and facts, never a person's data. */
  details: Readonly<Record<string, unknown>>
}

export interface Job {
  task: string
  payload: Readonly<Record<string, unknown>>
  /** A second job with the same key replaces the first while it waits. */
  jobKey?: string
  runAt?: Temporal.Instant
}

export interface Staged {
  events: { topic: Topic; data: object; context: Context }[]
  audits: (AuditEntry & { context: Context })[]
  jobs: Job[]
  /** Writes on their way already. */
  sent: PromiseLike<unknown>[]
  /** What to keep beside the database after the commit. */
  kept: ((memory: Memory) => Promise<unknown>)[]
}

/** The beginning of a transaction. */
export function nothingStaged(): Staged {
  return { events: [], audits: [], jobs: [], sent: [], kept: [] }
}

const userOf = ({ context }: { context: Context }) => context.actor.userId
const traceOf = ({ context }: { context: Context }) => context.traceId

/** The statements that write what was staged, sent on `sql` in order. */
export function stagedWrites(sql: Sql, now: Temporal.Instant, { events, audits, jobs }: Omit<Staged, 'sent' | 'kept'>): PromiseLike<unknown>[] {
  const writes: PromiseLike<unknown>[] = []
  if (events.length > 0) {
    writes.push(sql`
      insert into outbox (topic, data, actor_id, trace_id, occurred_at)
      select topic, data::jsonb, actor_id, trace_id, ${now}
      from unnest(${events.map(event => event.topic)}::text[], ${events.map(event => JSON.stringify(event.data))}::text[],
        ${events.map(userOf)}::uuid[], ${events.map(traceOf)}::text[]) as e (topic, data, actor_id, trace_id)`)
  }
  if (audits.length > 0) {
    writes.push(sql`
      insert into audit_log (entity_type, entity_id, action, user_id, "timestamp", trace_id, details)
      select entity_type, entity_id, action, user_id, ${now}, trace_id, details::jsonb
      from unnest(${audits.map(entry => entry.entityType)}::text[], ${audits.map(entry => entry.entityId)}::uuid[],
        ${audits.map(entry => entry.action)}::text[], ${audits.map(userOf)}::uuid[], ${audits.map(traceOf)}::text[],
        ${audits.map(entry => JSON.stringify(entry.details))}::text[])
        as a (entity_type, entity_id, action, user_id, trace_id, details)`)
  }
  for (const job of jobs) {
    // By way of text: to a parameter that is JSON the driver would make a JSON string of it.
    writes.push(sql`
      select graphile_worker.add_job(${job.task}, ${JSON.stringify(job.payload)}::text::json,
        job_key => ${job.jobKey ?? null}, run_at => ${job.runAt ?? null}::timestamptz)`)
  }
  return writes
}
