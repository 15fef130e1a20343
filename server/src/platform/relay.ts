// From the outbox to the consumers in this process: at least once each, with bounded retries, several relays at once.
import type { EventFacts, Topic } from '@fitflow/contract/events.ts'
import type { Database } from './db.ts'
import type { SessionId } from './ids.ts'
import { repeat } from './repeat.ts'
import { transact, type Tx } from './tx.ts'

export interface OutboxEvent<T extends Topic = Topic> {
  id: number
  topic: T
  data: EventFacts[T]
  traceId: string
}

export interface Consumer {
  name: string
  topics: readonly Topic[]
  /** The events there is something to do for, asked without a lock; the rest count as handled. */
  concerns(db: Database, events: readonly OutboxEvent[]): Promise<OutboxEvent[]>
  /** The class sessions that handling the event will decide about. */
  sessions(db: Database, event: OutboxEvent): Promise<SessionId[]>
  /** Acts on current state; commits together with the note that the event was handled. */
  handle(tx: Tx, event: OutboxEvent, sessions: readonly SessionId[]): Promise<void>
}

interface Delivery extends OutboxEvent {
  consumer: string
  attempts: number
}

const handOnMax = 1000
const claimMax = 100
const attemptsMax = 10
const pollMs = 1000
// A consumer that died in the middle is given up after this long, and somebody else handles its event.
const leaseSeconds = 60

const noTrace = '0'.repeat(32)
const acting = (traceId: string) => ({ actor: { userId: null, role: 'system', via: 'consumer' } as const, traceId })

/** Starts handing events on; woken by each commit that staged some, and each second besides. */
export function startRelay(db: Database, consumers: readonly Consumer[]) {
  const round = async () => ((await drainOnce(db, consumers)) ? 'again' : 'later')
  const loop = repeat('the relay', pollMs, db.log, round)
  db.signals.hear(changed => changed.events && loop.wake(), loop.wake)
  return loop
}

/** Hands on and delivers one round of what is due; true when there may be more. */
export async function drainOnce(db: Database, consumers: readonly Consumer[]): Promise<boolean> {
  const handedOn = await handOn(db, consumers)
  const claimed = await claim(db)
  for (const consumer of consumers) {
    await deliver(db, consumer, claimed.filter(delivery => delivery.consumer === consumer.name))
  }
  return handedOn === handOnMax || claimed.length > 0
}

/** Queues each pending event for every consumer of its topic and marks exactly these events as handed on. */
async function handOn(db: Database, consumers: readonly Consumer[]): Promise<number> {
  const wanted = consumers.flatMap(({ name, topics }) => topics.map(topic => ({ name, topic })))
  return transact(db, acting(noTrace), { isolation: 'read committed' }, async tx => {
    const rows = await tx.sql`
      with picked as materialized (
        select id, topic from outbox where handled_at is null order by id limit ${handOnMax} for update skip locked),
      queued as (
        insert into deliveries (consumer, event_id, due_at)
        select w.consumer, picked.id, ${tx.now} from picked
        join unnest(${wanted.map(one => one.name)}::text[], ${wanted.map(one => one.topic)}::text[]) as w (consumer, topic)
          using (topic))
      update outbox o set handled_at = ${tx.now} from picked where o.id = picked.id returning o.id`
    return rows.length
  })
}

/** Takes a lease on what is due, so that another relay leaves it alone. */
function claim(db: Database): Promise<Delivery[]> {
  return transact(db, acting(noTrace), { isolation: 'read committed' }, async tx => {
    const leasedUntil = tx.now.add({ seconds: leaseSeconds })
    return tx.sql<Delivery[]>`
      with picked as materialized (
        select consumer, event_id from deliveries where dead_at is null and due_at <= ${tx.now}
        order by due_at, event_id limit ${claimMax} for update skip locked),
      leased as (
        update deliveries d set due_at = ${leasedUntil}, attempts = attempts + 1 from picked
        where d.consumer = picked.consumer and d.event_id = picked.event_id
        returning d.consumer, d.event_id, d.attempts)
      select leased.consumer, leased.attempts, o.id, o.topic, o.data, o.trace_id
      from leased join outbox o on o.id = leased.event_id order by o.id`
  })
}

async function deliver(db: Database, consumer: Consumer, deliveries: readonly Delivery[]): Promise<void> {
  if (deliveries.length === 0) return
  const concerned = new Set((await consumer.concerns(db, deliveries)).map(event => event.id))
  const idle = deliveries.filter(delivery => !concerned.has(delivery.id))
  if (idle.length > 0) {
    await transact(db, acting(noTrace), { isolation: 'read committed' }, tx => settle(tx, consumer.name, idle))
  }
  for (const delivery of deliveries.filter(one => concerned.has(one.id))) await deliverOne(db, consumer, delivery)
}

async function deliverOne(db: Database, consumer: Consumer, delivery: Delivery): Promise<void> {
  try {
    const sessions = await consumer.sessions(db, delivery)
    await transact(db, acting(delivery.traceId), { sessions }, async tx => {
      const isFirst = (await settle(tx, consumer.name, [delivery])) === 1
      if (isFirst) await consumer.handle(tx, delivery, sessions)
    })
  } catch (error) {
    // One event that cannot be handled must not keep the others waiting.
    db.log.error(error, `${consumer.name} failed on event ${delivery.id}, ${delivery.topic}`)
    await putBack(db, delivery, error)
  }
}

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
async function putBack(db: Database, { consumer, id, attempts }: Delivery, error: unknown): Promise<void> {
  await transact(db, acting(noTrace), { isolation: 'read committed' }, async tx => {
    const dueAt = tx.now.add({ seconds: Math.min(2 ** attempts, 600) })
    const deadAt = attempts >= attemptsMax ? tx.now : null
    await tx.sql`
      update deliveries set due_at = ${dueAt}, dead_at = ${deadAt}, last_error = ${String(error).slice(0, 500)}
      where consumer = ${consumer} and event_id = ${String(id)}::bigint`
  })
}
