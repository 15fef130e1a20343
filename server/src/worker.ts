// What runs without a person waiting: relay and consumers, sweeps and jobs, each named here.
import { waitlistManager } from './booking/consumers.ts'
import { startSweep } from './booking/jobs.ts'
import type { House } from './house.ts'
import type { Running } from './lifetime.ts'
import { startWorkers } from './platform/jobs.ts'
import { cleanUp, preparePartitions } from './platform/clean-up.ts'
import { startRelay } from './platform/relay.ts'
import { startMoving } from './schedule/jobs.ts'

/** Starts everything that time and events set off; `stop` finishes what is under way. */
export async function startWorker({ db, settings }: House): Promise<Running> {
  await preparePartitions(db)
  const relay = startRelay(db, [waitlistManager({ db, settings })])
  const loops = [relay, startSweep(db), startMoving(db)]
  const workers = await startWorkers(db, [], [{ name: 'clean-up', match: '17 * * * *', run: () => cleanUp(db) }])
  return {
    async stop() {
      await Promise.all([...loops.map(loop => loop.stop()), workers.stop()])
    },
  }
}
