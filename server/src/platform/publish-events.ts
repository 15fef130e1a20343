// Between the outbox and the broker: what is pending is leased, published, and marked once the broker has it.
import { openLane } from './lane.ts'
import type { Broker, DeadLetter } from './broker.ts'
import { consuming, deliver, type Consumer, type OutboxEvent } from './consumer.ts'
import type { Database } from './db.ts'
import { throughDatabase, type HandOn } from './relay.ts'
import { transact } from './tx.ts'

// Longer than a broker takes to confirm, and than it takes us to notice that it is gone.
const leaseSeconds = 20
const publishMax = 500
const batchMax = 100
const retryMs = 1000

// What a broker has not taken by then goes through the database: events wait seconds for it, never for as long as it is ill.
const patienceSeconds = 3
// A broker that did not confirm is given this long before it is trusted again.
const distrustMs = 15_000

/**
 * Publishes pending events in order. Not in one transaction, which would be as slow as the broker: who dies in between leaves a lease
 * that ends. What waits for too long, because the broker is away or does not confirm, is queued in the database instead.
 */
export function throughBroker(db: Database, broker: Pick<Broker, 'isConnected' | 'publish'>, consumers: readonly Consumer[]): HandOn {
  const instead = throughDatabase(db, consumers, { here: [], ageSeconds: patienceSeconds })
  let trustedAtMs = 0
  const publish = async () => {
    const events = await lease(db)
    if (events.length === 0) return false
    const safe = await broker.publish(events)
    await markHandedOn(db, safe)
    if (safe.length < events.length) {
      db.log.warn({ events: events.length - safe.length }, 'the broker did not take every event; they are handed on again')
      await giveBack(db, events.map(event => event.id).filter(id => !safe.includes(id)))
      if (safe.length === 0) trustedAtMs = db.clock.monotonicMs() + distrustMs
    }
    return events.length === publishMax && safe.length > 0
  }
  return async () => {
    const isMore = broker.isConnected() && db.clock.monotonicMs() >= trustedAtMs && (await publish())
    const queued = await instead()
    return { ...queued, isMore: queued.isMore || isMore }
  }
}

/** Takes from the broker what is meant for a consumer, in batches that form by themselves. */
export function listenTo(db: Database, broker: Pick<Broker, 'subscribe'>, consumer: Consumer, stop: AbortSignal): void {
  const lane = openLane((ids: number[]) => take(db, consumer, ids), { batchMax, queueMax: Number.POSITIVE_INFINITY })
  broker.subscribe(consumer, async id => {
    for (;;) {
      try {
        return await lane.submit(id)
      } catch (error) {
        // The database is away. Given back to the broker the event would come again at once and soon count as deadly.
        if (stop.aborted) throw error
        db.log.error(error, `${consumer.name} could not look at event ${id}`)
        await pause(stop)
      }
    }
  })
}

/** Whether each of these is an event of ours: the message only says which, what happened is read from the outbox. */
async function take(db: Database, consumer: Consumer, ids: readonly number[]): Promise<boolean[]> {
  const events = await db.sql<OutboxEvent[]>`
    select id, topic, data, trace_id, occurred_at from outbox where id = any(${ids.map(String)}::bigint[]) order by id`
  // A queue may still be bound to a topic that its consumer has left.
  const meant = events.filter(event => consumer.topics.includes(event.topic))
  await deliver(db, consumer, meant.map(event => ({ ...event, attempts: 1 })))
  const known = new Set(events.map(event => event.id))
  return ids.map(id => known.has(id))
}

/** Keeps what the broker gave up beside what consumers gave up, where staff see it. */
export async function keepDead(db: Database, { consumer, eventId, reason }: DeadLetter): Promise<void> {
  const rows = await transact(db, consuming(), { isolation: 'read committed' }, tx => tx.sql`
    insert into deliveries (consumer, event_id, due_at, dead_at, last_error)
    select ${consumer}, id, ${tx.now}, ${tx.now}, ${`given up by the broker: ${reason}`} from outbox
    where id = ${String(eventId ?? 0)}::bigint
      and not exists (select from inbox where inbox.consumer = ${consumer} and event_id = outbox.id)
    on conflict do nothing returning event_id`)
  if (rows.length === 0) db.log.warn({ consumer, eventId, reason }, 'a dead letter that is no event of ours, or was handled after all')
}

function lease(db: Database): Promise<OutboxEvent[]> {
  return transact(db, consuming(), { isolation: 'read committed' }, tx => tx.sql<OutboxEvent[]>`
    with picked as materialized (
      select id from outbox where handled_at is null and (leased_until is null or leased_until <= ${tx.now})
      order by id limit ${publishMax} for update skip locked),
    leased as (
      update outbox o set leased_until = ${tx.now.add({ seconds: leaseSeconds })} from picked where o.id = picked.id
      returning o.id, o.topic, o.data, o.trace_id, o.occurred_at)
    select * from leased order by id`)
}

/** Ends the lease of what was not taken. */
async function giveBack(db: Database, ids: readonly number[]): Promise<void> {
  await transact(db, consuming(), { isolation: 'read committed' }, tx => tx.sql`
    update outbox set leased_until = null where id = any(${ids.map(String)}::bigint[]) and handled_at is null`)
}

async function markHandedOn(db: Database, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return
  await transact(db, consuming(), { isolation: 'read committed' }, tx => tx.sql`
    update outbox set handled_at = ${tx.now} where id = any(${ids.map(String)}::bigint[]) and handled_at is null`)
}

function pause(stop: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, retryMs)
    stop.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true })
  })
}
