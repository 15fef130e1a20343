// What the studio's settings were, are and will be: every change in the order in which it takes force.
import type { SettingsVersions } from '@fitflow/contract/settings.ts'
import type { UserId } from '../platform/ids.ts'
import type { Tx } from '../platform/tx.ts'
import { traps } from './settings-lint.rule.ts'
import { inForce, timelineOf, type SettingsRow } from './settings.ts'

interface MadeRow extends SettingsRow {
  createdBy: UserId | null
  createdAt: Temporal.Instant
}

/** Every version but the defaults, with who made it, whether it holds, and the traps it sets; the last to take force comes last. */
export async function settingsVersions(tx: Pick<Tx, 'sql' | 'now'>): Promise<SettingsVersions> {
  const rows = await tx.sql<MadeRow[]>`
    select version, effective_from, "values", created_by, created_at from settings order by version`
  const made = new Map(rows.map(row => [row.version, row]))
  const timeline = timelineOf(rows)
  const { version: holding } = inForce(timeline, tx.now)
  const items = timeline.flatMap(settings => {
    const row = made.get(settings.version)
    if (row === undefined) return []
    const { version, effectiveFrom, values, createdBy, createdAt } = row
    const isPlanned = Temporal.Instant.compare(effectiveFrom, tx.now) > 0
    const state: SettingsVersions['items'][number]['state'] = isPlanned ? 'planned' : version === holding ? 'in_force' : 'replaced'
    const told = { changes: values, madeBy: createdBy, madeAt: String(createdAt), warnings: traps(settings) }
    return [{ version, effectiveFrom: String(effectiveFrom), state, ...told }]
  })
  return { items }
}
