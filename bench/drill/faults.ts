// What a drill does to the house, one thing at a time; each answers when it is over.
import type { Bounds } from './judge.ts'
import type { Stage } from './stage.ts'
import { sleep } from './rush.ts'

export interface Fault extends Bounds {
  name: string
  what: string
  /** Without that engine there is nothing to break. */
  needs?: string
  /** Answers what was not as it must be while it lasted. */
  run(stage: Stage): Promise<string[] | void>
}

const brokerAwayMs = 10_000
const redisAwayMs = 5000
const mailsBefore = 60
const pausedMs = 8000

export const faults: readonly Fault[] = [
  { name: 'api', what: 'kill -9 of an API, which is started again', run: ({ apis }) => apis[0]!.killAndRestart() },
  {
    name: 'worker',
    what: 'kill -9 of a worker in the middle of sending, which is started again',
    killsWorkers: 1,
    async run({ workers, mailbox }) {
      await mailbox.come(mailsBefore)
      await workers[0]!.killAndRestart()
    },
  },
  {
    name: 'rabbit-stop',
    what: `RabbitMQ stopped for ${brokerAwayMs / 1000} s`,
    async run({ rabbit }) {
      await rabbit.stop()
      await sleep(brokerAwayMs)
      await rabbit.start()
    },
  },
  {
    name: 'rabbit-kill',
    what: 'kill -9 of RabbitMQ, which is started again',
    async run({ rabbit }) {
      await rabbit.kill()
      await rabbit.start()
    },
  },
  {
    name: 'redis',
    needs: 'REDIS_URL',
    what: `Redis flushed, then stopped for ${redisAwayMs / 1000} s and started with nothing in it`,
    async run({ redis }) {
      await redis?.flush()
      await redis?.stop()
      await sleep(redisAwayMs)
      await redis?.start()
    },
  },
  {
    name: 'postgres',
    what: 'kill -9 of PostgreSQL while mails are sent, which is started again',
    async run({ killPostgres, startPostgres, mailbox }) {
      await mailbox.come(mailsBefore)
      await killPostgres()
      await startPostgres()
    },
  },
  { name: 'pause-api', what: `SIGSTOP of an API for ${pausedMs / 1000} s`, run: ({ apis }) => paused(apis[1]!) },
  { name: 'pause-worker', what: `SIGSTOP of a worker for ${pausedMs / 1000} s`, run: ({ workers }) => paused(workers[1]!) },
  {
    name: 'leaderless',
    // Its consumers are refused after a minute, and make the queues again, some at a time.
    mendsMsMax: 360_000,
    what: 'kill -9 of RabbitMQ, which comes back with queues that nobody leads',
    async run({ rabbit }) {
      await rabbit.kill()
      rabbit.forgetLeaders()
      await rabbit.start()
    },
  },
]

async function paused(member: { pause(): void; resume(): void }): Promise<void> {
  member.pause()
  await sleep(pausedMs)
  member.resume()
}
