// What a change of the settings would say, before anybody saves it.
import { beforeAll, expect, test } from 'vitest'
import type { SettingsChange, SettingsPreviewQuery } from '@fitflow/contract/settings.ts'
import { aDatabase } from '../../test/database.ts'
import { anAdmin, type Person } from '../../test/world.ts'
import { transact } from '../platform/tx.ts'
import { changeSettings, previewSettings } from './change-settings.ts'

const { db, clock } = await aDatabase()
let admin: Person
beforeAll(async () => {
  admin = await anAdmin(db)
})

const change = (values: SettingsChange) => transact(db, admin.context, {}, tx => changeSettings(tx, values, () => {}))
const preview = (values: SettingsPreviewQuery) => previewSettings({ sql: db.sql, now: clock.now() }, values)
const later = (hours: number) => String(clock.now().add({ hours }))

test('a preview names what saving would refuse and what it would warn of, and saves nothing', async () => {
  const wish = { halfReturnHours: 30, graceMinutes: 30 }
  const effectiveFrom = String(clock.now())
  expect(await preview(wish)).toMatchObject({
    contradictions: [{ settings: ['halfReturnHours', 'fullReturnHours'], effectiveFrom }],
    warnings: [{ settings: ['lateJoinMinutes', 'graceMinutes'], effectiveFrom }],
  })
  expect(await db.sql`select from settings`).toHaveLength(0)
  expect(await preview({})).toEqual({ contradictions: [], warnings: [] })
})

test('a preview looks at the instant that is asked for, and at what is planned after it', async () => {
  const effectiveFrom = later(5)
  await change({ fullReturnHours: 12, effectiveFrom })
  const wish = { halfReturnHours: 13 }
  expect(await preview(wish)).toMatchObject({ contradictions: [{ effectiveFrom }] })
  expect(await preview({ ...wish, effectiveFrom: later(6) })).toMatchObject({ contradictions: [{ effectiveFrom: later(6) }] })
  expect(await preview({ ...wish, fullReturnHours: 14, effectiveFrom: later(6) })).toMatchObject({ contradictions: [] })
})

test('a preview says each sentence once, where it first comes true', async () => {
  const { warnings } = await preview({ graceMinutes: 30 })
  expect(warnings).toMatchObject([{ settings: ['lateJoinMinutes', 'graceMinutes'], effectiveFrom: String(clock.now()) }])
})

test('a preview refuses what no saving would take, naming the parameter', async () => {
  await expect(preview({ timeZone: 'Mars/Olympus', effectiveFrom: later(-1) })).rejects.toMatchObject({
    code: 'invalid-request',
    facts: { errors: [{ path: 'query/timeZone' }, { path: 'query/effectiveFrom' }] },
  })
})

test('a preview warns of a change of the currency where it takes force, and of none where it stays', async () => {
  const effectiveFrom = later(48)
  const named = { settings: ['currency'], effectiveFrom }
  expect((await preview({ currency: 'USD', effectiveFrom })).warnings).toMatchObject([named])
  expect((await preview({ currency: 'EUR', effectiveFrom })).warnings).toEqual([])
  await change({ currency: 'USD', effectiveFrom })
  expect((await preview({ strikesMax: 4, effectiveFrom: later(49) })).warnings).toEqual([])
  expect((await preview({ strikesMax: 4 })).warnings).toMatchObject([named])
  expect((await preview({ currency: 'USD' })).warnings).toMatchObject([{ settings: ['currency'], effectiveFrom: String(clock.now()) }])
  const figures = (await preview({ currency: 'CHF' })).warnings.map(({ sentence }) => /price of (.*)\. What/.exec(sentence)?.[1])
  expect(figures).toEqual(['18.00 EUR becomes 18.00 CHF', '18.00 CHF becomes 18.00 USD'])
})
