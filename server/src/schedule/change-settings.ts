// Changing the studio's settings: a new row that takes force now or later, never a change of an old one.
import type { Settings as WireSettings, SettingsChange, SettingsPreview, SettingsPreviewQuery } from '@fitflow/contract/settings.ts'
import { Problem } from '../platform/problem.ts'
import { malformed, type Part } from '../platform/shape.ts'
import type { Tx } from '../platform/tx.ts'
import { traps, trapsOfChange } from './settings-lint.rule.ts'
import { contradictions, unknownValues, type Contradiction } from './settings.rule.ts'
import { inForce, settingsRows, timelineOf, type Settings, type SettingsRow, type SettingValues } from './settings.ts'

/** The audit is kept by UUID, and there is one set of settings. */
export const settingsId = '00000000-0000-0000-0000-000000000000'

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
  refuseMalformed(change, 'body', tx.now)
  if (Object.keys(values).length === 0) throw malformed([{ path: 'body', message: 'must change at least one setting' }])
  const effectiveFrom = asked === undefined ? tx.now : Temporal.Instant.from(asked)
  const row = await insertSettings(tx, { effectiveFrom, values, withdraws: null })
  const [settings, ...later] = from(row, rows)
  // What is planned for later builds on this change, so it is looked at again.
  refuseContradictions([settings, ...later])
  audit(tx, inForce(before, effectiveFrom), { row, values })
  return settings
}

/**
 * What saving this change would say, of itself and of what is planned after it; nothing is saved. Throws `invalid-request`
 * for what no saving would take.
 */
export async function previewSettings(tx: Pick<Tx, 'sql' | 'now'>, change: SettingsPreviewQuery): Promise<SettingsPreview> {
  refuseMalformed(change, 'query', tx.now)
  const rows = await settingsRows(tx.sql)
  const { effectiveFrom: asked, ...values } = change
  const effectiveFrom = asked === undefined ? tx.now : Temporal.Instant.from(asked)
  const version = Math.max(0, ...rows.map(row => row.version)) + 1
  const timeline = from({ version, effectiveFrom, values, withdraws: null }, rows)
  const before = inForce(timelineOf(rows), effectiveFrom)
  const ofChange = (settings: Settings) => trapsOfChange(timeline[timeline.indexOf(settings) - 1] ?? before, settings)
  const trapsOf = (settings: Settings) => [...ofChange(settings), ...traps(settings)]
  return { contradictions: saidOnce(timeline, contradictions), warnings: saidOnce(timeline, trapsOf) }
}

/** What holds from a new row on: its own version, then those that build on it. */
function from(row: SettingsRow, rows: readonly SettingsRow[]): [Settings, ...Settings[]] {
  const timeline = timelineOf([...rows, row])
  return timeline.slice(timeline.findIndex(settings => settings.version === row.version)) as [Settings, ...Settings[]]
}

/** What a rule says of a timeline, each sentence where it first comes true. */
function saidOnce(timeline: readonly Settings[], rule: (values: Settings) => Contradiction[]): SettingsPreview['warnings'] {
  const said = timeline.flatMap(settings => rule(settings).map(words => ({ ...words, effectiveFrom: String(settings.effectiveFrom) })))
  return said.filter((words, at) => said.findIndex(({ sentence }) => sentence === words.sentence) === at)
}

function refuseMalformed({ effectiveFrom, ...values }: SettingsChange, part: Part, now: Temporal.Instant): void {
  const errors = unknownValues(values).map(({ setting, message }) => ({ path: `${part}/${setting}`, message }))
  if (effectiveFrom !== undefined && Temporal.Instant.compare(effectiveFrom, now) < 0) {
    errors.push({ path: `${part}/effectiveFrom`, message: 'must not be in the past' })
  }
  if (errors.length > 0) throw malformed(errors)
}

/** Throws `setting-contradiction` for the first of these versions that cannot be kept, with all that is wrong with it. */
export function refuseContradictions(timeline: readonly Settings[]): void {
  for (const { effectiveFrom, ...values } of timeline) {
    const found = contradictions(values)
    if (found.length === 0) continue
    throw new Problem('setting-contradiction', found.map(({ sentence }) => sentence).join(' '), {
      contradictions: found,
      effectiveFrom: String(effectiveFrom),
    })
  }
}

/** Adds a row in the actor's name. */
export async function insertSettings(tx: Tx, { effectiveFrom, values, withdraws }: Omit<SettingsRow, 'version'>): Promise<SettingsRow> {
  const [row] = await tx.sql<[SettingsRow]>`
    insert into settings (effective_from, "values", withdraws, created_by, created_at)
    values (${effectiveFrom}, ${tx.sql.json(values)}, ${withdraws}, ${tx.actor.userId}, ${tx.now})
    returning version, effective_from, "values", withdraws`
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

/** Settings as they cross the wire, with the linter's words. */
export function toWireSettings({ effectiveFrom, ...settings }: Settings): WireSettings {
  return { ...settings, effectiveFrom: String(effectiveFrom), warnings: traps(settings) }
}
