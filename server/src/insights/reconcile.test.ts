// The daily check: done once each night by one of many workers, also when none was there or one died over it, and kept as it was found.
import { afterAll, beforeEach, expect, test } from 'vitest'
import type { Reconciliation, Reconciliations } from '@fitflow/contract/reconciliation.ts'
import { aDatabase } from '../../test/database.ts'
import { anotherHandle } from '../../test/handles.ts'
import { aServer } from '../../test/server.ts'
import { anAdmin, aSession } from '../../test/world.ts'
import { registry } from '../platform/metrics.ts'
import { openSettings } from '../schedule/settings.ts'
import { brokenInSnapshot } from '../verify.ts'
import { reconcileDue, type Reconciling } from './reconcile.ts'

const { db, clock, url } = await aDatabase({ keepsInvariants: false })
const settings = await openSettings(db)
afterAll(() => settings.close())
const server = await aServer(db)
const admin = await anAdmin(db)
const house: Reconciling = { db, settings, recompute: brokenInSnapshot }
const other: Reconciling = { ...house, db: anotherHandle({ url, clock }) }
const at = '/api/v1/admin/reconciliation'
// 03:23 in Greenwich, where a studio is until it says otherwise.
const night = Temporal.Instant.from('2027-01-12T03:23:00Z')

beforeEach(async () => {
  clock.set(night.subtract({ hours: 1 }))
  await db.sql`truncate reconciliations`
  await db.sql`update schema_migrations set applied_at = ${clock.now()}`
})

const told = async () => (await server.ask(admin, 'GET', at)).json as Reconciliations
const want = async (key?: string) => (await server.ask(admin, 'POST', at, key ? { key } : {})).json as Reconciliation
const failing = (house: Reconciling): Reconciling => ({ ...house, recompute: () => Promise.reject(new Error('the disk is full')) })

test('a count that is out of step is kept, logged and told among the metrics, and so is its end', async () => {
  const { id } = await aSession(db)
  await db.sql`update class_sessions set taken = 1 where id = ${id}`
  const errors: unknown[] = []
  const log = { ...db.log, info: () => undefined, error: (facts: unknown) => void errors.push(facts) } as unknown as typeof db.log
  await want()
  expect(await reconcileDue({ ...house, db: { ...db, log } })).toBe(true)
  const [broken, ...others] = (await told()).latest?.broken ?? []
  expect(broken).toEqual({ area: 'classes', check: expect.stringContaining('taken is what a recount'), count: 1, samples: [expect.stringContaining(`session ${id}: taken 1, recount 0`)] })
  expect(others).toEqual([])
  expect(errors).toEqual([{ finding: `${broken?.check}: ${broken?.samples[0]}` }])
  expect(await registry.metrics()).toMatch(/^fitflow_reconciliation_findings 1$/m)

  await db.sql`update class_sessions set taken = 0 where id = ${id}`
  clock.advance({ minutes: 1 })
  await want()
  await reconcileDue(house)
  const { latest, items } = await told()
  expect(latest).toMatchObject({ ok: true, brokenChecks: 0, broken: [], byItself: false, fault: null, endedAt: String(clock.now()) })
  expect(items.map(one => [one.ok, one.brokenChecks])).toEqual([[true, 0], [false, 1]])
  const metrics = await registry.metrics()
  expect(metrics).toMatch(/^fitflow_reconciliation_findings 0$/m)
  expect(metrics).toContain(`fitflow_reconciliation_timestamp_seconds ${clock.now().epochMilliseconds / 1000}`)
})

test('it is due by itself from its instant on, once, and not because a house is new', async () => {
  clock.set(night.subtract({ nanoseconds: 1000 }))
  expect(await reconcileDue(house)).toBe(false)
  expect((await told()).nextAt).toBe(String(night))
  clock.set(night)
  expect(await reconcileDue(house)).toBe(true)
  expect(await reconcileDue(house)).toBe(false)
  expect((await told()).items).toMatchObject([{ byItself: true, askedAt: String(night), ok: true }])
})

