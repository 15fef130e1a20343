// `migrate`: brings the database to this release's schema and ends.
import type { Config } from '../config.ts'
import { inHouse } from '../house.ts'
import type { Log } from '../platform/log.ts'

/** Migrates and says so. */
export async function runMigrate(config: Config, log: Log): Promise<void> {
  // Opening the house migrates it, here as everywhere.
  await inHouse(config, log, () => Promise.resolve())
  console.log('The database has every migration.')
}
