// Jobs: they wait with the effect that wants them, and are done by some worker once it is their time.
import { expect, onTestFinished, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { system } from '../../test/world.ts'
import { migrateJobs, startWorkers, type JobKind } from './jobs.ts'
import type { Job } from './staged.ts'
import { transact } from './tx.ts'

const { db } = await aDatabase()
const enqueue = (job: Job, fault?: Error) =>
  transact(db, system, {}, async tx => {
    tx.enqueue(job)
    if (fault) throw fault
  })
const waiting = async (task: string) =>
  [...(await db.sql`select key, run_at > now() as later, attempts from graphile_worker.jobs where task_identifier = ${task}`)]

/** Workers that do this kind of job until the test has ended. */
async function atWork(...kinds: JobKind[]): Promise<void> {
  const workers = await startWorkers(db, kinds, [])
  onTestFinished(() => workers.stop())
}

function aKind(name: string, run: (payload: unknown) => Promise<void> = async () => {}) {
  const done: unknown[] = []
  const first = Promise.withResolvers<unknown>()
  const kind: JobKind = {
    name,
    async run(payload) {
      await run(payload)
      done.push(payload)
      first.resolve(payload)
    },
  }
  return { kind, done, first: first.promise }
}

test('a job of a use case that was rolled back is not there', async () => {
  await expect(enqueue({ task: 'greet', payload: {} }, new Error('no'))).rejects.toThrow('no')
  expect(await waiting('greet')).toEqual([])
})

test('a job that was enqueued is done, with what it was given, and then gone', async () => {
  const { kind, first } = aKind('greet')
  await enqueue({ task: 'greet', payload: { name: 'Mia', list: [1, null] } })
  expect(await waiting('greet')).toHaveLength(1)
  await atWork(kind)
  expect(await first).toEqual({ name: 'Mia', list: [1, null] })
  await expect.poll(() => waiting('greet')).toEqual([])
})

test('workers at work hear of a new job at once', async () => {
  const { kind, first } = aKind('ring')
  await atWork(kind)
  await enqueue({ task: 'ring', payload: { at: 'once' } })
  expect(await first).toEqual({ at: 'once' })
})

test('a job for later waits for its time', async () => {
  const { kind, first, done } = aKind('wake')
  await enqueue({ task: 'wake', payload: { when: 'later' }, runAt: Temporal.Instant.from('2100-01-01T00:00:00Z') })
  await enqueue({ task: 'wake', payload: { when: 'now' } })
  await atWork(kind)
  await first
  expect(done).toEqual([{ when: 'now' }])
  await expect.poll(() => waiting('wake')).toEqual([{ key: null, later: true, attempts: 0 }])
})

test('a second job with the same key replaces the first while it waits', async () => {
  const { kind, first, done } = aKind('remind')
  await enqueue({ task: 'remind', payload: { n: 1 }, jobKey: 'booking 1' })
  await enqueue({ task: 'remind', payload: { n: 2 }, jobKey: 'booking 1' })
  expect(await waiting('remind')).toHaveLength(1)
  await atWork(kind)
  await first
  expect(done).toEqual([{ n: 2 }])
})

test('a job that fails stays and is tried again later', async () => {
  const { promise: tried, resolve } = Promise.withResolvers<void>()
  await enqueue({ task: 'fail', payload: {} })
  await atWork({ name: 'fail', run: async () => (resolve(), Promise.reject(new Error('down'))) })
  await tried
  await expect.poll(() => waiting('fail')).toMatchObject([{ later: true, attempts: 1 }])
})

test('migrators of the queue may race', async () => {
  await Promise.all([migrateJobs(db), migrateJobs(db), migrateJobs(db)])
  expect((await db.sql`select from graphile_worker.migrations`).length).toBeGreaterThan(0)
})
