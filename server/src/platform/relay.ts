// From the outbox to the consumers: at least once each, with bounded retries, several relays at once.
import type { Topic } from '@fitflow/contract/events.ts'
import { consuming, countIdle, deliver, type Consumer, type Delivery, type OutboxEvent } from './consumer.ts'
import type { Database } from './db.ts'
import { leaseSeconds, whileLeased, type Lease } from './keep-lease.ts'
import { repeat, type Loop } from './repeat.ts'
import { transact, type Tx } from './tx.ts'

interface HandedOn {
  isMore: boolean
  /** What was queued in the database; null when another process does that. */
  topics: readonly Topic[] | null
}

/** Hands one round of pending events on to where their consumers find them. */
export type HandOn = () => Promise<HandedOn>

const handOnMax = 1000
const claimMax = 100
const pollMs = 1000
// In a rush each commit wakes them; rounds so far apart find enough to be worth their transactions.
const relayApartMs = 50
const recordApartMs = 100

/**
 * Starts handing events on, and delivering what waits for `consumers`: each in a loop of its own, so that one with a backlog keeps
 * no other waiting. Woken by each commit that staged some, and each second besides.
 */
export function startRelay(db: Database, consumers: readonly Consumer[], handOn: HandOn): Loop {
  const deliveries = consumers.map(consumer =>
    repeat(`deliveries to ${consumer.name}`, { everyMs: pollMs, apartMs: apartMsOf(consumer) }, db.log, async () => again((await deliverDue(db, consumer)) === claimMax)),
  )
  const relay = repeat('the relay', { everyMs: pollMs, apartMs: relayApartMs }, db.log, async () => {
    const { isMore, topics } = await handOn()
    for (const [at, { topics: awaited }] of consumers.entries()) {
      if (topics === null || awaited.some(topic => topics.includes(topic))) deliveries[at]?.wake()
    }
    return again(isMore)
  })
  db.signals.hear(changed => changed.events && relay.wake(), relay.wake)
  return {
    wake: relay.wake,
    async stop() {
      await relay.stop()
      await Promise.all(deliveries.map(loop => loop.stop()))
    },
  }
}

/** How far apart a consumer takes its events: nobody needs a note of them sooner, but a freed spot is offered at once. */
export const apartMsOf = (consumer: Consumer) => ('handleAll' in consumer ? recordApartMs : 0)

const again = (isMore: boolean) => (isMore ? 'again' : 'later')

/** Hands on and delivers one round of what is due; true when there may be more. Without a broker `handOn` is the queue in the database. */
export async function drainOnce(db: Database, consumers: readonly Consumer[], handOn = throughDatabase(db, consumers)): Promise<boolean> {
  let { isMore } = await handOn()
  for (const consumer of consumers) isMore = (await deliverDue(db, consumer)) > 0 || isMore
  return isMore
}

/** Answers how many there were. */
async function deliverDue(db: Database, consumer: Consumer): Promise<number> {
  const { claimed, until } = await claim(db, consumer.name)
  if (claimed.length === 0) return 0
  const ids = claimed.map(one => String(one.id))
  await whileLeased(db, until, (tx, lease) => prolong(tx, consumer.name, ids, lease), () => deliver(db, consumer, claimed))
  return claimed.length
}

/** What is handled, put back or another's by now is none of these; what is being handled right now is nobody else's anyway. */
function prolong(tx: Tx, consumer: string, ids: readonly string[], { ends, until }: Lease) {
  return tx.sql`
    with own as materialized (
      select event_id from deliveries
      where consumer = ${consumer} and event_id = any(${ids}::bigint[]) and dead_at is null and due_at = any(${ends.map(String)}::timestamptz[])
      order by event_id for update skip locked)
    update deliveries d set due_at = ${until} from own where d.consumer = ${consumer} and d.event_id = own.event_id`
}

/**
 * Queues each pending event that is so old, and that nobody is publishing, for every consumer of its topic, and marks exactly these events
 * as handed on. Consumers that run `here` are asked first: what does not concern them is noted beside the event and not queued.
 */
export function throughDatabase(db: Database, consumers: readonly Consumer[], { here = consumers, ageSeconds = 0 } = {}): HandOn {
  return async () => {
    const pending = await readPending(db, ageSeconds)
    if (pending.length === 0) return { isMore: false, topics: [] }
    const sorted = await Promise.all(consumers.map(async consumer => (here.includes(consumer) ? sort(db, consumer, pending) : unsorted(consumer, pending))))
    const { taken, now } = await transact(db, consuming(), { isolation: 'read committed' }, async tx => ({ taken: await handOnSorted(tx, pending, sorted), now: tx.now }))
    const own = (event: OutboxEvent) => taken.has(event.id)
    for (const { consumer, idle } of sorted) countIdle(consumer, idle.filter(own), now)
    const topics = new Set(sorted.flatMap(({ concerned }) => concerned.filter(own).map(event => event.topic)))
    return { isMore: pending.length === handOnMax, topics: [...topics] }
  }
}

