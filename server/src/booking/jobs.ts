// What time does in booking: holds past their end, waitlists, and the turns of standing reservations.
import { bookStanding } from './book-standing.ts'
import type { Database } from '../platform/db.ts'
import { repeat, type Loop } from '../platform/repeat.ts'
import { newTraceId } from '../platform/trace.ts'
import { endOutlived } from './keep-standing.ts'
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

const standingEveryMs = 5000

/** Starts booking standing reservations as they fall due; any number of workers may run it. */
export function startBookingStanding(house: PromotionHouse): Loop {
  return repeat('standing reservations', standingEveryMs, house.db.log, async () => {
    await endOutlived(house, newTraceId())
    return (await bookStanding(house, newTraceId())) > 0 ? 'again' : 'later'
  })
}
