// Rows of push_subscriptions: the devices on which people want to be told.
import type { NewPushSubscription, PushSubscription } from '@fitflow/contract/push.ts'
import type { UserId } from '../platform/ids.ts'
import { hostOf } from '../platform/post.ts'
import { isHere, isInside } from '../platform/public-address.ts'
import type { Sql } from '../platform/sql.ts'
import { malformed } from '../platform/shape.ts'
import type { Tx } from '../platform/tx.ts'
import type { PushAddress } from './push-channel.ts'
import { isPublicKey } from './vapid-keys.ts'

interface Row {
  id: string
  endpoint: string
  createdAt: Temporal.Instant
}

// Somebody's telephone, tablet and desk, and the browsers they gave up; the oldest makes room.
const perPersonMax = 10

/** Whose devices these are. */
export async function subscriptionsOf(sql: Sql, userId: UserId): Promise<PushSubscription[]> {
  return (await sql<Row[]>`select id, endpoint, created_at from push_subscriptions where user_id = ${userId} order by created_at desc, id desc`).map(toWire)
}

/** Keeps a device's subscription; it belongs to whoever asked last, as a device shows what its user is told. Throws `invalid-request`. */
export async function putSubscription(tx: Tx, userId: UserId, wish: { subscription: NewPushSubscription; applicationKey: string; toLoopback: boolean }): Promise<PushSubscription> {
  const { subscription, applicationKey, toLoopback } = wish
  refuseUnusable(subscription, toLoopback)
  const { endpoint, keys } = subscription
  const [row] = await tx.sql<[Row]>`
    insert into push_subscriptions (user_id, endpoint, p256dh, auth, application_key, created_at)
    values (${userId}, ${endpoint}, ${keys.p256dh}, ${keys.auth}, ${applicationKey}, ${tx.now})
    on conflict (endpoint) do update set user_id = excluded.user_id, p256dh = excluded.p256dh, auth = excluded.auth, application_key = excluded.application_key
    returning id, endpoint, created_at`
  await tx.sql`
    delete from push_subscriptions where id in (
      select id from push_subscriptions where user_id = ${userId} and id <> ${row.id} order by created_at desc, id desc offset ${perPersonMax - 1})`
  return toWire(row)
}

/** Forgets one of somebody's devices; answers whether there was one. */
export async function deleteSubscription(sql: Sql, userId: UserId, id: string): Promise<boolean> {
  return (await sql`delete from push_subscriptions where id = ${id} and user_id = ${userId} returning id`).length === 1
}

/** Forgets what its push service no longer knows. */
export async function forgetEndpoint(sql: Sql, endpoint: string): Promise<void> {
  await sql`delete from push_subscriptions where endpoint = ${endpoint}`
}

/** Where these people are reached, by whoever signs with this key. */
export async function pushAddresses(sql: Sql, userIds: readonly UserId[], applicationKey: string): Promise<Map<UserId, string[]>> {
  const rows = await sql<{ userId: UserId; endpoint: string; p256dh: string; auth: string }[]>`
    select user_id, endpoint, p256dh, auth from push_subscriptions where user_id = any(${userIds}::uuid[]) and application_key = ${applicationKey}`
  const found = new Map<UserId, string[]>()
  for (const { userId, endpoint, p256dh, auth } of rows) {
    const address: PushAddress = { endpoint, keys: { p256dh, auth } }
    found.set(userId, [...(found.get(userId) ?? []), JSON.stringify(address)])
  }
  return found
}

function refuseUnusable({ endpoint, keys }: NewPushSubscription, toLoopback: boolean): void {
  const why = whyNot(URL.parse(endpoint), toLoopback)
  if (why !== undefined) throw refused('endpoint', why)
  if (!isPublicKey(keys.p256dh)) throw refused('keys/p256dh', 'must be a point of P-256 in base64url')
  if (Buffer.from(keys.auth, 'base64url').length !== 16) throw refused('keys/auth', 'must be 16 bytes in base64url')
}

/** Where a name leads is judged when it is connected to: what is public now may not be then. */
function whyNot(url: URL | null, toLoopback: boolean): string | undefined {
  const wrong = 'must be an https address of a push service'
  if (url === null || !/^https?:$/.test(url.protocol) || url.username || url.password) return wrong
  const host = hostOf(url)
  if (isHere(host) && toLoopback) return undefined
  if (url.protocol === 'http:') return wrong
  return isInside(host) ? 'must be an address on the public internet' : undefined
}

const refused = (path: string, message: string) => malformed([{ path: `body/${path}`, message }])
const toWire = ({ id, endpoint, createdAt }: Row): PushSubscription => ({ id, service: new URL(endpoint).hostname, createdAt: createdAt.toString() })
