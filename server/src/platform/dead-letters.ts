// What consumers, or the broker, gave up: kept with the last reason until somebody lets it be tried again.
import type { DeadLetter, DeadLetterQuery, Resend } from '@fitflow/contract/dead-letters.ts'
import type { Topic } from '@fitflow/contract/events.ts'
import type { Page } from '@fitflow/contract/scalars.ts'
import Type from 'typebox'
import { consuming } from './consumer.ts'
import type { Database } from './db.ts'
import { newId } from './ids.ts'
import { openKeyset, pageSize } from './keyset.ts'
import type { Sql } from './sql.ts'
import { transact, type Tx } from './tx.ts'

export interface GivenUp {
  consumer: string
  eventId: number
  topic: Topic
  occurredAt: Temporal.Instant
  attempts: number
  deadAt: Temporal.Instant
  lastError: string
}

const listedMax = 1000

/** The dead letters, oldest first; at most a thousand. */
export async function listGivenUp({ sql }: Database): Promise<GivenUp[]> {
  return sql<GivenUp[]>`
    select d.consumer, d.event_id, o.topic, o.occurred_at, d.attempts, d.dead_at, coalesce(d.last_error, '') as last_error
    from deliveries d join outbox o on o.id = d.event_id
    where d.dead_at is not null order by d.dead_at, d.event_id limit ${listedMax}`
}

const EventNumber = Type.String({ pattern: '^[0-9]{1,15}$' })
const keyset = openKeyset<[string, string]>(Type.Tuple([Type.String({ maxLength: 100 }), EventNumber]))

/** The same by pages: by consumer, and of each the latest event first. */
export async function givenUpPage(sql: Sql, { consumer, limit = pageSize, cursor }: DeadLetterQuery): Promise<Page<DeadLetter>> {
  const before = keyset.read(cursor)
  const rows = await sql<GivenUp[]>`
    with picked as materialized (
      select consumer, event_id, attempts, dead_at, coalesce(last_error, '') as last_error from deliveries
      where dead_at is not null ${consumer === undefined ? sql`` : sql`and consumer = ${consumer}`}
        ${before === undefined ? sql`` : sql`and (consumer, event_id) < (${before[0]}, ${before[1]}::bigint)`}
      order by consumer desc, event_id desc limit ${limit + 1})
    select p.consumer, p.event_id, o.topic, o.occurred_at, p.attempts, p.dead_at, p.last_error
    from picked p join outbox o on o.id = p.event_id order by p.consumer desc, p.event_id desc`
  const page = keyset.page(rows, limit, row => [row.consumer, String(row.eventId)])
  return { ...page, items: page.items.map(toWire) }
}

function toWire({ lastError: reason, deadAt, occurredAt, ...row }: GivenUp): DeadLetter {
  return { ...row, reason, deadAt: String(deadAt), occurredAt: String(occurredAt) }
}

/** Lets dead letters be tried again from the first attempt on, and notes who wanted it; answers how many. Whoever commits it tells the relays. */
export async function tryAgain(tx: Tx, { consumer, eventId }: Resend): Promise<number> {
  const { sql } = tx
  const rows = await sql`
    update deliveries set attempts = 0, due_at = ${tx.now}, dead_at = null
    where dead_at is not null ${consumer === undefined ? sql`` : sql`and consumer = ${consumer}`}
      ${eventId === undefined ? sql`` : sql`and event_id = ${String(eventId)}::bigint`} returning event_id`
  // It may be about thousands: the asking has an id of its own.
  tx.audit({ entityType: 'resend', entityId: newId(), action: 'asked', details: { consumer: consumer ?? null, eventId: eventId ?? null, count: rows.length } })
  return rows.length
}

/** The same in a transaction of its own, for all or those of one consumer; relays are told. */
export async function resend(db: Database, consumer?: string): Promise<number> {
  const which: Resend = consumer === undefined ? {} : { consumer }
  const count = await transact(db, consuming(), { isolation: 'read committed' }, tx => tryAgain(tx, which))
  db.signals.send({ events: true })
  return count
}
