// Changing the studio's settings: a new row that takes force now or later, never a change of an old one.
import type { Settings as WireSettings, SettingsChange } from '@fitflow/contract/settings.ts'
import { Problem } from '../platform/problem.ts'
import { malformed } from '../platform/shape.ts'
import type { Tx } from '../platform/tx.ts'
import { contradictions, unknownValues } from './settings.rule.ts'
import { inForce, settingsRows, timelineOf, type Settings, type SettingsRow, type SettingValues } from './settings.ts'

// The audit is kept by UUID, and there is one set of settings.
const settingsId = '00000000-0000-0000-0000-000000000000'

/**
 * Adds a version that says what `change` says, from `effectiveFrom` (now, when not given) on. Runs SERIALIZABLE: two changes
 * at once are each decided with the other in sight. `expect` is shown the version in force and throws when another was meant.
 * Throws `invalid-request` (unknown value, back-dated, nothing changed) and `setting-contradiction`.
 */
export async function changeSettings(tx: Tx, change: SettingsChange, expect: (version: number) => void): Promise<Settings> {
  const rows = await settingsRows(tx.sql)
  const before = timelineOf(rows)
  expect(inForce(before, tx.now).version)
  const { effectiveFrom: asked, ...values } = change
  refuseMalformed(values, asked, tx.now)
  const effectiveFrom = asked === undefined ? tx.now : Temporal.Instant.from(asked)
  const row = await insertSettings(tx, { effectiveFrom, values })
  const after = timelineOf([...rows, row])
  const added = after.findIndex(settings => settings.version === row.version)
  // What is planned for later builds on this change, so it is looked at again.
  refuseContradictions(after.slice(added))
  const settings = after[added] as Settings
  audit(tx, inForce(before, effectiveFrom), { row, values })
  return settings
}

function refuseMalformed(values: Partial<SettingValues>, effectiveFrom: string | undefined, now: Temporal.Instant): void {
  const errors = unknownValues(values)
  if (Object.keys(values).length === 0) errors.push({ path: 'body', message: 'must change at least one setting' })
  if (effectiveFrom !== undefined && Temporal.Instant.compare(effectiveFrom, now) < 0) {
    errors.push({ path: 'body/effectiveFrom', message: 'must not be in the past' })
  }
  if (errors.length > 0) throw malformed(errors)
}

function refuseContradictions(timeline: readonly Settings[]): void {
  for (const { effectiveFrom, ...values } of timeline) {
    const found = contradictions(values)
    if (found.length === 0) continue
    throw new Problem('setting-contradiction', found.map(({ sentence }) => sentence).join(' '), {
      contradictions: found,
      effectiveFrom: String(effectiveFrom),
    })
  }
}

async function insertSettings(tx: Tx, { effectiveFrom, values }: Omit<SettingsRow, 'version'>): Promise<SettingsRow> {
  const [row] = await tx.sql<[SettingsRow]>`
    insert into settings (effective_from, "values", created_by, created_at)
    values (${effectiveFrom}, ${tx.sql.json(values)}, ${tx.actor.userId}, ${tx.now})
    returning version, effective_from, "values"`
  return row
}

function audit(tx: Tx, was: Settings, { row, values }: { row: SettingsRow; values: Partial<SettingValues> }): void {
  const changed = Object.entries(values).map(([name, is]) => [name, { was: was[name as keyof SettingValues], is }])
  tx.audit({
    entityType: 'settings',
    entityId: settingsId,
    action: 'changed',
    details: { version: row.version, effectiveFrom: String(row.effectiveFrom), changed: Object.fromEntries(changed) },
  })
}

/** Settings as they cross the wire. */
export function toWireSettings({ effectiveFrom, ...settings }: Settings): WireSettings {
  return { ...settings, effectiveFrom: String(effectiveFrom) }
}
