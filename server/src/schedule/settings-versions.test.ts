// What the list of the settings' versions says: what held when, what it changed, who made it, and what it warns of.
import { beforeAll, expect, test } from 'vitest'
import type { SettingsChange, SettingsVersion } from '@fitflow/contract/settings.ts'
import { aDatabase } from '../../test/database.ts'
import { anAdmin, type Person } from '../../test/world.ts'
import { transact } from '../platform/tx.ts'
import { changeSettings } from './change-settings.ts'
import { settingsVersions } from './settings-versions.ts'
import { withdrawSettings } from './withdraw-settings.ts'

const { db, clock } = await aDatabase()
let admin: Person
beforeAll(async () => {
  admin = await anAdmin(db)
})

const change = (values: SettingsChange) => transact(db, admin.context, {}, tx => changeSettings(tx, values, () => {}))
const versions = (query = {}) => settingsVersions({ sql: db.sql, now: clock.now() }, query)
const states = async () => (await versions()).items.map(({ state }) => state)
const inHours = (hours: number) => String(clock.now().add({ hours }))

test('a planned version holds exactly from its instant on, and replaces the one before it', async () => {
  await change({ holdSeconds: 300 })
  await change({ holdSeconds: 200, effectiveFrom: inHours(1) })
  expect(await states()).toEqual(['planned', 'in_force'])
  clock.advance({ minutes: 59, seconds: 59 })
  expect(await states()).toEqual(['planned', 'in_force'])
  clock.advance({ seconds: 1 })
  expect(await states()).toEqual(['in_force', 'replaced'])
})

test('each version says what it changed from what, who made it and when, and every trap of what holds under it', async () => {
  const madeAt = String(clock.now())
  await change({ graceMinutes: 20 })
  await change({ offerSeconds: 100, effectiveFrom: inHours(2) })
  const { items } = await versions()
  const warnings = [{ settings: ['lateJoinMinutes', 'graceMinutes'] }]
  const madeBy = { id: admin.id, name: admin.name }
  expect(items.slice(0, 2)).toMatchObject([
    { changes: [{ setting: 'offerSeconds', was: 300, is: 100 }], madeBy, madeAt, state: 'planned', warnings, withdrawn: null },
    { changes: [{ setting: 'graceMinutes', was: 10, is: 20 }], madeBy, madeAt, state: 'in_force', warnings, withdrawn: null },
  ])
})

test('a version that sets no trap warns of nothing', async () => {
  const { items } = await versions()
  expect(items.at(-1)?.warnings).toEqual([])
})

test('what was withdrawn says by whom and when, and what it would have changed', async () => {
  const { version } = await change({ holdSeconds: 50, effectiveFrom: inHours(3) })
  clock.advance({ minutes: 1 })
  await transact(db, admin.context, {}, tx => withdrawSettings(tx, version))
  const { items } = await versions()
  expect(items[0]).toMatchObject({
    ...{ version, state: 'withdrawn', changes: [{ setting: 'holdSeconds', was: 200, is: 50 }], warnings: [] },
    withdrawn: { by: { id: admin.id, name: admin.name }, at: String(clock.now()) },
  } satisfies Partial<SettingsVersion>)
})

test('page by page the list is the same', async () => {
  const { items } = await versions()
  const paged: SettingsVersion[] = []
  let cursor: string | null = null
  do {
    const page = await versions({ limit: 2, ...(cursor ? { cursor } : {}) })
    expect(page.items.length).toBeLessThanOrEqual(2)
    paged.push(...page.items)
    cursor = page.nextCursor
  } while (cursor)
  expect(paged).toEqual(items)
})

test('a version that changes the currency warns of it, and the one after it does not', async () => {
  await change({ currency: 'USD', graceMinutes: 10 })
  await change({ holdSeconds: 250 })
  const [after, changing] = (await versions()).items.filter(({ state }) => state !== 'withdrawn' && state !== 'planned')
  expect([after?.warnings.map(({ settings }) => settings), changing?.warnings.map(({ settings }) => settings)]).toEqual([[], [['currency']]])
})
