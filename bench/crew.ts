// The product's processes on the stage: on PostgreSQL alone, or with a Redis and a RabbitMQ that they share.
import { startRabbit } from '../tools/rabbitmq.ts'
import { startRedis } from './drill/redis.ts'
import { startProxy, type Proxy } from './proxy.ts'
import { startServer, type Server } from './servers.ts'

export interface Crew {
  /** The ports of this many API processes; more are started, or some stopped, as needed. */
  ports(count: number): Promise<number[]>
  /** The same on a Redis and a RabbitMQ of their own, which the worker is on, too. */
  fleet(count: number): Promise<number[]>
  /** The port of a proxy before the processes of the fleet: what is about one session goes to one of them. */
  door(): Promise<number>
  /** Resolves when every event so far is handled, or after a minute; answers how many wait. */
  rest(): Promise<number>
  /** How many transactions ran again so far, in all API processes that run now. */
  retries(): Promise<number>
  ids(): { api: number[]; worker: number[]; proxy: number[] }
  stop(): Promise<void>
}

interface Engines {
  urls: Record<string, string>
  close(): Promise<unknown>
}

const alone: Engines = { urls: {}, close: () => Promise.resolve() }
const restMsMax = 60_000
const lookMs = 50

/** Starts the worker; the API processes come when somebody asks for them. */
export async function openCrew(databaseUrl: string, profiles: string | null): Promise<Crew> {
  let engines = alone
  const start = (kind: 'api' | 'worker') => startServer({ kind, databaseUrl, engines: engines.urls, profiles })
  const apis: Server[] = []
  let worker = await start('worker')
  let proxy: Proxy | undefined

  const stop = async () => {
    await proxy?.stop()
    proxy = undefined
    await Promise.all([...apis.splice(0), worker].map(server => server.stop()))
    await engines.close()
  }
  const moveTo = async (to: Engines) => {
    await stop()
    engines = to
    worker = await start('worker')
  }
  const man = async (count: number) => {
    while (apis.length < count) apis.push(await start('api'))
    while (apis.length > count) await apis.pop()?.stop()
    return apis.map(api => api.port)
  }
  return {
    async ports(count) {
      if (engines !== alone) await moveTo(alone)
      return man(count)
    },
    async fleet(count) {
      if (engines === alone) await moveTo(await startEngines())
      return man(count)
    },
    door: async () => (proxy ??= await startProxy(apis.map(api => api.port))).port,
    rest: () => restAt(worker.port),
    retries: () => sumAt(apis, /^fitflow_transaction_retries_total\{[^}]*\} (\d+)$/gm),
    ids: () => ({ api: apis.map(api => api.pid), worker: [worker.pid], proxy: proxy ? [proxy.pid] : [] }),
    stop,
  }
}

async function startEngines(): Promise<Engines> {
  const [rabbit, redis] = await Promise.all([startRabbit(), startRedis()])
  return { urls: { AMQP_URL: rabbit.url, REDIS_URL: redis.url }, close: () => Promise.all([rabbit.close(), redis.close()]) }
}

async function restAt(port: number): Promise<number> {
  const waiting = () => sumAt([{ port }], /^fitflow_(?:outbox_pending|deliveries_waiting|broker_queue_messages)(?:\{[^}]*\})? (\d+)$/gm)
  let left = await waiting()
  for (let passedMs = 0; left > 0 && passedMs < restMsMax; passedMs += lookMs) {
    await new Promise(resolve => setTimeout(resolve, lookMs))
    left = await waiting()
  }
  return left
}

async function sumAt(servers: readonly Pick<Server, 'port'>[], pattern: RegExp): Promise<number> {
  const pages = await Promise.all(servers.map(async ({ port }) => (await fetch(`http://127.0.0.1:${port}/metrics`)).text()))
  return pages.flatMap(page => [...page.matchAll(pattern)]).reduce((sum, [, count]) => sum + Number(count), 0)
}
