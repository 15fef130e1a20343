// The studio's settings: when a change takes force, what it leaves alone, and what is refused.
import type { SettingsChange } from '@fitflow/contract/settings.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aDatabase } from '../../test/database.ts'
import { anAdmin, type Person } from '../../test/world.ts'
import { transact } from '../platform/tx.ts'
import { changeSettings } from './change-settings.ts'
import { defaultSettings, inForce, newestSettings, openSettings, settingsRows, timelineOf, type SettingsStore } from './settings.ts'

const { db, clock } = await aDatabase()
let admin: Person
let store: SettingsStore
beforeAll(async () => {
  admin = await anAdmin(db)
  store = await openSettings(db)
})
afterAll(() => store.close())

const any = () => {}
const change = (values: SettingsChange, expect = any as (version: number) => void) =>
  transact(db, admin.context, {}, tx => changeSettings(tx, values, expect))
const later = (hours: number) => String(clock.now().add({ hours }))
const now = async () => inForce(timelineOf(await settingsRows(db.sql)), clock.now())

test('until something is changed the defaults are in force, as version 0', async () => {
  expect(await now()).toEqual(defaultSettings)
  expect(store.current()).toEqual(defaultSettings)
})

test('a change is in force at once and leaves everything else as it was', async () => {
  const changed = await change({ holdSeconds: 300 })
  expect(changed).toEqual({ ...defaultSettings, holdSeconds: 300, version: changed.version, effectiveFrom: clock.now() })
  expect(await now()).toEqual(changed)
})

test('a change for later waits for its instant', async () => {
  const before = await now()
  const changed = await change({ holdSeconds: 200, effectiveFrom: later(1) })
  clock.advance({ minutes: 59, seconds: 59 })
  expect(await now()).toEqual(before)
  clock.advance({ seconds: 1 })
  expect(await now()).toEqual(changed)
})

test('a change for now and one for later do not undo each other', async () => {
  await change({ holdSeconds: 100, effectiveFrom: later(2) })
  await change({ offerSeconds: 50 })
  expect(await now()).toMatchObject({ holdSeconds: 200, offerSeconds: 50 })
  clock.advance({ hours: 2 })
  expect(await now()).toMatchObject({ holdSeconds: 100, offerSeconds: 50 })
})

test('of two changes for one instant the newer wins', async () => {
  const effectiveFrom = later(1)
  await change({ holdSeconds: 61, effectiveFrom })
  await change({ holdSeconds: 62, effectiveFrom })
  clock.advance({ hours: 1 })
  expect(await now()).toMatchObject({ holdSeconds: 62 })
})

test('who changed what from what is in the audit', async () => {
  const { holdSeconds: was } = await now()
  const { version } = await change({ holdSeconds: 777 })
  const [row] = await db.sql`select user_id, details from audit_log where entity_type = 'settings' order by id desc limit 1`
  expect(row).toMatchObject({ userId: admin.id, details: { version, changed: { holdSeconds: { was, is: 777 } } } })
})

describe('refused is', () => {
  test('a change for the past', async () => {
    await expect(change({ holdSeconds: 60, effectiveFrom: later(-1) })).rejects.toMatchObject({
      code: 'invalid-request',
      facts: { errors: [{ path: 'body/effectiveFrom' }] },
    })
    await change({ holdSeconds: 60, effectiveFrom: later(0) })
  })

  test('a change of nothing, an unknown zone, an unknown currency', async () => {
    const errors = (...paths: string[]) => ({ code: 'invalid-request', facts: { errors: paths.map(path => ({ path })) } })
    await expect(change({ effectiveFrom: later(1) })).rejects.toMatchObject(errors('body'))
    await expect(change({ timeZone: 'Mars/Olympus', currency: 'XQQ' })).rejects.toMatchObject(errors('body/timeZone', 'body/currency'))
  })

  test('a contradiction, also one with what holds already', async () => {
    await expect(change({ halfReturnHours: 30 })).rejects.toMatchObject({
      code: 'setting-contradiction',
      facts: { contradictions: [{ settings: ['halfReturnHours', 'fullReturnHours'] }] },
    })
    await change({ halfReturnHours: 30, fullReturnHours: 40 })
  })

  test('a change for now that contradicts what is planned for later', async () => {
    const effectiveFrom = later(5)
    await change({ fullReturnHours: 31, effectiveFrom })
    await expect(change({ halfReturnHours: 32 })).rejects.toMatchObject({ code: 'setting-contradiction', facts: { effectiveFrom } })
  })

  test('a change meant for another version', async () => {
    const { version } = await now()
    const seen: number[] = []
    await change({ holdSeconds: 90 }, found => void seen.push(found))
    expect(seen).toEqual([version])
  })

  test('one of two that contradict each other and are made at once', async () => {
    await change({ bookingOpensDays: 10, bookingClosesMinutes: 0 })
    const outcomes = await Promise.allSettled([change({ bookingOpensDays: 2 }), change({ bookingClosesMinutes: 2880 })])
    expect(outcomes.map(outcome => outcome.status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(outcomes.find(outcome => outcome.status === 'rejected')?.reason).toMatchObject({ code: 'setting-contradiction' })
  })
})

describe('another process', () => {
  test('decides by a version the moment its number is known', async () => {
    const { version } = await change({ holdSeconds: 123 })
    const [{ newest }] = await newestSettings(db.sql)
    expect(newest).toBe(version)
    expect(await store.at(newest, clock.now())).toMatchObject({ version, holdSeconds: 123 })
  })

  test('knows every version by its number, in force or not', async () => {
    const { version } = await change({ holdSeconds: 124, effectiveFrom: later(9) })
    expect(await store.version(version)).toMatchObject({ holdSeconds: 124 })
    expect(await store.version(0)).toEqual(defaultSettings)
  })

  test('shows a change within a second of being told', async () => {
    const { version } = await change({ holdSeconds: 125 })
    db.signals.send({ settings: true })
    await expect.poll(() => store.current().version, { timeout: 1000, interval: 5 }).toBe(version)
  })
})
