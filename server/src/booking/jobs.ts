// What time does in booking: the sweep of holds past their end.
import type { Database } from '../platform/db.ts'
import { repeat, type Loop } from '../platform/repeat.ts'
import { newTraceId } from '../platform/trace.ts'
import { sweepHolds } from './sweep-holds.ts'

const sweepEveryMs = 1000

/** Starts the sweep; any number of workers may run it. */
export function startSweep(db: Database): Loop {
  return repeat('the hold sweep', sweepEveryMs, db.log, async () => ((await sweepHolds(db, newTraceId())) > 0 ? 'again' : 'later'))
}
