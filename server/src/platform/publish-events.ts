// Between the outbox and the broker: what is pending is leased, published, and marked once the broker has it.
import { openLane } from './lane.ts'
import { openTrust } from './broker-trust.ts'
import type { Broker, DeadLetter } from './broker.ts'
import { consuming, deliver, type Consumer, type OutboxEvent } from './consumer.ts'
import type { Database } from './db.ts'
import { leaseSeconds, whileLeased, type Lease } from './keep-lease.ts'
import { apartMsOf, throughDatabase, type HandOn } from './relay.ts'
import { transact, type Tx } from './tx.ts'

const publishMax = 500
const batchMax = 100
const retryMs = 1000

// What a broker has not taken by then goes through the database: events wait seconds for it, never for as long as it is ill.
const patienceSeconds = 3

/**
 * Publishes pending events in order. Not in one transaction, which would be as slow as the broker: who dies in between leaves a lease
 * that ends. What waits for too long, because the broker is away, is queued in the database instead; so is everything, at once, while
 * the broker does not take what it is given.
 */
export function throughBroker(db: Database, broker: Pick<Broker, 'isConnected' | 'publish'>, consumers: readonly Consumer[]): HandOn {
  const patiently = throughDatabase(db, consumers, { here: [], ageSeconds: patienceSeconds })
  const atOnce = throughDatabase(db, consumers, { here: [] })
  const trust = openTrust(db, broker)
  const publish = async () => {
    const { events, until } = await lease(db)
    if (events.length === 0) return false
    const ids = events.map(event => String(event.id))
    const safe = await whileLeased(db, until, (tx, kept) => prolong(tx, ids, kept), () => broker.publish(events))
    await markHandedOn(db, safe)
    const left = events.filter(event => !safe.includes(event.id))
    if (left.length > 0) {
      db.log.warn({ events: left.length }, 'the broker did not take every event; they are handed on through the database')
      await giveBack(db, left.map(event => event.id))
      trust.doubt(left)
    }
    return events.length === publishMax
  }
  return async () => {
    const isMore = trust.isGiven() && broker.isConnected() && (await publish())
    const queued = await (trust.isGiven() ? patiently : atOnce)()
    return { ...queued, isMore: queued.isMore || isMore }
  }
}

/** Takes from the broker what is meant for a consumer, in batches that form by themselves. */
export function listenTo(db: Database, broker: Pick<Broker, 'subscribe'>, consumer: Consumer, stop: AbortSignal): void {
  const lane = openLane((ids: number[]) => take(db, consumer, ids), { batchMax, queueMax: Number.POSITIVE_INFINITY, apartMs: apartMsOf(consumer) })
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

function lease(db: Database): Promise<{ events: OutboxEvent[]; until: Temporal.Instant }> {
  return transact(db, consuming(), { isolation: 'read committed' }, async tx => {
    const until = tx.now.add({ seconds: leaseSeconds })
    const events = await tx.sql<OutboxEvent[]>`
      with picked as materialized (
        select id from outbox where handled_at is null and (leased_until is null or leased_until <= ${tx.now})
        order by id limit ${publishMax} for update skip locked),
      leased as (
        update outbox o set leased_until = ${until} from picked where o.id = picked.id
        returning o.id, o.topic, o.data, o.trace_id, o.occurred_at)
      select * from leased order by id`
    return { events: [...events], until }
  })
}

function prolong(tx: Tx, ids: readonly string[], { ends, until }: Lease) {
  return tx.sql`
    update outbox set leased_until = ${until}
    where id = any(${ids}::bigint[]) and handled_at is null and leased_until = any(${ends.map(String)}::timestamptz[])`
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
