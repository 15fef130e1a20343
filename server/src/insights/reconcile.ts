// The daily look at everything: what is broken is a row that an admin reads, an error in the log and a figure among the metrics.
import type { BrokenCheck, CheckedArea } from '@fitflow/contract/reconciliation.ts'
import type { Context } from '../platform/context.ts'
import type { Database } from '../platform/db.ts'
import { linesOf, type Broken, type Invariant } from '../platform/invariant.ts'
import { tellReconciled } from '../platform/metrics-of-work.ts'
import type { Connection, Pool } from '../platform/sql.ts'
import { newTraceId } from '../platform/trace.ts'
import { transact } from '../platform/tx.ts'
import type { SettingsStore } from '../schedule/settings.ts'
import { lastDue } from './night.rule.ts'
import { begin, end, readStanding, wantReconciliation, type Ending } from './reconciliations.ts'

type Found = Broken<Invariant & { area: CheckedArea }>[]

export interface Reconciling {
  db: Database
  settings: Pick<SettingsStore, 'current'>
  /** Recomputes every invariant on one snapshot; rejects when one of them takes longer than `msMax`. */
  recompute(pool: Pool, msMax: number): Promise<Found>
}

const msMax = 5 * 60_000
const attemptsMax = 3

const reconciling = (): Context => ({ actor: { userId: null, role: 'system', via: 'job' }, traceId: newTraceId() })

/**
 * Does the check that is wanted, or due since a night that no worker was there for; answers whether it did. Of many workers one
 * does it; what a worker that died had begun is begun again by the next that looks.
 */
export async function reconcileDue(house: Reconciling): Promise<boolean> {
  const { db, settings } = house
  const { wanted, lastAt } = await readStanding(db.sql)
  if (!wanted) {
    if (Temporal.Instant.compare(lastAt, lastDue(db.clock.now(), settings.current().timeZone)) >= 0) return false
    await transact(db, reconciling(), { isolation: 'read committed' }, tx => wantReconciliation(tx, null))
  }
  // The turn belongs to a connection of its own: it ends with its process, however that ends.
  const turn = await db.sql.reserve()
  try {
    return (await hasTurn(turn)) && (await reconcile(house))
  } finally {
    // A connection that is gone has let go of its turn.
    await turn`select pg_advisory_unlock_all()`.catch(() => undefined)
    turn.release()
  }
}

async function hasTurn(turn: Connection): Promise<boolean> {
  const [row] = await turn<[{ mine: boolean }]>`select pg_try_advisory_lock(hashtextextended('reconciliation', 0)) as mine`
  return row.mine
}

async function reconcile({ db, recompute }: Reconciling): Promise<boolean> {
  const begun = await transact(db, reconciling(), { isolation: 'read committed' }, begin)
  if (!begun) return false
  const finish = (ending: Omit<Ending, 'id'>) => transact(db, reconciling(), { isolation: 'read committed' }, tx => end(tx, { id: begun.id, ...ending }))
  try {
    const found = await recompute(db.sql, msMax)
    await finish({ broken: found.map(toKept) })
    tell(db, found)
  } catch (error) {
    // Whatever stands in its way may have passed by the next attempt; after the last one an admin has to know.
    if (begun.attempts < attemptsMax) throw error
    db.log.error(error, 'the daily check could not be done to its end')
    await finish({ broken: [], fault: String(error) })
  }
  return true
}

const toKept = ({ invariant: { area, name }, count, samples }: Found[number]): BrokenCheck => ({ area, check: name, count, samples })

function tell({ log, clock }: Database, found: Found): void {
  const findings = linesOf(found)
  tellReconciled(findings.length, clock.now())
  for (const finding of findings) log.error({ finding }, 'an invariant is broken')
  log.info({ findings: findings.length }, 'every invariant was recomputed')
}
