// A lease that is short and kept up by whoever has it: one that died is noticed in seconds, one that takes long keeps what it took.
import { consuming } from './consumer.ts'
import type { Database } from './db.ts'
import { transact, type Tx } from './tx.ts'

/** Whoever died has what it took for so long. */
export const leaseSeconds = 5
const keepUpMs = 1500
// Whoever lives and hangs has it for so long.
const keptUpMsMax = 60_000

export interface Lease {
  /** When it ends; at each prolongation one more. Only rows that still say one of these are its own. */
  ends: readonly Temporal.Instant[]
  until: Temporal.Instant
}

/** Does `work` while `prolong` moves the end of a lease from the `ends` it had to `until`. Whoever lost it works on: an effect is once. */
export async function whileLeased<T>(db: Database, endsAt: Temporal.Instant, prolong: (tx: Tx, lease: Lease) => Promise<unknown>, work: () => Promise<T>): Promise<T> {
  const ends = [endsAt]
  const startedMs = db.clock.monotonicMs()
  let prolonging: Promise<void> | undefined
  const keepUp = async () => {
    try {
      await transact(db, consuming(), { isolation: 'read committed' }, async tx => {
        const until = tx.now.add({ seconds: leaseSeconds })
        ends.push(until)
        await prolong(tx, { ends, until })
      })
    } catch (error) {
      // It ends by itself, and somebody else does the same beside us: an effect is once.
      db.log.warn(error, 'a lease could not be prolonged')
    }
  }
  const timer = setInterval(() => {
    if (db.clock.monotonicMs() - startedMs < keptUpMsMax) prolonging ??= keepUp().finally(() => (prolonging = undefined))
  }, keepUpMs)
  try {
    return await work()
  } finally {
    clearInterval(timer)
    await prolonging
  }
}
