// What a drill plays on: PostgreSQL, RabbitMQ, Redis and a mail server of its own, three APIs and two workers that share them, and a rush over HTTP.
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
import { newTraceId } from '../../server/src/platform/trace.ts'
import { transact } from '../../server/src/platform/tx.ts'
import { changeSettings } from '../../server/src/schedule/change-settings.ts'
import { startCluster } from '../../server/src/platform/postgres-cluster.ts'
import { startRabbit, type Rabbit } from '../../tools/rabbitmq.ts'
import { openFixture, type Fixture, type Member as Person } from '../fixture.ts'
import type { Ground } from './judge.ts'
import { countMails, openMailbox, type Mailbox } from './mail.ts'
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
  mailbox: Mailbox
  /** What each process is told of its surroundings. */
  engines: Record<string, string>
  /** Ends PostgreSQL as a power cut would. */
  killPostgres(): Promise<void>
  startPostgres(): Promise<void>
  close(): Promise<void>
}

const setting = { actor: { userId: null, role: 'system', via: 'cli' }, traceId: newTraceId() } as const
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
  const [rabbit, mailbox, redis] = await Promise.all([startRabbit(), openMailbox(), 'redisUrl' in readConfig({}) ? startRedis() : null])
  const url = `postgres://${user}:${encodeURIComponent(password)}@${host}:${port}/${database}`
  const engines = { DATABASE_URL: url, AMQP_URL: rabbit.url, SMTP_URL: mailbox.url, ...(redis ? { REDIS_URL: redis.url } : {}) }
  const { db, fixture } = await furnish(url)
  const [apis, workers] = await Promise.all([
    Promise.all([1, 2, 3].map(at => startMember(`API ${at}`, 'api', engines))),
    Promise.all([1, 2].map(at => startMember(`worker ${at}`, 'worker', engines))),
  ])
  const ground = await openGround(db, fixture, apis, mailbox)
  return {
    ...{ ground, apis, workers, rabbit, redis, mailbox, engines },
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
      await Promise.all([rabbit.close(), redis?.close(), cluster.stop(), mailbox.close()])
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

async function furnish(url: string): Promise<{ db: Database; fixture: Fixture }> {
  const log = openLog('fatal')
  const db = openDatabase({ url, clock: systemClock, log, poolMax: { sql: 4, critical: 1 } })
  await migrate(db.sql, log)
  await migrateJobs(db)
  const fixture = await openFixture(db)
  // By night as by day: a message that waits for the morning is never counted.
  await transact(db, setting, {}, tx => changeSettings(tx, { quietHoursStart: '22:00', quietHoursEnd: '22:00' }, () => undefined))
  return { db, fixture }
}

async function openGround(db: Database, fixture: Fixture, apis: readonly Member[], mailbox: Mailbox): Promise<Ground> {
  const [people, probers] = [await fixture.newMembers(peopleCount), await fixture.newMembers(probersCount)]
  const sessions = await fixture.newSessions(Array.from({ length: peopleCount / askersEach }, () => ({ capacity: spotsEach })))
  const [probed] = (await fixture.newSessions([{ capacity: roomy }])) as [SessionId]
  const urls = apis.map(one => one.url)
  let probes = 0
  return {
    db,
    apis: urls,
    countMails: countMails(mailbox),
    rush: beginRush({ urls, people, sessions }),
    prober: () => ({ person: probers[probes++ % probers.length] as Person, sessionId: probed }),
  }
}
