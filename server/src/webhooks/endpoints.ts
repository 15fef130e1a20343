// Where a studio's own systems listen: rows of webhook_endpoints, and how an admin sees them.
import type { Topic } from '@fitflow/contract/events.ts'
import type { pauseCauses, Webhook, Webhooks } from '@fitflow/contract/webhooks.ts'
import type { WebhookId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import type { Sql } from '../platform/sql.ts'

export interface Endpoint {
  id: WebhookId
  url: string
  description: string
  topics: Topic[]
  oldSecretUntil: Temporal.Instant | null
  pausedAt: Temporal.Instant | null
  pauseCause: (typeof pauseCauses)[number] | null
  failingSince: Temporal.Instant | null
  lastDeliveredAt: Temporal.Instant | null
  version: number
  createdAt: Temporal.Instant
}

interface Counted extends Endpoint {
  waiting: number
  failed: number
}

/** Locks an endpoint and answers its row. Throws `not-found`. */
export async function lockEndpoint(sql: Sql, id: WebhookId): Promise<Endpoint> {
  const [row] = await sql<Endpoint[]>`
    select id, url, description, topics, old_secret_until, paused_at, pause_cause, failing_since, last_delivered_at, version, created_at
    from webhook_endpoints where id = ${id} for update`
  return found(row)
}

/** One endpoint as an admin sees it. Throws `not-found`. */
export async function readEndpoint(sql: Sql, id: WebhookId): Promise<Webhook> {
  const [row] = await counted(sql, id)
  return toWire(found(row))
}

/** All of them, first made first. */
export async function listEndpoints(sql: Sql): Promise<Webhooks> {
  return { items: (await counted(sql, null)).map(toWire) }
}

/** The ids and topics of every endpoint, for whoever has an event to send. */
export function listeners(sql: Sql) {
  return sql<Pick<Endpoint, 'id' | 'topics'>[]>`select id, topics from webhook_endpoints`
}

function counted(sql: Sql, id: WebhookId | null) {
  return sql<Counted[]>`
    select e.id, url, description, topics, old_secret_until, paused_at, pause_cause, failing_since, last_delivered_at, version, e.created_at,
      (select count(*) from webhook_deliveries d where d.endpoint_id = e.id and d.state = 'waiting') as waiting,
      (select count(*) from webhook_deliveries d where d.endpoint_id = e.id and d.state = 'failed') as failed
    from webhook_endpoints e where ${id}::uuid is null or e.id = ${id} order by e.id`
}

function found<T>(row: T | undefined): T {
  if (!row) throw new Problem('not-found', 'There is no such webhook.')
  return row
}

function toWire(row: Counted): Webhook {
  const { id, url, description, topics, waiting, failed, version, pausedAt, pauseCause } = row
  return {
    ...{ id, url, description, topics, waiting, failed, version },
    paused: pausedAt && pauseCause ? { at: String(pausedAt), cause: pauseCause } : null,
    failingSince: textOf(row.failingSince),
    lastDeliveredAt: textOf(row.lastDeliveredAt),
    oldSecretUntil: textOf(row.oldSecretUntil),
    createdAt: String(row.createdAt),
  }
}

const textOf = (instant: Temporal.Instant | null) => instant && String(instant)
