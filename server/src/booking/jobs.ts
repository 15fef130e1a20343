// What time does in booking: holds past their end, waitlists, and the turns of standing reservations.
import { bookStanding } from './book-standing.ts'
import type { Database } from '../platform/db.ts'
import { Away } from '../platform/memory.ts'
import { repeat, type Loop } from '../platform/repeat.ts'
import { newTraceId } from '../platform/trace.ts'
import { endOutlived } from './keep-standing.ts'
import type { PromotionHouse } from './promote-waiting.ts'
import { sweepHolds, sweepKeptHolds } from './sweep-holds.ts'
import { closeWaitlists, wakeSleepers } from './sweep-waitlists.ts'

const sweepEveryMs = 1000

// The memory may have lost some: the database is asked all the same, but not each second.
const askEvery = 5

/** Starts the sweep; any number of workers may run it. */
export function startSweep(db: Database): Loop {
  let round = 0
  return repeat('the hold sweep', { everyMs: sweepEveryMs }, db.log, async () => {
    const isBehind = db.memory.line === null || round++ % askEvery === 0
    return (await (isBehind ? sweepHolds(db, newTraceId()) : sweepFirst(db))) > 0 ? 'again' : 'later'
  })
}

async function sweepFirst(db: Database): Promise<number> {
  try {
    return await sweepKeptHolds(db, newTraceId())
  } catch (error) {
    // Nothing is lost without it.
    if (error instanceof Away) return sweepHolds(db, newTraceId())
    throw error
  }
}

const waitlistsEveryMs = 5000

/** Starts waking those who slept through an offer and closing lists that are over; any number of workers may run it. */
export function startMindingWaitlists(house: PromotionHouse): Loop {
  return repeat('minding the waitlists', { everyMs: waitlistsEveryMs }, house.db.log, async () => {
    const done = (await wakeSleepers(house, newTraceId())) + (await closeWaitlists(house, newTraceId()))
    return done > 0 ? 'again' : 'later'
  })
}

const standingEveryMs = 5000

/** Starts booking standing reservations as they fall due; any number of workers may run it. */
export function startBookingStanding(house: PromotionHouse): Loop {
  return repeat('standing reservations', { everyMs: standingEveryMs }, house.db.log, async () => {
    await endOutlived(house, newTraceId())
    return (await bookStanding(house, newTraceId())) > 0 ? 'again' : 'later'
  })
}
