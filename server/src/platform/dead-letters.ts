// What consumers, or the broker, gave up: kept with the last reason until somebody lets it be tried again.
import type { Topic } from '@fitflow/contract/events.ts'
import { consuming } from './consumer.ts'
import type { Database } from './db.ts'
import { transact } from './tx.ts'

export interface GivenUp {
  consumer: string
  eventId: number
  topic: Topic
  attempts: number
  deadAt: Temporal.Instant
  lastError: string
}

const listedMax = 1000

/** The dead letters, oldest first; at most a thousand. */
export async function listGivenUp({ sql }: Database): Promise<GivenUp[]> {
  return sql<GivenUp[]>`
    select d.consumer, d.event_id, o.topic, d.attempts, d.dead_at, coalesce(d.last_error, '') as last_error
    from deliveries d join outbox o on o.id = d.event_id
    where d.dead_at is not null order by d.dead_at, d.event_id limit ${listedMax}`
}

/** Lets dead letters be tried again from the first attempt on, all or those of one consumer; answers how many. */
export async function resend(db: Database, consumer?: string): Promise<number> {
  const rows = await transact(db, consuming(), { isolation: 'read committed' }, tx => tx.sql`
    update deliveries set attempts = 0, due_at = ${tx.now}, dead_at = null
    where dead_at is not null and (${consumer ?? null}::text is null or consumer = ${consumer ?? null}) returning event_id`)
  db.signals.send({ events: true })
  return rows.length
}
