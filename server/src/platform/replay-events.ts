// Events of a time that has passed, handed to one consumer again: after a fault in it was mended, or for what it did not know then.
import { consuming, type Consumer } from './consumer.ts'
import type { Database } from './db.ts'
import { transact, type Tx } from './tx.ts'

interface Range {
  from: Temporal.Instant
  /** The first instant that is not meant any more. */
  to: Temporal.Instant
}

interface Again extends Range {
  consumer: Pick<Consumer, 'name' | 'topics'>
}

// Few enough that the relays are not kept waiting for their table.
const chunkMax = 1000

/**
 * Queues the consumer's events that occurred in the range, as if it had never handled them; answers how many. It acts on what is true
 * now, so what has its effect already gets none again. What is queued for it anyway is not queued twice; what it gave up is tried again.
 */
export async function replayEvents(db: Database, again: Again): Promise<number> {
  let count = 0
  for (let after = 0; ; ) {
    const ids = await transact(db, consuming(), { isolation: 'read committed' }, tx => queueChunk(tx, again, after))
    count += ids.length
    if (ids.length < chunkMax) break
    after = ids.at(-1) ?? after
  }
  db.signals.send({ events: true })
  return count
}

async function queueChunk(tx: Tx, { consumer: { name, topics }, from, to }: Again, after: number): Promise<number[]> {
  await tx.sql`set local statement_timeout = 0`
  const rows = await tx.sql<{ id: number }[]>`
    with picked as materialized (
      select id from outbox
      where id > ${String(after)}::bigint and topic = any(${[...topics]}::text[])
        and occurred_at >= ${from} and occurred_at < ${to} and handled_at >= ${from}
      order by id limit ${chunkMax}),
    forgotten as (delete from inbox where consumer = ${name} and event_id in (select id from picked)),
    queued as (
      insert into deliveries as d (consumer, event_id, due_at) select ${name}, id, ${tx.now} from picked
      on conflict (consumer, event_id) do update set attempts = 0, due_at = excluded.due_at, dead_at = null where d.dead_at is not null)
    select id from picked order by id`
  return rows.map(row => row.id)
}

/** How many that would be; and since when events are known at all, null when there is none. */
export async function countReplay({ sql }: Database, { consumer, from, to }: Again): Promise<{ count: number; knownSince: Temporal.Instant | null }> {
  const [row] = await sql<[{ count: number; knownSince: Temporal.Instant | null }]>`
    select count(*) filter (where topic = any(${[...consumer.topics]}::text[]) and occurred_at >= ${from} and occurred_at < ${to} and handled_at >= ${from}) as count,
      min(occurred_at) as known_since
    from outbox`
  return row
}
