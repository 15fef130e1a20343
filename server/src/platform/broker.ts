// RabbitMQ: one topic exchange for every event, one quorum queue for each consumer, one for what the broker gave up.
import type { Topic } from '@fitflow/contract/events.ts'
import { Connection, ConsumerStatus, type AsyncMessage, type Consumer, type ConsumerProps, type Publisher, type PublisherProps } from 'rabbitmq-client'
import { cloudEventType, envelopeOf, eventIdIn } from './cloud-event.ts'
import type { OutboxEvent } from './consumer.ts'
import { healQueue, wordsOf } from './heal-queue.ts'
import type { Log } from './log.ts'

/** A consumer as the broker knows it: the name of its queue and what it is bound to. */
export interface Listener {
  name: string
  topics: readonly Topic[]
}

export interface DeadLetter {
  consumer: string
  eventId: number | undefined
  reason: string
}

export interface Broker {
  /** Whether there is a connection now; it comes back by itself. */
  isConnected(): boolean
  /** Calls back at each new connection. */
  hearConnected(listener: () => void): void
  /** Publishes in order; answers the ids of those that the broker has on disk, in the queues of all that listen. */
  publish(events: readonly OutboxEvent[]): Promise<number[]>
  /** Begins to give a listener its events; `false` sends one to the dead letters. */
  subscribe(listener: Listener, take: (eventId: number) => Promise<boolean>): void
  /** Begins to hand over what the broker gave up, with its reason. */
  hearDead(take: (letter: DeadLetter) => Promise<void>): void
  /** How many events wait in the queue of each listener; of a queue that does not answer nothing is said. */
  depths(): Promise<{ consumer: string; waiting: number }[]>
  /** Ends what is under way; what was not acknowledged goes to somebody else. */
  close(): Promise<void>
}

const eventsExchange = 'fitflow.events'
const deadName = 'fitflow.dead'
const queueOf = (name: string) => `fitflow.${name}`

// What a consumer has in hand at most; the rest is for its twins in other processes.
// Enough that the next batch is full while one is under way.
const prefetchMax = 300
// A message whose consumer died this often in the middle is dead: one that kills processes must not go round for ever.
const deliveriesMax = 20

// A broker that is gone is looked for again each second or so; a cut wire is noticed within ten.
const timing = { retryLow: 200, retryHigh: 2000, connectionTimeout: 4000, acquireTimeout: 4000, heartbeat: 5 }
const closingMs = 5000
// A queue without a majority never confirms; its events wait for no longer than this until they go another way.
const confirmMs = 3000

type Queue = NonNullable<PublisherProps['queues']>[number] & { queue: string }
type Binding = NonNullable<ConsumerProps['queueBindings']>[number]

const events = { exchange: eventsExchange, type: 'topic', durable: true }
const dead = { exchange: deadName, type: 'fanout', durable: true }
const deadQueue: Queue = { queue: deadName, durable: true, arguments: { 'x-queue-type': 'quorum' } }
const deadBinding = { queue: deadName, exchange: deadName }

function queueFor({ name }: Listener): Queue {
  return {
    queue: queueOf(name),
    durable: true,
    arguments: {
      'x-queue-type': 'quorum',
      'x-delivery-limit': deliveriesMax,
      'x-dead-letter-exchange': deadName,
      // A dead letter leaves its queue only when the next one has it; RabbitMQ asks for this overflow with it.
      'x-dead-letter-strategy': 'at-least-once',
      'x-overflow': 'reject-publish',
    },
  }
}

const bindingsOf = (listener: Listener) =>
  listener.topics.map(topic => ({ queue: queueOf(listener.name), exchange: eventsExchange, routingKey: topic }))

