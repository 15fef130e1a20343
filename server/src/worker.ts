// What runs without a person waiting: the relay, consumers, sweeps and jobs, each named here.
import type { House } from './house.ts'
import type { Running } from './lifetime.ts'

export async function startWorker(_house: House): Promise<Running> {
  return { stop: async () => undefined }
}
