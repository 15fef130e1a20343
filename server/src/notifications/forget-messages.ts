// Messages that were kept long enough are deleted, in small steps.
import type { Database } from '../platform/db.ts'

const chunkMax = 5000

/** Deletes what is over its time. What still waits to be sent stays until it is settled. */
export async function forgetMessages({ sql, clock }: Database): Promise<void> {
  for (;;) {
    const rows = await sql`
      delete from messages where id = any(array(
        select id from messages where forget_at < ${clock.expression(sql)} and state <> 'waiting' order by forget_at limit ${chunkMax})) returning id`
    if (rows.length < chunkMax) return
  }
}
