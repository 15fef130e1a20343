// What runs without a person waiting: relay and consumers, sweeps and jobs, each named here.
import { policyEnforcer } from './attendance/consumers.ts'
import { startMarking } from './attendance/jobs.ts'
import { waitlistManager } from './booking/consumers.ts'
import { startBookingStanding, startMindingWaitlists, startSweep } from './booking/jobs.ts'
import { startEndingBlocks, startExpiry, startWarnings } from './credits/jobs.ts'
import type { House } from './house.ts'
import type { Running } from './lifetime.ts'
import { startWorkers } from './platform/jobs.ts'
import { cleanUp, preparePartitions } from './platform/clean-up.ts'
import { startRelay } from './platform/relay.ts'
import { growSeries } from './schedule/grow-series.ts'
import { startMoving } from './schedule/jobs.ts'

/** Starts everything that time and events set off; `stop` finishes what is under way. */
export async function startWorker(house: House): Promise<Running> {
  const { db, settings } = house
  await preparePartitions(db)
  const relay = startRelay(db, [waitlistManager({ db, settings }), policyEnforcer({ db, settings })])
  const loops = [relay, startSweep(db), startBookingStanding({ db, settings }), startMindingWaitlists({ db, settings }), startMarking({ db, settings }), startMoving(db), startExpiry(house), startWarnings(house), startEndingBlocks(db)]
  const workers = await startWorkers(db, [], [
    { name: 'clean-up', match: '17 * * * *', run: () => cleanUp(db) },
    { name: 'series', match: '*/5 * * * *', run: async () => void (await growSeries({ db, settings })) },
  ])
  return {
    async stop() {
      await Promise.all([...loops.map(loop => loop.stop()), workers.stop()])
    },
  }
}
