// What listens to events, and how an event takes effect once: a note in the inbox beside the effect, and a queue for what failed.
import type { EventFacts, Topic } from '@fitflow/contract/events.ts'
import type { Context } from './context.ts'
import type { Database } from './db.ts'
import type { SessionId } from './ids.ts'
import { countEventFailure, countHandled } from './metrics-of-work.ts'
import { transact, type Tx } from './tx.ts'

export interface OutboxEvent<T extends Topic = Topic> {
  id: number
  topic: T
  data: EventFacts[T]
  traceId: string
  occurredAt: Temporal.Instant
}

export interface Consumer {
  name: string
  topics: readonly Topic[]
  /** SERIALIZABLE unless told: whoever decides nothing about spots and credits need not stand in the way of those who do. */
  isolation?: 'read committed'
  /** The events there is something to do for, asked without a lock; the rest count as handled. */
  concerns(db: Database, events: readonly OutboxEvent[]): Promise<OutboxEvent[]>
  /** The class sessions that handling the event will decide about. */
  sessions(db: Database, event: OutboxEvent): Promise<SessionId[]>
  /** Acts on current state; commits together with the note that the event was handled. */
  handle(tx: Tx, event: OutboxEvent, sessions: readonly SessionId[]): Promise<void>
  /** Told after the commit that events were handled: whoever does the rest may look now. */
  handled?(): void
}

/** An event on its way to a consumer; `attempts` counts this one. */
export interface Delivery extends OutboxEvent {
  attempts: number
}

const attemptsMax = 10
const pauseSecondsMax = 600

const noTrace = '0'.repeat(32)

/** Who acts when an event sets something off. */
export const consuming = (traceId = noTrace): Context => ({ actor: { userId: null, role: 'system', via: 'consumer' }, traceId })

/** Gives a consumer its events. One that fails is put back for later and keeps no other waiting; throws only when nothing can be asked at all. */
export async function deliver(db: Database, consumer: Consumer, deliveries: readonly Delivery[]): Promise<void> {
  if (deliveries.length === 0) return
  const concerned = new Set((await consumer.concerns(db, deliveries)).map(event => event.id))
  const idle = deliveries.filter(delivery => !concerned.has(delivery.id))
  if (idle.length > 0) {
    const now = await transact(db, consuming(), { isolation: 'read committed' }, tx => settle(tx, consumer.name, idle).then(() => tx.now))
    for (const event of idle) countHandled(consumer.name, lagSeconds(event, now))
  }
  for (const delivery of deliveries.filter(one => concerned.has(one.id))) await deliverOne(db, consumer, delivery)
}

async function deliverOne(db: Database, consumer: Consumer, delivery: Delivery): Promise<void> {
  try {
    const sessions = await consumer.sessions(db, delivery)
    const plan = { sessions, ...(consumer.isolation ? { isolation: consumer.isolation } : {}) }
    const now = await transact(db, consuming(delivery.traceId), plan, async tx => {
      const isFirst = (await settle(tx, consumer.name, [delivery])) === 1
      if (isFirst) await consumer.handle(tx, delivery, sessions)
      return tx.now
    })
    countHandled(consumer.name, lagSeconds(delivery, now))
    consumer.handled?.()
  } catch (error) {
    // One event that cannot be handled must not keep the others waiting.
    db.log.error(error, `${consumer.name} failed on event ${delivery.id}, ${delivery.topic}`)
    await putBack(db, consumer.name, delivery, error)
  }
}

const lagSeconds = ({ occurredAt }: OutboxEvent, now: Temporal.Instant) => now.since(occurredAt).total('seconds')

/** Takes deliveries off the queue and notes them as handled; answers how many were not handled before. */
async function settle(tx: Tx, consumer: string, events: readonly OutboxEvent[]): Promise<number> {
  const ids = events.map(event => String(event.id))
  await tx.sql`delete from deliveries where consumer = ${consumer} and event_id = any(${ids}::bigint[])`
  const rows = await tx.sql`
    insert into inbox (consumer, event_id, handled_at)
    select ${consumer}, id, ${tx.now} from unnest(${ids}::bigint[]) as id
    on conflict do nothing returning event_id`
  return rows.length
}

/** Due again after a doubling wait; past the last attempt it is dead and stays for staff to see. */
async function putBack(db: Database, consumer: string, { id, attempts }: Delivery, error: unknown): Promise<void> {
  countEventFailure(consumer, attempts >= attemptsMax ? 'dead' : 'put back')
  await transact(db, consuming(), { isolation: 'read committed' }, async tx => {
    const dueAt = tx.now.add({ seconds: Math.min(2 ** attempts, pauseSecondsMax) })
    const deadAt = attempts >= attemptsMax ? tx.now : null
    // The broker's deliveries come to this queue only now.
    await tx.sql`
      insert into deliveries as d (consumer, event_id, attempts, due_at, dead_at, last_error)
      values (${consumer}, ${String(id)}::bigint, ${attempts}, ${dueAt}, ${deadAt}, ${String(error).slice(0, 500)})
      on conflict (consumer, event_id) do update
      set attempts = excluded.attempts, due_at = excluded.due_at, dead_at = excluded.dead_at, last_error = excluded.last_error`
  })
}
