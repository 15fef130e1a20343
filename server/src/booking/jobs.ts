// What time does in booking: the sweep of holds past their end.
import type { Database } from '../platform/db.ts'
import { repeat, type Loop } from '../platform/repeat.ts'
import { newTraceId } from '../platform/trace.ts'
import type { PromotionHouse } from './promote-waiting.ts'
import { sweepHolds } from './sweep-holds.ts'
import { closeWaitlists, wakeSleepers } from './sweep-waitlists.ts'

const sweepEveryMs = 1000

/** Starts the sweep; any number of workers may run it. */
export function startSweep(db: Database): Loop {
  return repeat('the hold sweep', sweepEveryMs, db.log, async () => ((await sweepHolds(db, newTraceId())) > 0 ? 'again' : 'later'))
}

const waitlistsEveryMs = 5000

/** Starts waking those who slept through an offer and closing lists that are over; any number of workers may run it. */
export function startMindingWaitlists(house: PromotionHouse): Loop {
  return repeat('minding the waitlists', waitlistsEveryMs, house.db.log, async () => {
    const done = (await wakeSleepers(house, newTraceId())) + (await closeWaitlists(house, newTraceId()))
    return done > 0 ? 'again' : 'later'
  })
}
