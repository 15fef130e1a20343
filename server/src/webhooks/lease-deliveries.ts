// Taking what is due so that nobody else sends it meanwhile, and writing down what came of it.
import type { Context } from '../platform/context.ts'
import type { Database } from '../platform/db.ts'
import type { WebhookId } from '../platform/ids.ts'
import { newTraceId } from '../platform/trace.ts'
import { transact, type Tx } from '../platform/tx.ts'
import type { Delivery } from './deliveries.ts'
import type { Posted } from '../platform/post.ts'
import { failingDaysMax, pauseAfter, verdictOf } from './retry.rule.ts'

export interface Leased extends Pick<Delivery, 'id' | 'eventId' | 'body' | 'attempts'> {
  endpointId: WebhookId
  url: string
  secret: string
  /** Only while it still signs. */
  oldSecret: string | null
  leasedUntil: Temporal.Instant
  /** The instant of the attempt. */
  now: Temporal.Instant
}

// Longer than an attempt can take: a sender that died leaves a lease that ends.
const leaseSeconds = 60

const sending = (): Context => ({ actor: { userId: null, role: 'system', via: 'job' }, traceId: newTraceId() })

/** Leases what is due: of each endpoint no more than are free. One that is paused gets nothing. */
export function lease(db: Database, free: { each: number; busy: ReadonlyMap<WebhookId, number> }): Promise<Leased[]> {
  const busy = [...free.busy]
  return transact(db, sending(), { isolation: 'read committed' }, async tx => {
    const leasedUntil = tx.now.add({ seconds: leaseSeconds })
    const rows = await tx.sql<Omit<Leased, 'now'>[]>`
      with picked as materialized (
        select d.id, e.url, e.secret, case when e.old_secret_until > ${tx.now} then e.old_secret end as old_secret
        from webhook_endpoints e
        left join unnest(${busy.map(([id]) => id)}::uuid[], ${busy.map(([, count]) => count)}::integer[]) as b (id, count) on b.id = e.id
        cross join lateral (
          select id from webhook_deliveries
          where endpoint_id = e.id and state = 'waiting' and due_at <= ${tx.now} and (leased_until is null or leased_until <= ${tx.now})
          order by due_at, id limit greatest(0, ${free.each}::integer - coalesce(b.count, 0)) for update skip locked) d
        where e.paused_at is null)
      update webhook_deliveries d set leased_until = ${leasedUntil}, attempts = attempts + 1, attempted_at = ${tx.now}
      from picked where d.id = picked.id
      returning d.id, d.endpoint_id, d.event_id, d.body, d.attempts, d.leased_until, picked.url, picked.secret, picked.old_secret`
    return rows.map(row => ({ ...row, now: tx.now }))
  })
}

/** What came of an attempt: an answer, or in words why there was none. */
export type Outcome = Posted | { fault: string }

/** Writes down how an attempt ended, unless its lease has ended and somebody else has it. */
export async function settle(db: Database, leased: Leased, outcome: Outcome): Promise<void> {
  await transact(db, sending(), { isolation: 'read committed' }, async tx => {
    const verdict = 'fault' in outcome ? 'refused' : verdictOf(outcome.status)
    const wait = verdict === 'gone' ? null : pauseAfter(leased.attempts, Math.random())
    const state = verdict === 'delivered' ? 'delivered' : wait === null ? 'failed' : 'waiting'
    const { status, body, fault } = 'fault' in outcome ? { status: null, body: null, ...outcome } : { ...outcome, fault: null }
    const rows = await tx.sql`
      update webhook_deliveries set state = ${state}, leased_until = null, due_at = ${tx.now.add({ milliseconds: wait ?? 0 })},
        delivered_at = case when ${state} = 'delivered' then ${tx.now}::timestamptz else delivered_at end,
        answer_status = ${status}, answer = ${body}, fault = ${fault}
      where id = ${leased.id} and leased_until = ${leased.leasedUntil} returning id`
    if (rows.length === 0) return
    await (verdict === 'delivered' ? noteDelivered(tx, leased.endpointId) : noteFailed(tx, db, leased, verdict))
  })
}

/** To the minute: a row that every delivery of an endpoint writes would make them wait for each other. */
async function noteDelivered(tx: Tx, id: WebhookId): Promise<void> {
  await tx.sql`
    update webhook_endpoints set failing_since = null, last_delivered_at = ${tx.now}
    where id = ${id} and (failing_since is not null or last_delivered_at is null or last_delivered_at < ${tx.now}::timestamptz - interval '1 minute')`
}

async function noteFailed(tx: Tx, db: Database, { endpointId }: Leased, verdict: 'refused' | 'gone'): Promise<void> {
  await tx.sql`update webhook_endpoints set failing_since = ${tx.now} where id = ${endpointId} and failing_since is null`
  const since = tx.now.subtract({ hours: failingDaysMax * 24 })
  const cause = verdict === 'gone' ? 'gone' : 'failing'
  const [paused] = await tx.sql<{ url: string }[]>`
    update webhook_endpoints set paused_at = ${tx.now}, pause_cause = ${cause}, version = version + 1, updated_at = ${tx.now}
    where id = ${endpointId} and paused_at is null and (${cause} = 'gone' or failing_since <= ${since}) returning url`
  if (!paused) return
  tx.emit('webhook.paused', { webhookId: endpointId, host: new URL(paused.url).host, cause })
  tx.audit({ entityType: 'webhook', entityId: endpointId, action: 'paused', details: { cause } })
  db.log.warn({ webhook: endpointId, cause }, 'a webhook was paused: its receiver takes nothing')
}
