// What was sent or given up goes out again because an admin wants it: under the same id, from the first attempt on.
import type { Redelivered, WebhookDelivery } from '@fitflow/contract/webhooks.ts'
import type { WebhookDeliveryId, WebhookId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import type { Tx } from '../platform/tx.ts'
import { queueTest, readDelivery } from './deliveries.ts'
import { lockEndpoint } from './endpoints.ts'

/** Sends one again, whatever became of it; one that waits is due at once. Throws `not-found` and `webhook-paused`. */
export async function redeliverOne(tx: Tx, endpointId: WebhookId, id: WebhookDeliveryId): Promise<WebhookDelivery> {
  await refusePaused(tx, endpointId)
  // Who is sending it right now keeps the lease: nobody sends it beside them.
  const rows = await tx.sql`
    update webhook_deliveries set state = 'waiting', due_at = ${tx.now}, attempts = case state when 'waiting' then attempts else 0 end
    where id = ${id} and endpoint_id = ${endpointId} returning id`
  if (rows.length === 0) throw new Problem('not-found', 'Nothing like that was sent to this webhook.')
  tx.audit({ entityType: 'webhook', entityId: endpointId, action: 'redelivered', details: { deliveryId: id } })
  return readDelivery(tx.sql, id)
}

/** Sends everything again that was given up and is from `since` or later. Throws `not-found` and `webhook-paused`. */
export async function redeliverFailed(tx: Tx, endpointId: WebhookId, since: string): Promise<Redelivered> {
  await refusePaused(tx, endpointId)
  const rows = await tx.sql`
    update webhook_deliveries set state = 'waiting', due_at = ${tx.now}, attempts = 0
    where endpoint_id = ${endpointId} and state = 'failed' and created_at >= ${since}::timestamptz returning id`
  tx.audit({ entityType: 'webhook', entityId: endpointId, action: 'redelivered', details: { since, count: rows.length } })
  return { count: rows.length }
}

/** Sends something to see whether anybody listens. Throws `not-found` and `webhook-paused`. */
export async function sendTest(tx: Tx, endpointId: WebhookId): Promise<WebhookDelivery> {
  await refusePaused(tx, endpointId)
  return queueTest(tx, endpointId)
}

async function refusePaused(tx: Tx, id: WebhookId): Promise<void> {
  const { pausedAt } = await lockEndpoint(tx.sql, id)
  if (pausedAt !== null) throw new Problem('webhook-paused', 'Nothing is sent to this webhook while it is paused. Let it go on first.')
}
