// What waits to be done in the background, counted from the rows themselves.
import type { Database } from './db.ts'
import type { Backlog } from './metrics-of-work.ts'

/** The backlog of the whole house, whichever process would do it; of the broker only whoever speaks to it knows. */
export async function readBacklog({ sql, clock }: Pick<Database, 'sql' | 'clock'>): Promise<Omit<Backlog, 'broker'>> {
  const now = clock.expression(sql)
  const [pending, due, deliveries] = await Promise.all([
    sql<{ lag: number; count: number }[]>`
      select coalesce(extract(epoch from ${now} - min(occurred_at)), 0)::float8 as lag, count(*)::int as count
      from outbox where handled_at is null`,
    sql<{ lag: number; count: number; failed: number }[]>`
      select coalesce(extract(epoch from ${now} - min(run_at) filter (where attempts < max_attempts)), 0)::float8 as lag,
        count(*) filter (where attempts < max_attempts)::int as count, count(*) filter (where attempts >= max_attempts)::int as failed
      from graphile_worker.jobs where locked_at is null and run_at <= ${now}`,
    sql<{ consumer: string; waiting: number; dead: number }[]>`
      select consumer, count(*) filter (where dead_at is null)::int as waiting, count(dead_at)::int as dead
      from deliveries group by consumer order by consumer`,
  ])
  return {
    outboxLagSeconds: pending[0]?.lag ?? 0,
    eventsPending: pending[0]?.count ?? 0,
    jobLagSeconds: due[0]?.lag ?? 0,
    jobsDue: due[0]?.count ?? 0,
    jobsFailed: due[0]?.failed ?? 0,
    deliveries: [...deliveries],
  }
}
