// The daily look at everything: what is broken is an error in the log and a figure among the metrics, before a person meets it.
import type { Database } from './platform/db.ts'
import { tellReconciled } from './platform/metrics-of-work.ts'
import { verifySnapshot } from './verify.ts'

/** Recomputes every invariant on the live data in one snapshot; answers what is broken, one line a finding. */
export async function reconcile({ sql, clock, log }: Pick<Database, 'sql' | 'clock' | 'log'>): Promise<string[]> {
  const broken = await verifySnapshot(sql)
  tellReconciled(broken.length, clock.now())
  for (const finding of broken) log.error({ finding }, 'an invariant is broken')
  log.info({ findings: broken.length }, 'every invariant was recomputed')
  return broken
}