async function readPending({ sql, clock }: Database, ageSeconds: number): Promise<OutboxEvent[]> {
  const now = clock.expression(sql)
  return sql<OutboxEvent[]>`
    select id, topic, data, trace_id, occurred_at from outbox
    where handled_at is null and (leased_until is null or leased_until <= ${now}) and occurred_at <= ${now} - make_interval(secs => ${ageSeconds})
    order by id limit ${handOnMax}`
}

interface Sorted {
  consumer: Consumer
  concerned: OutboxEvent[]
  idle: OutboxEvent[]
}

function unsorted(consumer: Consumer, pending: readonly OutboxEvent[]): Sorted {
  return { consumer, concerned: pending.filter(event => consumer.topics.includes(event.topic)), idle: [] }
}

/** Most events of a rush concern nobody: to ask first costs a statement for all of them, to queue them three rows each for everybody. */
async function sort(db: Database, consumer: Consumer, pending: readonly OutboxEvent[]): Promise<Sorted> {
  const { concerned: meant } = unsorted(consumer, pending)
  try {
    const concerned = meant.length === 0 ? [] : await consumer.concerns(db, meant)
    return { consumer, concerned, idle: meant.filter(event => !concerned.includes(event)) }
  } catch (error) {
    // It is asked again at the delivery, where its fault is its own and no other consumer has to wait.
    db.log.warn(error, `${consumer.name} could not say which events concern it`)
    return unsorted(consumer, pending)
  }
}

/** Answers the events that no other relay had taken meanwhile. */
async function handOnSorted(tx: Tx, pending: readonly OutboxEvent[], sorted: readonly Sorted[]): Promise<Set<number>> {
  const due = sorted.flatMap(one => one.concerned.map(({ id }) => ({ name: one.consumer.name, id: String(id) })))
  const idleOf = namesOfIdle(sorted)
  const rows = await tx.sql<{ id: number }[]>`
    with picked as materialized (
      select o.id, p.idle
      from unnest(${pending.map(event => String(event.id))}::bigint[], ${pending.map(event => idleOf.get(event.id) ?? '{}')}::text[]) as p (id, idle)
      join outbox o using (id)
      where o.handled_at is null and (o.leased_until is null or o.leased_until <= ${tx.now})
      order by o.id for update of o skip locked),
    queued as (
      insert into deliveries (consumer, event_id, due_at)
      select d.consumer, d.event_id, ${tx.now} from unnest(${due.map(one => one.name)}::text[], ${due.map(one => one.id)}::bigint[]) as d (consumer, event_id)
      where d.event_id in (select id from picked) on conflict do nothing)
    update outbox o set handled_at = ${tx.now}, idle = picked.idle::text[] from picked where o.id = picked.id returning o.id`
  return new Set(rows.map(row => row.id))
}

/** Of each event the consumers it does not concern, as PostgreSQL writes a list. */
function namesOfIdle(sorted: readonly Sorted[]): Map<number, string> {
  const names = new Map<number, string[]>()
  for (const { consumer, idle } of sorted) for (const { id } of idle) names.set(id, [...(names.get(id) ?? []), consumer.name])
  return new Map([...names].map(([id, all]) => [id, `{${all.join(',')}}`]))
}

/** Takes a lease on what is due, so that another relay leaves it alone. */
function claim(db: Database, consumer: string): Promise<{ claimed: Delivery[]; until: Temporal.Instant }> {
  return transact(db, consuming(), { isolation: 'read committed' }, async tx => {
    const until = tx.now.add({ seconds: leaseSeconds })
    const claimed = await tx.sql<Delivery[]>`
      with picked as materialized (
        select consumer, event_id from deliveries
        where dead_at is null and due_at <= ${tx.now} and consumer = ${consumer}
        order by due_at, event_id limit ${claimMax} for update skip locked),
      leased as (
        update deliveries d set due_at = ${until}, attempts = attempts + 1 from picked
        where d.consumer = picked.consumer and d.event_id = picked.event_id
        returning d.event_id, d.attempts)
      select leased.attempts, o.id, o.topic, o.data, o.trace_id, o.occurred_at
      from leased join outbox o on o.id = leased.event_id order by o.id`
    return { claimed: [...claimed], until }
  })
}
