// Jobs that wait in PostgreSQL until their time: enqueued in the transaction that wants them, done once by some worker.
import { Logger, parseCronItems, run, runMigrations, type Task } from 'graphile-worker'
import pg from 'pg'
import type { Database } from './db.ts'
import type { Log } from './log.ts'

export interface JobKind {
  name: string
  run(payload: unknown): Promise<void>
}

/** A job on the clock, in UTC: `match` is a crontab's five fields. */
export interface ClockJob extends JobKind {
  match: string
}

export interface Workers {
  stop(): Promise<void>
}

const concurrency = 2

/** Brings graphile-worker's own tables up to date; racing callers wait for each other. */
export async function migrateJobs(db: Database): Promise<void> {
  const pool = openPool(db)
  await runMigrations({ pgPool: pool, logger: quiet(db.log) })
  await pool.end()
}

/** Starts doing jobs in this process. */
export async function startWorkers(db: Database, jobs: readonly JobKind[], clockJobs: readonly ClockJob[]): Promise<Workers> {
  const pool = openPool(db)
  const taskList: Record<string, Task> = {}
  for (const job of [...jobs, ...clockJobs]) taskList[job.name] = payload => job.run(payload)
  const runner = await run({
    pgPool: pool,
    concurrency,
    noHandleSignals: true,
    taskList,
    parsedCronItems: parseCronItems(clockJobs.map(({ name, match }) => ({ task: name, match, identifier: name }))),
    logger: quiet(db.log),
  })
  return {
    async stop() {
      await runner.stop()
      await pool.end()
    },
  }
}

function openPool(db: Database): pg.Pool {
  const pool = new pg.Pool({ ...db.address, max: concurrency + 2, application_name: 'fitflow jobs' })
  // A broken idle connection is replaced by the pool; without a listener it would end the process.
  pool.on('error', error => db.log.warn(error, 'a connection of the job queue broke'))
  pool.on('connect', client => client.on('error', () => {}))
  return pool
}

/** Its line for each job is of no use to anybody; warnings and errors are. */
function quiet(log: Log): Logger {
  return new Logger(() => (level, message) => {
    if (level === 'error') log.error(message)
    else if (level === 'warning') log.warn(message)
  })
}
