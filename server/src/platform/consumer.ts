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

interface Listener {
  name: string
  topics: readonly Topic[]
  /** The events there is something to do for, asked without a lock; the rest count as handled. */
  concerns(db: Database, events: readonly OutboxEvent[]): Promise<OutboxEvent[]>
  /** Told after the commit that events were handled: whoever does the rest may look now. */
  handled?(): void
}

/** Decides about spots and credits: an event at a time, SERIALIZABLE, under the locks of its class sessions. */
export interface Decider extends Listener {
  /** The class sessions that handling the event will decide about. */
  sessions(db: Database, event: OutboxEvent): Promise<SessionId[]>
  /** Acts on current state; commits together with the note that the event was handled. */
  handle(tx: Tx, event: OutboxEvent, sessions: readonly SessionId[]): Promise<void>
}

/** Writes down what others do something about: many events in one transaction that stands in nobody's way. */
export interface Recorder extends Listener {
  /** Acts on current state, in the order of the events; commits together with the note that they were handled. */
  handleAll(tx: Tx, events: readonly OutboxEvent[]): Promise<void>
}

export type Consumer = Decider | Recorder

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
    countIdle(consumer, idle, now)
  }
  const due = deliveries.filter(one => concerned.has(one.id))
  const groups = 'handleAll' in consumer ? [due] : due.map(one => [one])
  for (const group of groups) await deliverGroup(db, consumer, group)
}

/** Counts as handled what there was nothing to do for. */
export function countIdle({ name }: Consumer, events: readonly Pick<OutboxEvent, 'occurredAt'>[], now: Temporal.Instant): void {
  for (const event of events) countHandled(name, lagSeconds(event, now))
}

async function deliverGroup(db: Database, consumer: Consumer, group: readonly Delivery[]): Promise<void> {
  const [delivery] = group
  if (delivery === undefined) return
  try {
    const now = 'handleAll' in consumer ? await record(db, consumer, group) : await decide(db, consumer, delivery)
    for (const one of group) countHandled(consumer.name, lagSeconds(one, now))
    consumer.handled?.()
  } catch (error) {
    // One event that cannot be handled must not keep the others waiting: alone it shows which it is.
    if (group.length > 1) {
      for (const one of group) await deliverGroup(db, consumer, [one])
      return
    }
    db.log.error(error, `${consumer.name} failed on event ${delivery.id}, ${delivery.topic}`)
    await putBack(db, consumer.name, delivery, error)
  }
}

async function decide(db: Database, consumer: Decider, delivery: Delivery): Promise<Temporal.Instant> {
  const sessions = await consumer.sessions(db, delivery)
  return transact(db, consuming(delivery.traceId), { sessions }, async tx => {
    const fresh = await settle(tx, consumer.name, [delivery])
    if (fresh.has(delivery.id)) await consumer.handle(tx, delivery, sessions)
    return tx.now
  })
}

function record(db: Database, consumer: Recorder, group: readonly Delivery[]): Promise<Temporal.Instant> {
  const traceId = group.length === 1 ? group[0]?.traceId : noTrace
  return transact(db, consuming(traceId), { isolation: 'read committed' }, async tx => {
    const fresh = await settle(tx, consumer.name, group)
    await consumer.handleAll(tx, group.filter(one => fresh.has(one.id)))
    return tx.now
  })
}

const lagSeconds = ({ occurredAt }: Pick<OutboxEvent, 'occurredAt'>, now: Temporal.Instant) => now.since(occurredAt).total('seconds')

/** Takes deliveries off the queue and notes them as handled; answers those that were not handled before. */
async function settle(tx: Tx, consumer: string, events: readonly OutboxEvent[]): Promise<Set<number>> {
  const ids = events.map(event => String(event.id))
  await tx.sql`delete from deliveries where consumer = ${consumer} and event_id = any(${ids}::bigint[])`
  const rows = await tx.sql<{ eventId: number }[]>`
    insert into inbox (consumer, event_id, handled_at)
    select ${consumer}, id, ${tx.now} from unnest(${ids}::bigint[]) as id
    on conflict do nothing returning event_id`
  return new Set(rows.map(row => row.eventId))
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
