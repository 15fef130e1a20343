// What a drill plays on: PostgreSQL, RabbitMQ and Redis of its own, three APIs and two workers that share them, and a rush over HTTP.
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '../../server/src/config.ts'
import { systemClock } from '../../server/src/platform/clock.ts'
import { openDatabase, type Database } from '../../server/src/platform/db.ts'
import type { SessionId } from '../../server/src/platform/ids.ts'
import { migrateJobs } from '../../server/src/platform/jobs.ts'
import { openLog } from '../../server/src/platform/log.ts'
import { migrate } from '../../server/src/platform/migrate.ts'
import { startCluster } from '../../server/src/platform/postgres-cluster.ts'
import { startRabbit, type Rabbit } from '../../tools/rabbitmq.ts'
import { openFixture, type Fixture, type Member as Person } from '../fixture.ts'
import type { Ground } from './judge.ts'
import { startMember, type Member } from './processes.ts'
import { startRedis, type Redis } from './redis.ts'
import { askersEach, beginRush } from './rush.ts'

export interface Stage {
  ground: Ground
  apis: Member[]
  workers: Member[]
  rabbit: Rabbit
  /** Null where this release does without. */
  redis: Redis | null
  /** What each process is told of its surroundings. */
  engines: Record<string, string>
  /** Ends PostgreSQL as a power cut would. */
  killPostgres(): Promise<void>
  startPostgres(): Promise<void>
  close(): Promise<void>
}

const peopleCount = 24_000
const probersCount = 3000
const spotsEach = 10
const roomy = 100_000

/** Starts everything in a directory that is gone afterwards. */
export async function openStage(): Promise<Stage> {
  const directory = mkdtempSync(join(tmpdir(), 'fitflow-drill-'))
  chmodSync(directory, 0o711)
  const home = join(directory, 'postgres')
  const start = () => startCluster(home, { max_connections: '300', shared_buffers: '256MB' })
  let cluster = await start()
  const { user, password, host, port, database } = cluster.connection
  const [rabbit, redis] = await Promise.all([startRabbit(), 'redisUrl' in readConfig({}) ? startRedis() : null])
  const url = `postgres://${user}:${encodeURIComponent(password)}@${host}:${port}/${database}`
  const engines = { DATABASE_URL: url, AMQP_URL: rabbit.url, ...(redis ? { REDIS_URL: redis.url } : {}) }
  const { db, fixture } = await furnish(url)
  const [apis, workers] = await Promise.all([
    Promise.all([1, 2, 3].map(at => startMember(`API ${at}`, 'api', engines))),
    Promise.all([1, 2].map(at => startMember(`worker ${at}`, 'worker', engines))),
  ])
  const ground = await openGround(db, fixture, apis)
  return {
    ...{ ground, apis, workers, rabbit, redis, engines },
    async killPostgres() {
      process.kill(Number.parseInt(readFileSync(join(home, 'data/postmaster.pid'), 'utf8'), 10), 'SIGKILL')
      await cluster.ended
    },
    async startPostgres() {
      cluster = await start()
    },
    async close() {
      await ground.rush.stop()
      await Promise.all([...apis, ...workers].map(one => one.stop()))
      await db.close()
      await Promise.all([rabbit.close(), redis?.close(), cluster.stop()])
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

async function furnish(url: string): Promise<{ db: Database; fixture: Fixture }> {
  const log = openLog('fatal')
  const db = openDatabase({ url, clock: systemClock, log, poolMax: { sql: 4, critical: 1 } })
  await migrate(db.sql, log)
  await migrateJobs(db)
  return { db, fixture: await openFixture(db) }
}

async function openGround(db: Database, fixture: Fixture, apis: readonly Member[]): Promise<Ground> {
  const [people, probers] = [await fixture.newMembers(peopleCount), await fixture.newMembers(probersCount)]
  const sessions = await fixture.newSessions(Array.from({ length: peopleCount / askersEach }, () => ({ capacity: spotsEach })))
  const [probed] = (await fixture.newSessions([{ capacity: roomy }])) as [SessionId]
  const urls = apis.map(one => one.url)
  let probes = 0
  return {
    db,
    apis: urls,
    rush: beginRush({ urls, people, sessions }),
    prober: () => ({ person: probers[probes++ % probers.length] as Person, sessionId: probed }),
  }
}
