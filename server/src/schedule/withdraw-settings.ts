// Taking back a change of the settings that is planned and has not taken force: another row says so, none is edited.
import { Problem } from '../platform/problem.ts'
import type { Tx } from '../platform/tx.ts'
import { insertSettings, refuseContradictions, settingsId } from './change-settings.ts'
import { settingsRows, timelineOf } from './settings.ts'

/**
 * Withdraws a planned version; what is planned after it goes on without it. Runs SERIALIZABLE, as changing does. Throws
 * `not-found`, `settings-not-planned` (it holds or held, or is withdrawn already) and `setting-contradiction` (with what is planned).
 */
export async function withdrawSettings(tx: Tx, version: number): Promise<void> {
  const rows = await settingsRows(tx.sql)
  const planned = rows.find(row => row.version === version && row.withdraws === null)
  if (!planned) throw new Problem('not-found', 'There is no such change of the settings.')
  if (rows.some(row => row.withdraws === version)) throw new Problem('settings-not-planned', 'This change was withdrawn already.')
  const { effectiveFrom } = planned
  if (Temporal.Instant.compare(effectiveFrom, tx.now) <= 0) {
    throw new Problem('settings-not-planned', 'This change has taken force already. Change the settings again instead.', {
      effectiveFrom: String(effectiveFrom),
    })
  }
  const withdrawal = await insertSettings(tx, { effectiveFrom: tx.now, values: {}, withdraws: version })
  const isLater = (at: Temporal.Instant) => Temporal.Instant.compare(at, effectiveFrom) >= 0
  refuseContradictions(timelineOf([...rows, withdrawal]).filter(settings => isLater(settings.effectiveFrom)))
  const details = { version, effectiveFrom: String(effectiveFrom), values: planned.values }
  tx.audit({ entityType: 'settings', entityId: settingsId, action: 'withdrawn', details })
}
