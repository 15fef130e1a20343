// The daily check over the deaths of workers: what one of them was killed over, and what was due while all were down.
import { expect, test } from 'vitest'
import { systemClock } from '../../src/platform/clock.ts'
import { aDatabase } from '../database.ts'
import { aWorker } from '../fleet.ts'

const { db, url } = await aDatabase({ startsAt: systemClock.now() })

const kept = () => db.sql<{ id: string; ok: boolean | null; attempts: number }[]>`select id, ok, attempts from reconciliations order by asked_at limit 1`
const patience = { timeout: 20_000 }

test('a check that was due while every worker was down is done by the first that returns, and one that a kill interrupted by the next', async () => {
  // As if this database had been there for a week, and nobody looked last night.
  await db.sql`update schema_migrations set applied_at = now() - interval '7 days'`
  const [locked, killed] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const holding = db.sql.begin(async tx => {
    await tx`lock table credit_transactions in access exclusive mode`
    locked.resolve()
    await killed.promise
  })
  await locked.promise
  const first = await aWorker(url, { only: 'jobs' })
  await expect.poll(kept, patience).toMatchObject([{ ok: null, attempts: 1 }])
  await first.kill()
  killed.resolve()
  await holding
  const [begun] = await kept()
  await aWorker(url, { only: 'jobs' })
  await expect.poll(kept, patience).toEqual([{ id: begun?.id, ok: true, attempts: 2 }])
})
