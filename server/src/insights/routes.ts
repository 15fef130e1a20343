// The module's door for admins: what the daily checks found, and one at once.
import { Reconciliation, Reconciliations } from '@fitflow/contract/reconciliation.ts'
import type { Database } from '../platform/db.ts'
import type { Edge } from '../platform/http.ts'
import { answerOnce } from '../platform/idempotency.ts'
import type { SettingsStore } from '../schedule/settings.ts'
import { nextDue } from './night.rule.ts'
import { listReconciliations, wantReconciliation } from './reconciliations.ts'

/** Registers the daily checks, an admin's alone. */
export function routes(edge: Edge, { db, settings }: { db: Database; settings: Pick<SettingsStore, 'current'> }): void {
  edge.read(
    { method: 'GET', path: '/admin/reconciliation', access: 'admin', summary: 'The last daily checks of every sum and count, and what the latest found', answers: { 200: Reconciliations } },
    async () => ({ ...(await listReconciliations(db.sql)), nextAt: String(nextDue(db.clock.now(), settings.current().timeZone)) }),
  )
  edge.command(
    {
      ...{ method: 'POST', path: '/admin/reconciliation', access: 'admin', summary: 'Check everything now; while a check waits or is under way, that one is answered' },
      answers: { 202: Reconciliation },
    } as const,
    ({ keyed, context, principal }) =>
      answerOnce(db, { keyed, context }, { isolation: 'read committed' }, async tx => {
        const wanted = await wantReconciliation(tx, principal.userId)
        tx.audit({ entityType: 'reconciliation', entityId: wanted.id, action: 'asked', details: {} })
        return { status: 202, body: wanted }
      }),
  )
}
