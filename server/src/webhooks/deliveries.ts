// What is sent to endpoints: one row for each event and endpoint, written before anything leaves, and read by the page of an endpoint.
import type { Topic } from '@fitflow/contract/events.ts'
import { Id, type Page } from '@fitflow/contract/scalars.ts'
import { testTopic, type WebhookDelivery, type WebhookDeliveryQuery } from '@fitflow/contract/webhooks.ts'
import Type from 'typebox'
import { newId, type WebhookDeliveryId, type WebhookId } from '../platform/ids.ts'
import { openKeyset, pageSize } from '../platform/keyset.ts'
import type { Sql } from '../platform/sql.ts'
import type { Tx } from '../platform/tx.ts'

export interface Delivery {
  id: WebhookDeliveryId
  eventId: number | null
  topic: Topic | typeof testTopic
  body: string
  state: WebhookDelivery['state']
  attempts: number
  dueAt: Temporal.Instant
  attemptedAt: Temporal.Instant | null
  deliveredAt: Temporal.Instant | null
  answerStatus: number | null
  answer: string | null
  fault: string | null
  createdAt: Temporal.Instant
}

/** The header `webhook-id`: the event's own id, so that a receiver knows it again; a test has one of its own. */
export function webhookIdOf({ id, eventId }: Pick<Delivery, 'id' | 'eventId'>): string {
  return eventId === null ? id : String(eventId)
}

interface Wanted {
  endpointId: WebhookId
  eventId: number
  topic: Topic
  body: string
}

/** Queues events for endpoints; one that has an event already gets no second delivery of it. */
export async function queueDeliveries(tx: Tx, wanted: readonly Wanted[]): Promise<void> {
  const ids = wanted.map(() => newId<WebhookDeliveryId>())
  await tx.sql`
    insert into webhook_deliveries (id, endpoint_id, event_id, topic, body, due_at, created_at)
    select id, endpoint_id, event_id, topic, body, ${tx.now}, ${tx.now}
    from unnest(${ids}::uuid[], ${wanted.map(one => one.endpointId)}::uuid[], ${wanted.map(one => String(one.eventId))}::bigint[],
      ${wanted.map(one => one.topic)}::text[], ${wanted.map(one => one.body)}::text[]) as d (id, endpoint_id, event_id, topic, body)
    on conflict (endpoint_id, event_id) do nothing`
}

/** Queues a delivery of no event, in the same envelope, and answers it. */
export async function queueTest(tx: Tx, endpointId: WebhookId): Promise<WebhookDelivery> {
  const id = newId<WebhookDeliveryId>()
  const body = JSON.stringify({
    specversion: '1.0',
    id,
    source: '/fitflow',
    type: testTopic,
    time: String(tx.now),
    datacontenttype: 'application/json',
    traceid: tx.traceId,
    data: { webhookId: endpointId },
  })
  await tx.sql`
    insert into webhook_deliveries (id, endpoint_id, topic, body, due_at, created_at)
    values (${id}, ${endpointId}, ${testTopic}, ${body}, ${tx.now}, ${tx.now})`
  tx.audit({ entityType: 'webhook', entityId: endpointId, action: 'tested', details: { deliveryId: id } })
  return readDelivery(tx.sql, id)
}

/** One delivery that is there. */
export async function readDelivery(sql: Sql, id: WebhookDeliveryId): Promise<WebhookDelivery> {
  const [row] = await sql<[Delivery]>`select ${columns(sql)} from webhook_deliveries where id = ${id}`
  return toWire(row)
}

const keyset = openKeyset<[string]>(Type.Tuple([Id]))

/** Those of one endpoint, latest first. */
export async function deliveriesPage(sql: Sql, endpointId: WebhookId, { state, limit = pageSize, cursor }: WebhookDeliveryQuery): Promise<Page<WebhookDelivery>> {
  const [before] = keyset.read(cursor) ?? []
  const rows = await sql<Delivery[]>`
    select ${columns(sql)} from webhook_deliveries
    where endpoint_id = ${endpointId} ${state === undefined ? sql`` : sql`and state = ${state}`} ${before === undefined ? sql`` : sql`and id < ${before}`}
    order by id desc limit ${limit + 1}`
  const page = keyset.page(rows, limit, row => [row.id])
  return { ...page, items: page.items.map(toWire) }
}

const columns = (sql: Sql) => sql`id, event_id, topic, body, state, attempts, due_at, attempted_at, delivered_at, answer_status, answer, fault, created_at`

function toWire(row: Delivery): WebhookDelivery {
  const { id, topic, state, attempts, body, attemptedAt, answerStatus, fault } = row
  return {
    ...{ id, topic, state, attempts, body },
    webhookId: webhookIdOf(row),
    createdAt: String(row.createdAt),
    nextAttemptAt: state === 'waiting' ? String(row.dueAt) : null,
    lastAttemptAt: attemptedAt && String(attemptedAt),
    deliveredAt: row.deliveredAt && String(row.deliveredAt),
    answer: attemptedAt && { status: answerStatus, body: row.answer ?? '', fault },
  }
}
