// `migrate`: brings the database to this release's schema and ends.
import type { Config } from '../config.ts'
import { approachHouse } from '../house.ts'
import type { Log } from '../platform/log.ts'

export async function runMigrate(config: Config, log: Log): Promise<void> {
  // Opening the house migrates it, here as everywhere.
  const doorway = await approachHouse(config, log, 'command')
  const house = await doorway.open()
  await house.close()
  console.log('The database has every migration.')
}
