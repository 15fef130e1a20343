// Taking back what is planned: it never takes force, the rest goes on without it, and what holds already stays.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SettingsChange } from '@fitflow/contract/settings.ts'
import { aDatabase } from '../../test/database.ts'
import { refusal } from '../../test/front-desk.ts'
import { anAdmin, type Person } from '../../test/world.ts'
import { transact } from '../platform/tx.ts'
import { changeSettings } from './change-settings.ts'
import { newestSettings, openSettings, type SettingsStore } from './settings.ts'
import { withdrawSettings } from './withdraw-settings.ts'

const { db, clock } = await aDatabase()
let admin: Person
let store: SettingsStore
beforeAll(async () => {
  admin = await anAdmin(db)
  store = await openSettings(db)
})
afterAll(() => store.close())

const change = (values: SettingsChange) => transact(db, admin.context, {}, tx => changeSettings(tx, values, () => {}))
const withdraw = (version: number) => transact(db, admin.context, {}, tx => withdrawSettings(tx, version))
const later = (hours: number) => String(clock.now().add({ hours }))
const inForceNow = async () => {
  const [{ newest }] = await newestSettings(db.sql)
  return store.at(newest, clock.now())
}

test('what was withdrawn never takes force, and what is planned after it goes on without it', async () => {
  const { version } = await change({ holdSeconds: 100, offerSeconds: 100, effectiveFrom: later(1) })
  await change({ offerSeconds: 200, effectiveFrom: later(2) })
  await withdraw(version)
  clock.advance({ hours: 1 })
  expect(await inForceNow()).toMatchObject({ version: 0, holdSeconds: 600, offerSeconds: 300 })
  clock.advance({ hours: 1 })
  expect(await inForceNow()).toMatchObject({ holdSeconds: 600, offerSeconds: 200 })
})

test('a version that was withdrawn just as it took force is still known to who holds under it', async () => {
  const { version } = await change({ holdSeconds: 77, effectiveFrom: later(1) })
  await withdraw(version)
  await inForceNow()
  expect(await store.version(version)).toMatchObject({ version, holdSeconds: 77 })
})

test('who withdrew what is in the audit', async () => {
  const effectiveFrom = later(1)
  const { version } = await change({ holdSeconds: 88, effectiveFrom })
  await withdraw(version)
  const [row] = await db.sql`select user_id, details from audit_log where action = 'withdrawn' order by id desc limit 1`
  expect(row).toMatchObject({ userId: admin.id, details: { version, effectiveFrom, values: { holdSeconds: 88 } } })
})

describe('refused is', () => {
  test('what holds since this very instant; a second before it is not', async () => {
    const { version } = await change({ holdSeconds: 99, effectiveFrom: later(1) })
    const { version: next } = await change({ holdSeconds: 98, effectiveFrom: later(1) })
    clock.advance({ minutes: 59, seconds: 59 })
    await withdraw(version)
    clock.advance({ seconds: 1 })
    await refusal('settings-not-planned', withdraw(next))
  })

  test('what was withdrawn already, a withdrawal itself, and what never was', async () => {
    const { version } = await change({ holdSeconds: 99, effectiveFrom: later(1) })
    await withdraw(version)
    await refusal('settings-not-planned', withdraw(version))
    await refusal('not-found', withdraw(version + 1))
    await refusal('not-found', withdraw(0))
  })

  test('a withdrawal without which a later plan would contradict itself', async () => {
    const { version } = await change({ fullReturnHours: 40, effectiveFrom: later(1) })
    const effectiveFrom = later(2)
    await change({ halfReturnHours: 30, effectiveFrom })
    const { facts } = await refusal('setting-contradiction', withdraw(version))
    expect(facts).toMatchObject({ effectiveFrom, contradictions: [{ settings: ['halfReturnHours', 'fullReturnHours'] }] })
  })

  test('the second of two at the same instant', async () => {
    const { version } = await change({ holdSeconds: 99, effectiveFrom: later(1) })
    const outcomes = await Promise.allSettled([withdraw(version), withdraw(version)])
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(outcomes.find(outcome => outcome.status === 'rejected')?.reason).toMatchObject({ code: 'settings-not-planned' })
  })
})
