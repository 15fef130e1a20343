// What the list of the settings' versions says: what held when, who made it, and what it warns of.
import { beforeAll, expect, test } from 'vitest'
import type { SettingsChange } from '@fitflow/contract/settings.ts'
import { aDatabase } from '../../test/database.ts'
import { anAdmin, type Person } from '../../test/world.ts'
import { transact } from '../platform/tx.ts'
import { changeSettings } from './change-settings.ts'
import { settingsVersions } from './settings-versions.ts'

const { db, clock } = await aDatabase()
let admin: Person
beforeAll(async () => {
  admin = await anAdmin(db)
})

const change = (values: SettingsChange) => transact(db, admin.context, {}, tx => changeSettings(tx, values, () => {}))
const states = async () => (await settingsVersions({ sql: db.sql, now: clock.now() })).items.map(({ state }) => state)

test('a planned version holds exactly from its instant on, and replaces the one before it', async () => {
  await change({ holdSeconds: 300 })
  await change({ holdSeconds: 200, effectiveFrom: String(clock.now().add({ hours: 1 })) })
  expect(await states()).toEqual(['in_force', 'planned'])
  clock.advance({ minutes: 59, seconds: 59 })
  expect(await states()).toEqual(['in_force', 'planned'])
  clock.advance({ seconds: 1 })
  expect(await states()).toEqual(['replaced', 'in_force'])
})

test('each version says what it changed, who made it and when, and every trap of what holds under it', async () => {
  const madeAt = String(clock.now())
  await change({ graceMinutes: 20 })
  await change({ offerSeconds: 100, effectiveFrom: String(clock.now().add({ hours: 2 })) })
  const { items } = await settingsVersions({ sql: db.sql, now: clock.now() })
  const warnings = [{ settings: ['lateJoinMinutes', 'graceMinutes'] }]
  expect(items.slice(-2)).toMatchObject([
    { changes: { graceMinutes: 20 }, madeBy: admin.id, madeAt, state: 'in_force', warnings },
    { changes: { offerSeconds: 100 }, madeBy: admin.id, madeAt, state: 'planned', warnings },
  ])
})

test('a version that sets no trap warns of nothing', async () => {
  const { items } = await settingsVersions({ sql: db.sql, now: clock.now() })
  expect(items[0]?.warnings).toEqual([])
})
