// The studio's settings by version: rows are never edited, so what was once read is kept.
import type { settingShapes } from '@fitflow/contract/settings.ts'
import type Type from 'typebox'
import type { Database, Sql } from '../platform/db.ts'

export type SettingValues = { [K in keyof typeof settingShapes]: Type.Static<(typeof settingShapes)[K]> }

export interface Settings extends SettingValues {
  version: number
  effectiveFrom: Temporal.Instant
}

/** Version 0: what holds until a studio says otherwise (defaults of the requirements). */
export const defaultSettings: Settings = {
  version: 0,
  effectiveFrom: Temporal.Instant.fromEpochMilliseconds(0),
  studioName: 'FitFlow Studio',
  accentColor: '#1f5c46',
  timeZone: 'UTC',
  currency: 'EUR',
  holdSeconds: 600,
  offerSeconds: 300,
  bookingOpensDays: 30,
  bookingClosesMinutes: 0,
  liveHoldsMax: 3,
  fullReturnHours: 24,
  halfReturnHours: 12,
  halfReturnPercent: 50,
  holdsPerMinute: 5,
  requestsPerMinute: 1200,
  failedSignInsPerAccountPerMinute: 10,
  failedSignInsPerAddressPerMinute: 300,
}

export interface SettingsStore {
  /** The version in force at `now`, given the newest version there is (asked for in the same transaction). */
  at(newest: number, now: Temporal.Instant): Promise<Settings>
  /** A version by its number: what a hold was made under. */
  version(version: number): Promise<Settings>
  /** What this process last knew, at most a second old: limits and display, never a decision. */
  current(): Settings
  close(): void
}

/** The number of the newest version, 0 when there is none: one index probe, sent along with a lock. */
export function newestSettings(sql: Sql) {
  return sql<[{ newest: number }]>`select coalesce(max(version), 0) as newest from settings`
}

interface Row {
  version: number
  effectiveFrom: Temporal.Instant
  values: SettingValues
}

const pollMs = 1000

/** Opens the store and keeps it at most a second behind other processes. */
export async function openSettings(db: Database): Promise<SettingsStore> {
  const versions = new Map<number, Settings>([[0, defaultSettings]])
  let newestKnown = 0

  const load = async () => {
    const rows = await db.sql<Row[]>`
      select version, effective_from, "values" from settings where version > ${newestKnown} order by version`
    for (const { version, effectiveFrom, values } of rows) {
      versions.set(version, { ...defaultSettings, ...values, version, effectiveFrom })
      newestKnown = version
    }
  }
  const inForce = (now: Temporal.Instant) => {
    let found = defaultSettings
    for (const settings of versions.values()) {
      const due = Temporal.Instant.compare(settings.effectiveFrom, now) <= 0
      const later = Temporal.Instant.compare(settings.effectiveFrom, found.effectiveFrom) >= 0
      if (due && later) found = settings
    }
    return found
  }
  const refresh = () => {
    load().catch((error: unknown) => db.log.warn(error, 'settings could not be read anew'))
  }
  await load()
  const timer = setInterval(refresh, pollMs).unref()
  db.signals.hear(changed => changed.settings && refresh(), refresh)
  return {
    async at(newest, now) {
      if (newest > newestKnown) await load()
      return inForce(now)
    },
    async version(version) {
      if (!versions.has(version)) await load()
      const found = versions.get(version)
      if (!found) throw new Error(`there is no version ${version} of the settings`)
      return found
    },
    current: () => inForce(db.clock.now()),
    close: () => clearInterval(timer),
  }
}
