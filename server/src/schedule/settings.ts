// The studio's settings by version: rows are never edited, so what was once read is kept.
import type { settingShapes } from '@fitflow/contract/settings.ts'
import type Type from 'typebox'
import type { Database } from '../platform/db.ts'
import type { Sql } from '../platform/sql.ts'

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
  bookingOpensMode: 'rolling',
  bookingOpensDays: 30,
  bookingOpensWeekday: 1,
  bookingOpensTime: '09:00',
  bookingOpensLeadDays: 7,
  bookingClosesMinutes: 0,
  liveHoldsMax: 3,
  bookingsPerDayMax: 0,
  bookingsPerWeekMax: 0,
  bookingsUpcomingMax: 0,
  standingLeadMinutes: 60,
  seriesHorizonWeeks: 8,
  graceMinutes: 10,
  scanOpensMinutes: 30,
  lateJoinMinutes: 20,
  waitlistCutoffMinutes: 30,
  waitlistMax: 0,
  autoPromotionHours: 12,
  promotionFreeCancelMinutes: 30,
  quietHoursStart: '22:00',
  quietHoursEnd: '07:00',
  strikesOn: true,
  strikesMax: 3,
  strikeWindowDays: 90,
  blockDays: 14,
  lateCancelFee: 0,
  noShowFee: 0,
  firstExpiryWarningDays: 14,
  lastExpiryWarningDays: 3,
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

/** One change as it is kept: only what it says anew, so that a change for later leaves the others be. */
export interface SettingsRow {
  version: number
  effectiveFrom: Temporal.Instant
  values: Partial<SettingValues>
  /** The version that this row takes back before it has taken force; such a row is no version itself. */
  withdraws: number | null
}

/** The changes after a version, in the order they were made. */
export function settingsRows(sql: Sql, afterVersion = 0) {
  return sql<SettingsRow[]>`
    select version, effective_from, "values", withdraws from settings where version > ${afterVersion} order by version`
}

/**
 * Every version with all that holds under it, in the order they take force; of two for one instant the newer wins.
 * A version that has been in force never changes: what is added later takes force later. `kept` counts though withdrawn.
 */
export function timelineOf(rows: readonly SettingsRow[], kept?: number): Settings[] {
  const inOrder = (a: SettingsRow, b: SettingsRow) =>
    Temporal.Instant.compare(a.effectiveFrom, b.effectiveFrom) || a.version - b.version
  const withdrawn = new Set(rows.map(({ withdraws }) => withdraws).filter(version => version !== kept))
  const changes = rows.filter(({ version, withdraws }) => withdraws === null && !withdrawn.has(version))
  let settings = defaultSettings
  const changed = changes.toSorted(inOrder).map(({ version, effectiveFrom, values }) => {
    settings = { ...settings, ...values, version, effectiveFrom }
    return settings
  })
  return [defaultSettings, ...changed]
}

/** What holds at an instant: the last of a timeline that has taken force. */
export function inForce(timeline: readonly Settings[], now: Temporal.Instant): Settings {
  const due = ({ effectiveFrom }: Settings) => Temporal.Instant.compare(effectiveFrom, now) <= 0
  return timeline.findLast(due) ?? defaultSettings
}

/** What holds now, read anew: where a refusal or a rare command needs it. */
export async function settingsNow({ sql, now }: { sql: Sql; now: Temporal.Instant }): Promise<Settings> {
  return inForce(timelineOf(await settingsRows(sql)), now)
}

const pollMs = 1000

/** Opens the store and keeps it at most a second behind other processes. */
export async function openSettings(db: Database): Promise<SettingsStore> {
  const rows: SettingsRow[] = []
  let timeline = timelineOf(rows)
  let newestKnown = 0
  // The last of the timeline once it is in force: until another comes there is nothing to look up.
  let settled: Settings | undefined

  const current = () => {
    const found = settled ?? inForce(timeline, db.clock.now())
    if (found === timeline.at(-1)) settled = found
    return found
  }
  const load = async () => {
    const added = await settingsRows(db.sql, newestKnown)
    // Two loads at once bring the same rows; each is kept once.
    const news = added.filter(row => row.version > newestKnown)
    if (news.length === 0) return
    rows.push(...news)
    newestKnown = rows.at(-1)?.version ?? 0
    timeline = timelineOf(rows)
    settled = undefined
  }
  const refresh = () => {
    // What is known goes on holding; the next look comes within a second.
    load().catch((error: unknown) => db.log.warn(error, 'settings could not be read anew'))
  }
  await load()
  const timer = setInterval(refresh, pollMs).unref()
  db.signals.hear(changed => changed.settings && refresh(), refresh)
  return {
    async at(newest, now) {
      if (newest > newestKnown) await load()
      return inForce(timeline, now)
    },
    async version(version) {
      if (version > newestKnown) await load()
      const has = (of: readonly Settings[]) => of.find(settings => settings.version === version)
      // Withdrawn in the moment in which it took force: somebody may hold under it.
      const found = has(timeline) ?? has(timelineOf(rows, version))
      if (!found) throw new Error(`there is no version ${version} of the settings`)
      return found
    },
    current,
    close: () => clearInterval(timer),
  }
}
