// What runs without a person waiting: relay and consumers, sweeps and jobs, each named here.
import type { House } from './house.ts'
import type { Running } from './lifetime.ts'
import { startWorkers } from './platform/jobs.ts'
import { startRelay } from './platform/relay.ts'

/** Starts everything that time and events set off; `stop` finishes what is under way. */
export async function startWorker({ db }: House): Promise<Running> {
  const relay = startRelay(db, [])
  const workers = await startWorkers(db, [], [])
  return {
    async stop() {
      await Promise.all([relay.stop(), workers.stop()])
    },
  }
}
