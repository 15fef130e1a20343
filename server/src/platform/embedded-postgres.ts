// The PostgreSQL that comes with FitFlow: one owner for each data directory, everybody else there connects to the owner's server.
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Log } from './log.ts'
import { claimOwner, type Owner, type Ownership } from './ownership.ts'
import { connectionOf, startCluster, type Cluster, type Connection } from './postgres-cluster.ts'
import { furnishHome } from './postgres-home.ts'
import { Refusal } from './refusal.ts'

/** `alone`: refuse beside a living server (`npm start`). `beside`: connect to it. `command`: the same, and gone soon. */
export type Stay = 'alone' | 'beside' | 'command'

export interface EmbeddedPostgres {
  connection: Connection
  owned: boolean
  /** Resolves with the reason when our server ended and could not be started again; stays pending for another's server. */
  lost: Promise<string>
  stop(): Promise<void>
}

/** The right to the database of a data directory, decided before anything slow begins. */
export interface Seat {
  open(log: Log): Promise<EmbeddedPostgres>
}

const pollMs = 50
const patienceMs = 60_000
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
    if (owner.stays === 'server' && stay === 'alone') throw new Refusal(alreadyRunning(owner, dataDirectory))
    // A server that is still starting will say its port; a command will end, and its server with it.
    const { port } = owner
    if (owner.stays === 'server' && port !== null) return { open: () => openOther(directory, port) }
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

async function openOther(directory: string, port: number): Promise<EmbeddedPostgres> {
  return {
    connection: connectionOf(directory, port),
    owned: false,
    lost: new Promise(() => undefined),
    stop: () => Promise.resolve(),
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
