// A queue of RabbitMQ that never gets a leader again: noticed by its consumer, which does not get ready, deleted, and made again.
import type { Log } from './log.ts'

const lookMs = 5000
// A queue that is well is ready within a second of its connection.
const unreadyMsMax = 30_000
const steadyMsMin = 10_000

interface Wire {
  readonly ready: boolean
  on(event: 'connection' | 'error', listener: () => void): unknown
  queueDelete(of: { queue: string }): Promise<unknown>
}

interface Reader {
  on(event: 'ready', listener: () => void): unknown
}

/** The library adds what it was doing to one and the same error, each time again. */
export const wordsOf = (error: Error) => error.message.slice(0, 200)

/**
 * A RabbitMQ that dies right after it made a queue can come back with one that never gets a leader: nothing that is routed to it is ever
 * confirmed, and whoever consumes it waits for a minute, after which the broker lets go of the whole connection, without a word if other
 * consumers of it wait as well. It is deleted meanwhile; its consumer makes it again at the next connection. What it held is in the outbox.
 */
export function healQueue({ connection, consumer, queue, log }: { connection: Wire; consumer: Reader; queue: string; log: Log }): () => Promise<void> {
  let [isReady, isDeleting] = [false, false]
  // While there is a connection: since the consumer was ready, however many connections ago, and since this connection began.
  let [unreadyMs, steadyMs] = [0, 0]
  const begin = () => {
    isReady = false
    steadyMs = 0
  }
  connection.on('connection', begin)
  connection.on('error', begin)
  consumer.on('ready', () => {
    isReady = true
    unreadyMs = 0
  })
  const heal = async () => {
    log.error({ queue }, 'a queue of the broker has no leader: it is deleted and made again')
    await connection.queueDelete({ queue })
    unreadyMs = 0
  }
  const timer = setInterval(() => {
    if (isReady || isDeleting || !connection.ready) return
    unreadyMs += lookMs
    steadyMs += lookMs
    if (unreadyMs < unreadyMsMax || steadyMs < steadyMsMin) return
    isDeleting = true
    // The broker may let go of the connection over one of several: the others are deleted soon after the next has begun.
    const failed = (error: Error) => log.warn({ queue, error: wordsOf(error) }, 'the queue could not be deleted')
    void heal().then(undefined, failed).then(() => (isDeleting = false))
  }, lookMs).unref()
  return () => Promise.resolve(clearInterval(timer))
}
