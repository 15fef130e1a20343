// The line to Redis, one or a cluster: asked with a bound, let alone while it does not answer, looked for until it does.
import { Cluster, Redis } from 'ioredis'
import type { Clock } from './clock.ts'
import type { Log } from './log.ts'
import { Away } from './memory.ts'
import { countAsk, showRedis } from './metrics.ts'

export type Client = Redis | Cluster

export interface RedisLine {
  /** Asks within a tenth of a second. Throws Away when that was not enough, went wrong, or did so a moment ago. */
  ask<T>(work: (client: Client) => Promise<T>): Promise<T>
  /** Whether it answers, as far as is known. */
  isUp(): boolean
  /** Calls back each time that it answers again, the first included. */
  hearBack(listener: () => void): void
  readonly isCluster: boolean
  /** A connection for listening; whoever opens it ends it. */
  anotherClient(): Client
  close(): void
}

// Far beyond what a healthy Redis needs, and hardly felt by a person: longer is slower than doing without.
const askMs = 100
// While it is away nobody waits for it; it is looked for this often.
const lookMs = 250
// A connection that says nothing for this many looks is made anew: a wire that was cut does not tell.
const silentLooksMax = 4

const connection = {
  connectTimeout: 1000,
  keepAlive: 5000,
  // What cannot be asked now is not asked later either: whoever asked has gone on without it.
  autoResendUnfulfilledCommands: false,
  maxRetriesPerRequest: 0,
  connectionName: 'fitflow',
}
const again = (times: number) => Math.min(50 * 2 ** times, 1000)

/** Connects, and again whenever the connection is lost. */
export function openRedis(url: string, { clock, log }: { clock: Clock; log: Log }): RedisLine {
  const client = connect(url)
  const presence = watch(client, log)
  return {
    async ask(work) {
      if (!presence.isUp()) throw skipped()
      const startedMs = clock.monotonicMs()
      try {
        const reply = await inTime(work(client))
        countAsk('answered', clock.monotonicMs() - startedMs)
        return reply
      } catch (error) {
        // A no of Redis itself is only about this; silence and a broken line are about everything.
        const isReply = (error as Error).name === 'ReplyError'
        if (isReply) log.warn(error as Error, 'Redis refused')
        else presence.lose((error as Error).message)
        countAsk(isReply ? 'refused' : 'failed', clock.monotonicMs() - startedMs)
        throw new Away((error as Error).message)
      }
    },
    isUp: presence.isUp,
    hearBack: presence.hearBack,
    isCluster: isClusterUrl(url),
    anotherClient: () => connect(url),
    close() {
      presence.stop()
      client.disconnect()
    },
  }
}

/** Whether it answers: no longer once somebody says so, again when it is asked and does. */
function watch(client: Client, log: Log) {
  const back: (() => void)[] = []
  let [isUp, isTold, silentLooks, looking] = [false, false, 0, false]

  const lose = (reason: string) => {
    if (isUp || !isTold) log.warn({ reason }, 'Redis is away: going on without it')
    isTold = true
    isUp = false
    showRedis(false)
  }
  const look = async () => {
    if (isUp || looking || client.status !== 'ready') return
    looking = true
    const answers = await inTime(pingAll(client)).then(() => true, () => false)
    looking = false
    if (answers) {
      ;[isUp, silentLooks] = [true, 0]
      showRedis(true)
      log.info('Redis answers')
      back.forEach(tell => tell())
    } else if (++silentLooks % silentLooksMax === 0) client.disconnect(true)
  }
  client.on('ready', () => void look())
  client.on('close', () => lose('the connection is closed'))
  client.on('error', (error: Error) => lose(error.message))
  const timer = setInterval(() => void look(), lookMs).unref()
  return { isUp: () => isUp, lose, hearBack: (listener: () => void) => void back.push(listener), stop: () => clearInterval(timer) }
}

function skipped(): Away {
  countAsk('skipped')
  return new Away('Redis is away')
}

/** In a cluster every master has to answer: each has a share of what anybody asks. */
function pingAll(client: Client): Promise<unknown> {
  return client instanceof Cluster ? Promise.all(client.nodes('master').map(node => node.ping())) : client.ping()
}

/** Rejects when the answer is late. One that lies here unread, because we were busy, is not. */
function inTime<T>(answer: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => setImmediate(() => late.reject(new Error(`no answer within ${askMs} ms`))), askMs)
  return Promise.race([answer, late.promise]).finally(() => clearTimeout(timer))
}

const isClusterUrl = (url: string) => /^rediss?\+cluster:/.test(url)

function connect(url: string): Client {
  if (!isClusterUrl(url)) return new Redis(url, { ...connection, enableOfflineQueue: false, retryStrategy: again })
  // Several seeds share one user, password and TLS: URL knows no list of hosts.
  const [, scheme = '', login = '', hosts = ''] = /^(rediss?)\+cluster:\/\/(?:([^@]*)@)?([^/?#]+)/.exec(url) ?? []
  const [username = '', password = ''] = login.split(':').map(decodeURIComponent)
  const isSafe = scheme === 'rediss'
  return new Cluster(hosts.split(',').map(host => ({ host: host.replace(/:\d+$/, ''), port: Number(/:(\d+)$/.exec(host)?.[1] ?? 6379) })), {
    enableOfflineQueue: false,
    enableAutoPipelining: true,
    shardedSubscribers: true,
    maxRedirections: 3,
    slotsRefreshTimeout: 1000,
    clusterRetryStrategy: again,
    clusterNodeRetryStrategy: again,
    // A certificate is for a name, not for an address.
    ...(isSafe ? { dnsLookup: (address: string, found: (error: null, address: string) => void) => found(null, address) } : {}),
    redisOptions: { ...connection, ...(username ? { username } : {}), ...(password ? { password } : {}), ...(isSafe ? { tls: {} } : {}) },
  })
}