test('what was due while no worker was there is done once by the first that returns, whatever number of nights it was away', async () => {
  clock.set(night)
  await reconcileDue(house)
  clock.advance({ hours: 24 * 3 + 7 })
  expect(await reconcileDue(house)).toBe(true)
  expect(await reconcileDue(house)).toBe(false)
  expect((await told()).items).toHaveLength(2)
})

test('of many workers one does it', async () => {
  clock.set(night)
  let recomputed = 0
  const counting = (one: Reconciling): Reconciling => ({ ...one, recompute: (...asked) => (recomputed++, one.recompute(...asked)) })
  const did = await Promise.all([house, other, house, other].map(one => reconcileDue(counting(one))))
  expect(did.filter(Boolean)).toHaveLength(1)
  expect(recomputed).toBe(1)
  expect((await told()).items).toHaveLength(1)
})

test('while a worker is at it no other begins, and what one died over is begun again', async () => {
  const { id } = await want()
  const [arrived, left] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const slow = reconcileDue({ ...other, recompute: async (...asked) => (arrived.resolve(), await left.promise, other.recompute(...asked)) })
  await arrived.promise
  expect(await reconcileDue(house)).toBe(false)
  expect((await want()).id, 'whoever asks meanwhile is told of that one').toBe(id)
  left.resolve()
  expect(await slow).toBe(true)
  await want()
  await expect(reconcileDue(failing(other)), 'a worker that ends in the middle').rejects.toThrow('the disk is full')
  expect((await told()).items[0]).toMatchObject({ startedAt: String(clock.now()), endedAt: null, ok: null })
  expect(await reconcileDue(house)).toBe(true)
  expect((await told()).items.map(one => one.ok)).toEqual([true, true])
})

test('one that fails three times is kept as failed, with the reason', async () => {
  await want()
  for (let attempt = 1; attempt < 3; attempt++) await expect(reconcileDue(failing(house))).rejects.toThrow('the disk is full')
  expect(await reconcileDue(failing(house))).toBe(true)
  expect((await told()).latest).toMatchObject({ ok: false, fault: 'Error: the disk is full', broken: [] })
})

test('what is kept has a size, and ends after 90 days', async () => {
  const check = { area: 'credits' as const, name: 'a balance', broken: () => Promise.resolve([]) }
  const much = Array.from({ length: 40 }, () => ({ invariant: check, count: 1_000_000, samples: Array.from({ length: 20 }, () => 'x'.repeat(5000)) }))
  await want()
  await reconcileDue({ ...house, recompute: () => Promise.resolve(much) })
  const { latest } = await told()
  expect(latest?.broken).toHaveLength(40)
  expect(latest?.broken[0]).toEqual({ area: 'credits', check: 'a balance', count: 1_000_000, samples: Array.from({ length: 10 }, () => 'x'.repeat(200)) })

  clock.advance({ hours: 24 * 90 })
  await reconcileDue(house)
  expect((await told()).items).toHaveLength(2)
  clock.advance({ microseconds: 1 })
  await want()
  await reconcileDue(house)
  expect((await told()).items.map(one => one.brokenChecks)).toEqual([0, 0])
})

test('one key is one check, however often it comes; the list has the last thirty', async () => {
  const key = 'the key of one press of the button'
  const first = await want(key)
  await reconcileDue(house)
  expect(await want(key)).toEqual(first)
  expect(await reconcileDue(house)).toBe(false)
  for (let n = 0; n < 30; n++) {
    clock.advance({ minutes: 1 })
    await want()
    await reconcileDue({ ...house, recompute: () => Promise.resolve([]) })
  }
  const { items } = await told()
  expect(items).toHaveLength(30)
  expect(items.map(one => one.id)).not.toContain(first.id)
})

test('a question that takes too long is ended', async () => {
  const [taken, waiting] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const holding = db.sql.begin(async tx => {
    await tx`lock table spot_holds in access exclusive mode`
    taken.resolve()
    await waiting.promise
  })
  await taken.promise
  await expect(brokenInSnapshot(other.db.sql, 100)).rejects.toThrow('statement timeout')
  waiting.resolve()
  await holding
})