/** Connects, and again whenever the connection is lost. `listeners` are all there are, also those that other processes run: each has its queue before the first event is published. */
export function openBroker(url: string, log: Log, listeners: readonly Listener[]): Broker {
  const connection = new Connection({ url, connectionName: 'fitflow', ...timing })
  const closers: { close(): Promise<void> }[] = []
  connection.on('connection', () => log.info('connected to the broker'))
  connection.on('error', (error: Error) => log.warn({ error: wordsOf(error) }, 'the broker is away'))
  const consume = (queue: Queue, queueBindings: Binding[], take: (message: AsyncMessage) => Promise<ConsumerStatus>) => {
    const qos = { prefetchCount: prefetchMax }
    const consumer = connection.createConsumer({ queue: queue.queue, queueOptions: queue, exchanges: [events, dead], queueBindings, qos }, take)
    closers.push({ close: healQueue({ connection, consumer, queue: queue.queue, log }) })
    sayOnce(consumer, error => log.warn({ queue: queue.queue, error: wordsOf(error) }, 'a queue of the broker is away'))
    closers.push(consumer)
  }
  const outlet = openOutlet(connection, listeners)
  return {
    isConnected: () => connection.ready,
    hearConnected: listener => void connection.on('connection', listener),
    publish: outlet.publish,
    subscribe(listener, take) {
      consume(queueFor(listener), bindingsOf(listener), async ({ body }) => {
        const id = eventIdIn(body)
        return id !== undefined && (await take(id)) ? ConsumerStatus.ACK : ConsumerStatus.DROP
      })
    },
    hearDead(take) {
      consume(deadQueue, [deadBinding], async message => {
        await take(deadLetterIn(message))
        return ConsumerStatus.ACK
      })
    },
    depths: () => depthsOf(connection, listeners),
    async close() {
      const closing = Promise.allSettled([...closers, outlet].map(one => one.close())).then(() => connection.close())
      // A broker that is away cannot say goodbye.
      const late = new Promise(resolve => setTimeout(resolve, closingMs).unref())
      await Promise.race([closing, late])
      connection.unsafeDestroy()
    },
  }
}

/** Tells of an outage once: each of a hundred acknowledgements that fail is an error of its own. */
function sayOnce(consumer: Consumer, tell: (error: Error) => void): void {
  let told = false
  consumer.on('ready', () => (told = false))
  consumer.on('error', (error: Error) => {
    if (!told) tell(error)
    told = true
  })
}

/** Publishes with confirms. What is returned because a queue is gone does not count, and the queues are made again. */
function openOutlet(connection: Connection, listeners: readonly Listener[]) {
  const awaited = new Set<string>(listeners.flatMap(listener => listener.topics))
  const open = (returned: Set<string>): Publisher => {
    const publisher = connection.createPublisher({
      confirm: true,
      exchanges: [events, dead],
      queues: [deadQueue, ...listeners.map(queueFor)],
      queueBindings: [deadBinding, ...listeners.flatMap(bindingsOf)],
    })
    publisher.on('basic.return', ({ messageId }) => void returned.add(messageId ?? ''))
    return publisher
  }
  const returned = new Set<string>()
  let publisher = open(returned)
  return {
    async publish(batch: readonly OutboxEvent[]): Promise<number[]> {
      const sent = await Promise.allSettled(batch.map(event => inTime(publisher.send(routeOf(event, awaited), Buffer.from(JSON.stringify(envelopeOf(event)))))))
      // The library tells of a return only after the confirmation that follows it.
      await new Promise(setImmediate)
      const safe = batch.filter((event, at) => sent[at]?.status === 'fulfilled' && !returned.has(String(event.id)))
      if (returned.size > 0) {
        returned.clear()
        await publisher.close()
        publisher = open(returned)
      }
      return safe.map(event => event.id)
    },
    close: () => publisher.close(),
  }
}

async function depthsOf(connection: Connection, listeners: readonly Listener[]) {
  if (!connection.ready) return []
  // Asked one after the other: a queue that is not there costs the channel.
  const found: { consumer: string; waiting: number }[] = []
  for (const { name } of listeners) {
    const asked = connection.queueDeclare({ queue: queueOf(name), passive: true })
    await asked.then(({ messageCount }) => found.push({ consumer: name, waiting: messageCount }), () => undefined)
  }
  return found
}

/** Rejects when the confirmation is late. */
function inTime(confirmed: Promise<void>): Promise<void> {
  const late = Promise.withResolvers<void>()
  const timer = setTimeout(() => late.reject(new Error('the broker did not confirm in time')), confirmMs)
  return Promise.race([confirmed, late.promise]).finally(() => clearTimeout(timer))
}

/** A topic that somebody of ours listens to must reach a queue; the others may find nobody. */
function routeOf({ id, topic, occurredAt }: OutboxEvent, awaited: ReadonlySet<string>) {
  return {
    exchange: eventsExchange,
    routingKey: topic,
    mandatory: awaited.has(topic),
    durable: true,
    messageId: String(id),
    type: topic,
    appId: 'fitflow',
    timestamp: Math.floor(occurredAt.epochMilliseconds / 1000),
    contentType: cloudEventType,
  }
}

function deadLetterIn({ body, headers }: AsyncMessage): DeadLetter {
  const [death] = ((headers as { 'x-death'?: { queue: string; reason: string }[] } | undefined)?.['x-death']) ?? []
  return {
    consumer: (death?.queue ?? '').replace(/^fitflow\./, ''),
    eventId: eventIdIn(body),
    reason: death?.reason ?? 'unknown',
  }
}
