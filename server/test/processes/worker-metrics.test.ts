// How a worker is, told by itself: what waits, how late events arrive, and whether it is ready.
import { expect, test } from 'vitest'
import { systemClock } from '../../src/platform/clock.ts'
import { newId } from '../../src/platform/ids.ts'
import { registry } from '../../src/platform/metrics.ts'
import { watchBacklog } from '../../src/platform/metrics-of-work.ts'
import { transact } from '../../src/platform/tx.ts'
import { aDatabase } from '../database.ts'
import { aWorker, metricsOf } from '../fleet.ts'
import { system } from '../world.ts'

const { db, url } = await aDatabase({ startsAt: systemClock.now(), keepsInvariants: false })

const announce = () =>
  transact(db, system, {}, async tx => {
    tx.emit('booking.cancelled', { bookingId: newId(), sessionId: newId(), userId: newId(), version: 1, cancelKind: 'early' })
  })

test('a worker says what waits and for how long: events, deliveries, dead letters and jobs', async () => {
  for (let n = 0; n < 3; n++) await announce()
  await db.sql`update outbox set occurred_at = now() - interval '90 seconds' where id = (select min(id) from outbox)`
  await db.sql`insert into deliveries (consumer, event_id, due_at, dead_at) select 'analytics', id, now(), case when id = (select min(id) from outbox) then now() end from outbox`
  await db.sql`select graphile_worker.add_job('nobody-knows-it', run_at => now() - interval '2 minutes')`
  // One consumer alone: nobody hands on, nobody does jobs, and what waits for the other stays.
  const seen = await metricsOf(await aWorker(url, { only: 'waitlist-manager' }))
  expect(Object.fromEntries(seen)).toMatchObject({
    fitflow_outbox_pending: 3,
    fitflow_jobs_due: 1,
    fitflow_jobs_failed: 0,
    'fitflow_deliveries_waiting{consumer="analytics"}': 2,
    'fitflow_dead_letters{consumer="analytics"}': 1,
    fitflow_broker_connected: Number.NaN,
  })
  expect(seen.get('fitflow_outbox_lag_seconds')).toBeGreaterThan(89)
  expect(seen.get('fitflow_outbox_lag_seconds')).toBeLessThan(150)
  expect(seen.get('fitflow_job_lag_seconds')).toBeGreaterThan(119)
})

test('each consumer’s lag is counted from the event to its being handled, by each of many workers at a door of its own', async () => {
  await db.sql`truncate inbox, deliveries, outbox`
  for (let n = 0; n < 2; n++) await announce()
  await db.sql`update outbox set occurred_at = now() - interval '1 hour' where id = (select min(id) from outbox)`
  const workers = await Promise.all([aWorker(url, { only: 'relay' }), aWorker(url, { only: 'waitlist-manager' })])
  expect(new Set(workers.map(one => one.url)).size).toBe(2)
  for (const worker of workers) {
    const status = async (path: string) => (await fetch(worker.url + path)).status
    expect([await status('/healthz'), await status('/readyz'), await status('/api/v1/sessions')]).toEqual([200, 200, 404])
  }
  const lag = (part: string) => metricsOf(workers[1]!).then(seen => seen.get(`fitflow_event_lag_seconds_${part}`))
  await expect.poll(() => lag('count{consumer="waitlist-manager"}'), { timeout: 10_000 }).toBe(2)
  expect(await lag('bucket{le="600",consumer="waitlist-manager"}'), 'the one that was an hour late is not among them').toBe(1)
  expect(await lag('sum{consumer="waitlist-manager"}')).toBeGreaterThan(3600)
})

test('what cannot be read in time is not a figure, and the others are told all the same', async () => {
  const unwatch = watchBacklog(() => new Promise(() => undefined))
  const text = await registry.metrics()
  unwatch()
  expect(text).toMatch(/^fitflow_outbox_lag_seconds Nan$/im)
  expect(text).toContain('fitflow_loop_rounds_total')
  expect(await registry.metrics()).not.toContain('fitflow_outbox_lag_seconds')
})
