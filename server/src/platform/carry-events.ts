// How events get from the outbox to the consumers of this process: by the broker when there is one, else through the database.
import { openBroker } from './broker.ts'
import type { Consumer } from './consumer.ts'
import type { Database } from './db.ts'
import type { Backlog } from './metrics-of-work.ts'
import { keepDead, listenTo, throughBroker } from './publish-events.ts'
import { startRelay, throughDatabase, type HandOn } from './relay.ts'

export interface Carriage {
  amqpUrl: string | null
  /** Every consumer of the house, wherever it runs. */
  consumers: readonly Consumer[]
  /** Those that this process runs. */
  here: readonly Consumer[]
  /** Whether this process hands events on, for all. */
  relays: boolean
}

export interface Carrying {
  /** What the broker says of itself now; null without one. */
  look(): Promise<Backlog['broker']>
  stop(): Promise<void>
}

const nothing: HandOn = () => Promise.resolve({ isMore: false, topics: null })

/** Starts carrying; `stop` ends what is under way. What failed waits for its next attempt in the database, with a broker and without. */
export function startCarrying(db: Database, { amqpUrl, consumers, here, relays }: Carriage): Carrying {
  if (amqpUrl === null) {
    const { stop } = startRelay(db, here, relays ? throughDatabase(db, consumers, { here }) : nothing)
    return { look: () => Promise.resolve(null), stop }
  }
  const broker = openBroker(amqpUrl, db.log, consumers)
  const stopping = new AbortController()
  for (const consumer of here) listenTo(db, broker, consumer, stopping.signal)
  if (relays) broker.hearDead(letter => keepDead(db, letter))
  const relay = startRelay(db, here, relays ? throughBroker(db, broker, consumers) : nothing)
  broker.hearConnected(relay.wake)
  return {
    look: async () => ({ connected: broker.isConnected(), queues: await broker.depths() }),
    async stop() {
      stopping.abort()
      await Promise.all([relay.stop(), broker.close()])
    },
  }
}
