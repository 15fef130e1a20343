// What the studio's settings were, are and will be: every change, the last to take force first, also what was withdrawn.
import type { SettingsVersion, SettingsVersions, SettingsVersionsQuery } from '@fitflow/contract/settings.ts'
import { Instant } from '@fitflow/contract/scalars.ts'
import Type from 'typebox'
import { peopleById, type Person } from '../identity/display-names.ts'
import type { UserId } from '../platform/ids.ts'
import { openKeyset, pageSize } from '../platform/keyset.ts'
import type { Tx } from '../platform/tx.ts'
import { traps, trapsOfChange } from './settings-lint.rule.ts'
import { inForce, timelineOf, type Settings, type SettingsRow, type SettingValues } from './settings.ts'

interface MadeRow extends SettingsRow {
  createdBy: UserId | null
  createdAt: Temporal.Instant
}

const byForce = openKeyset<[string, string]>(Type.Tuple([Instant, Type.String({ pattern: '^[0-9]{1,10}$' })]))

const laterFirst = (a: MadeRow, b: MadeRow) => Temporal.Instant.compare(b.effectiveFrom, a.effectiveFrom) || b.version - a.version

/** One page of the versions but for the defaults: what each changed, who made it, whether it holds, and the traps it sets. */
export async function settingsVersions(tx: Pick<Tx, 'sql' | 'now'>, query: SettingsVersionsQuery): Promise<SettingsVersions> {
  const after = byForce.read(query.cursor)
  const rows = await tx.sql<MadeRow[]>`
    select version, effective_from, "values", withdraws, created_by, created_at from settings order by version`
  const changes = rows.filter(row => row.withdraws === null).toSorted(laterFirst)
  const from = after ? changes.findIndex(row => String(row.version) === after[1]) + 1 : 0
  const { items, nextCursor } = byForce.page(changes.slice(from), query.limit ?? pageSize, row => [String(row.effectiveFrom), String(row.version)])
  const people = await peopleById(tx.sql, rows.flatMap(({ createdBy }) => createdBy ?? []))
  const timeline = timelineOf(rows)
  const holding = inForce(timeline, tx.now).version
  return { items: items.map(row => told(row, { rows, timeline, people, holding, now: tx.now })), nextCursor }
}

interface Known {
  rows: readonly MadeRow[]
  timeline: readonly Settings[]
  people: ReadonlyMap<UserId, Person>
  holding: number
  now: Temporal.Instant
}

function told(row: MadeRow, known: Known): SettingsVersion {
  const { version, effectiveFrom, values, createdBy, createdAt } = row
  const withdrawal = known.rows.find(({ withdraws }) => withdraws === version)
  const withIt = withdrawal ? timelineOf(known.rows, version) : known.timeline
  const at = withIt.findIndex(settings => settings.version === version)
  const [before, settings] = [withIt[at - 1], withIt[at]] as [Settings, Settings]
  const names = Object.keys(values) as (keyof SettingValues)[]
  const isPlanned = Temporal.Instant.compare(effectiveFrom, known.now) > 0
  return {
    version,
    effectiveFrom: String(effectiveFrom),
    state: withdrawal ? 'withdrawn' : isPlanned ? 'planned' : version === known.holding ? 'in_force' : 'replaced',
    changes: names.map(setting => ({ setting, was: before[setting], is: settings[setting] })),
    madeBy: personOf(createdBy, known),
    madeAt: String(createdAt),
    withdrawn: withdrawal ? { by: personOf(withdrawal.createdBy, known), at: String(withdrawal.createdAt) } : null,
    warnings: withdrawal ? [] : [...trapsOfChange(before, settings), ...traps(settings)],
  }
}

function personOf(id: UserId | null, { people }: Known): SettingsVersion['madeBy'] {
  const person = id === null ? undefined : people.get(id)
  return person ? { id: person.id, name: person.name } : null
}
