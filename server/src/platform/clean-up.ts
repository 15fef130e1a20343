// What may be forgotten after its time, and the partitions of the months to come; each hour, by any worker.
import type { Database } from './db.ts'

// A key is replayed for 24 h; events that were handled are kept for a week, for whoever asks what happened.
const chunkMax = 5000

/** Deletes expired keys and long-handled events in small steps, and makes the next months' audit partitions. */
export async function cleanUp(db: Database): Promise<void> {
  while ((await forgetKeys(db)) === chunkMax);
  while ((await forgetEvents(db)) === chunkMax);
  await preparePartitions(db)
}

/** Makes the audit's partitions of this month and the next two; what comes later than that falls into the default one. */
export async function preparePartitions({ sql, clock }: Database): Promise<void> {
  await sql`
    select ensure_audit_partition((${clock.expression(sql)} + make_interval(months => m))::date) from generate_series(0, 2) as m`
}

async function forgetKeys({ sql, clock }: Database): Promise<number> {
  const rows = await sql`
    delete from idempotency_keys where ctid = any(array(
      select ctid from idempotency_keys where created_at < ${clock.expression(sql)} - interval '24 hours' limit ${chunkMax}))
    returning key`
  return rows.length
}

async function forgetEvents({ sql, clock }: Database): Promise<number> {
  const rows = await sql`
    with old as materialized (
      select id from outbox where handled_at < ${clock.expression(sql)} - interval '7 days'
        and not exists (select from deliveries where event_id = outbox.id)
      limit ${chunkMax}),
    noted as (delete from inbox where event_id in (select id from old))
    delete from outbox where id in (select id from old) returning id`
  return rows.length
}
