// The PostgreSQL that comes with FitFlow: one owner for each data directory, everybody else there connects to the owner's server.
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Log } from './log.ts'
import { claimOwner, findOwner, type Owner, type Ownership } from './ownership.ts'
import { connectionOf, startCluster, type Cluster, type Connection } from './postgres-cluster.ts'
import { furnishHome } from './postgres-home.ts'
import { Refusal } from './refusal.ts'

/** `alone`: refuse beside a living server (`npm start`). `beside`: connect to it. `command`: the same, and gone soon. */
export type Stay = 'alone' | 'beside' | 'command'

export interface EmbeddedPostgres {
  connection: Connection
  owned: boolean
  /** Resolves with the reason when the server is gone for good: it cannot be started again, or its owner has ended. */
  lost: Promise<string>
  /** Lets nobody new connect to a server that is about to stop. */
  leave(): void
  stop(): Promise<void>
}

/** The right to the database of a data directory, decided before anything slow begins. */
export interface Seat {
  open(log: Log): Promise<EmbeddedPostgres>
}

const pollMs = 50
const patienceMs = 60_000
// A start often follows right behind the end of the one before.
const partingMs = 1_500
const watchMs = 1_000
const restartsMax = 5
const restartWindowMs = 60_000

/**
 * Becomes the owner of the database in `dataDirectory`, or finds its living owner to connect to.
 * Throws a Refusal when `alone` meets a living server, or when another process keeps us waiting for a minute.
 */
export async function takeSeat(dataDirectory: string, stay: Stay): Promise<Seat> {
  const { directory } = furnishHome(join(dataDirectory, 'postgres'))
  for (let waitedMs = 0; ; waitedMs += pollMs) {
    const claim = claimOwner(directory, stay === 'command' ? 'command' : 'server')
    if ('ownership' in claim) return { open: log => openOwn(directory, claim.ownership, log) }
    const { owner } = claim
    if (stay === 'alone' && owner.stays === 'server') {
      if (waitedMs >= partingMs) throw new Refusal(alreadyRunning(owner, dataDirectory))
    } else if (owner.stays === 'server' && owner.port !== null) {
      const { port } = owner
      return { open: () => Promise.resolve(openOther(directory, owner, port)) }
    }
    // A server that is still starting will say its port; a command will end, and its server with it.
    if (waitedMs >= patienceMs) throw new Refusal(busy(owner, dataDirectory))
    await delay(pollMs)
  }
}

function alreadyRunning(owner: Owner, dataDirectory: string): string {
  return `FitFlow is already running on ${dataDirectory} (process ${owner.pid}): stop it first, or set FITFLOW_DATA_DIR and PORT to run a second one.`
}

function busy(owner: Owner, dataDirectory: string): string {
  return `Process ${owner.pid} has kept the database in ${dataDirectory} busy for a minute: try again when it has ended.`
}

function openOther(directory: string, owner: Owner, port: number): EmbeddedPostgres {
  const lost = Promise.withResolvers<string>()
  const watch = setInterval(() => {
    if (findOwner(directory)?.birth !== owner.birth) lost.resolve(`the process that runs PostgreSQL (${owner.pid}) has ended`)
  }, watchMs).unref()
  return {
    connection: connectionOf(directory, port),
    owned: false,
    lost: lost.promise,
    leave: () => undefined,
    stop: () => Promise.resolve(clearInterval(watch)),
  }
}

async function openOwn(directory: string, ownership: Ownership, log: Log): Promise<EmbeddedPostgres> {
  let cluster = await start(directory, log)
  const { connection } = cluster
  ownership.publish(connection.port)
  let stopping = false
  let restarts = 0

  async function keepUp(): Promise<string> {
    for (;;) {
      const lastWords = await cluster.ended
      if (stopping) return new Promise(() => undefined)
      log.error({ lastWords }, 'PostgreSQL ended by itself and is started again')
      restarts += 1
      setTimeout(() => (restarts -= 1), restartWindowMs).unref()
      if (restarts > restartsMax) return `PostgreSQL ended ${restarts} times within a minute: ${lastWords}`
      cluster = await start(directory, log)
      // Every pool knows the old port.
      if (cluster.connection.port !== connection.port) return `Another program took PostgreSQL's port ${connection.port}`
    }
  }
  // A restart that fails is the news that `lost` is for.
  const lost = keepUp().catch((error: unknown) => `PostgreSQL could not be started again: ${String(error)}`)

  return {
    connection,
    owned: true,
    lost,
    leave: () => ownership.publish(null),
    async stop() {
      stopping = true
      await cluster.stop()
      ownership.release()
    },
  }
}

function start(directory: string, log: Log): Promise<Cluster> {
  // An error here is one that a client sees as well, and answers for; only the server's own troubles are news.
  return startCluster(directory, {}, line => {
    if (/ (FATAL|PANIC):/.test(line)) log.warn({ line }, 'PostgreSQL reports')
    else log.debug({ line }, 'PostgreSQL says')
  })
}
