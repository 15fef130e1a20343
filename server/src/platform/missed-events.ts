// What a broker lost: events that were handed on, and that a consumer neither handled nor put back.
import { consuming, type Consumer } from './consumer.ts'
import type { Database } from './db.ts'
import { transact } from './tx.ts'

// Less may still be on its way; twice is no harm, but work.
const missedAfter = '10 minutes'
const lookedBack = '24 hours'
const queuedMax = 1000

/**
 * Queues in the database what has not reached a consumer ten minutes after it was handed on; answers how many deliveries.
 * A consumer is owed nothing that was announced before the first event it ever handled.
 */
export async function queueMissed(db: Database, consumers: readonly Pick<Consumer, 'name' | 'topics'>[]): Promise<number> {
  const owed = consumers.flatMap(({ name, topics }) => topics.map(topic => ({ name, topic })))
  const rows = await transact(db, consuming(), { isolation: 'read committed' }, tx => tx.sql`
    insert into deliveries (consumer, event_id, due_at)
    select owed.consumer, o.id, ${tx.now}
    from unnest(${owed.map(one => one.name)}::text[], ${owed.map(one => one.topic)}::text[]) as owed (consumer, topic)
    join outbox o on o.topic = owed.topic
    where o.handled_at > ${tx.now}::timestamptz - ${lookedBack}::interval and o.handled_at <= ${tx.now}::timestamptz - ${missedAfter}::interval
      and o.id > (select min(event_id) from inbox where inbox.consumer = owed.consumer)
      and owed.consumer <> all (o.idle)
      and not exists (select from inbox where inbox.consumer = owed.consumer and inbox.event_id = o.id)
      and not exists (select from deliveries d where d.consumer = owed.consumer and d.event_id = o.id)
    order by o.id limit ${queuedMax}
    on conflict do nothing returning event_id`)
  if (rows.length > 0) db.log.warn({ deliveries: rows.length }, 'events did not reach their consumers by the broker, and were queued in the database')
  return rows.length
}
