// What an admin does with an endpoint: makes it, changes it, pauses it, gives it another secret, removes it.
import type { NewWebhook, WebhookChange } from '@fitflow/contract/webhooks.ts'
import { newId, type WebhookId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import type { Secret } from '../platform/secret.ts'
import type { Tx } from '../platform/tx.ts'
import { lockEndpoint, type Endpoint } from './endpoints.ts'
import { seal } from './sealed-secret.ts'
import { newSecret } from './signature.ts'
import { refuseUrl } from './webhook-url.ts'

export interface EndpointRules {
  secret: Secret
  /** Whether this machine itself may be sent to. */
  toLoopback: boolean
}

export interface Told {
  id: WebhookId
  /** Never shown again. */
  secret: string
}

const endpointsMax = 20
/** As long as receivers have to take the new secret. */
const overlapHours = 24

/** Makes an endpoint with a secret of its own. Throws `invalid-request` for an address inside the house, `too-many-webhooks`. */
export async function createEndpoint(tx: Tx, rules: EndpointRules, { url, topics, description = '' }: NewWebhook): Promise<Told> {
  refuseUrl(url, rules)
  const [{ count }] = await tx.sql<[{ count: number }]>`select count(*) from webhook_endpoints`
  if (count >= endpointsMax) throw new Problem('too-many-webhooks', `There are ${endpointsMax} webhooks. Remove one first.`, { max: endpointsMax })
  const [id, secret] = [newId<WebhookId>(), newSecret()]
  await tx.sql`
    insert into webhook_endpoints (id, url, description, topics, secret, created_at, updated_at)
    values (${id}, ${url}, ${description.trim()}, ${topics}::text[], ${seal(rules.secret, secret)}, ${tx.now}, ${tx.now})`
  tx.audit({ entityType: 'webhook', entityId: id, action: 'created', details: { url, topics } })
  return { id, secret }
}

/** Changes what is named; going on again after a pause forgets how long it failed. Throws `not-found` and `invalid-request`. */
export async function changeEndpoint(tx: Tx, rules: EndpointRules, { id, change, refuseStale }: { id: WebhookId; change: WebhookChange; refuseStale(version: number): void }): Promise<void> {
  const was = await lockEndpoint(tx.sql, id)
  refuseStale(was.version)
  const { url = was.url, topics = was.topics, description = was.description, active = was.pausedAt === null } = change
  if (url !== was.url) refuseUrl(url, rules)
  const goesOn = active && was.pausedAt !== null
  const pausedAt = active ? null : (was.pausedAt ?? tx.now)
  await tx.sql`
    update webhook_endpoints set url = ${url}, topics = ${topics}::text[], description = ${description.trim()},
      paused_at = ${pausedAt}, pause_cause = ${active ? null : (was.pauseCause ?? 'asked')},
      failing_since = ${goesOn ? null : was.failingSince}, version = version + 1, updated_at = ${tx.now}
    where id = ${id}`
  const details = { url: { was: was.url, is: url }, topics: { was: was.topics, is: topics }, active: { was: was.pausedAt === null, is: active } }
  tx.audit({ entityType: 'webhook', entityId: id, action: 'changed', details })
}

/** Gives it a new secret; for a day what is sent is signed with both. Throws `not-found` and, while the one before still signs, `webhook-secret-rotating`. */
export async function rotateSecret(tx: Tx, { secret: house }: EndpointRules, id: WebhookId): Promise<Told> {
  refuseRotating(await lockEndpoint(tx.sql, id), tx.now)
  const secret = newSecret()
  const until = tx.now.add({ hours: overlapHours })
  await tx.sql`
    update webhook_endpoints set old_secret = secret, old_secret_until = ${until}, secret = ${seal(house, secret)}, updated_at = ${tx.now}
    where id = ${id}`
  tx.audit({ entityType: 'webhook', entityId: id, action: 'secret-rotated', details: { oldSecretUntil: String(until) } })
  return { id, secret }
}

/** There are two signatures at most: a third secret would end the one that the receiver may still use. */
function refuseRotating({ oldSecretUntil: until }: Pick<Endpoint, 'oldSecretUntil'>, now: Temporal.Instant): void {
  if (until === null || Temporal.Instant.compare(now, until) >= 0) return
  throw new Problem('webhook-secret-rotating', 'The old secret still signs beside the new one. Once it has ended, the secret can be rotated again.', { until: String(until) })
}

/** Takes it away with everything that was or would be sent to it. Throws `not-found`. */
export async function removeEndpoint(tx: Tx, id: WebhookId): Promise<void> {
  const { url } = await lockEndpoint(tx.sql, id)
  await tx.sql`delete from webhook_endpoints where id = ${id}`
  tx.audit({ entityType: 'webhook', entityId: id, action: 'removed', details: { url } })
}
