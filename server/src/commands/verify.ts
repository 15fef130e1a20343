// `verify`: recomputes every invariant on the live data in one snapshot and lists what is broken.
import type { Config } from '../config.ts'
import { inHouse } from '../house.ts'
import type { Log } from '../platform/log.ts'
import { verifySnapshot } from '../verify.ts'

/** Answers the exit code: 0 when every invariant holds. */
export async function runVerify(config: Config, log: Log): Promise<number> {
  const broken = await inHouse(config, log, house => verifySnapshot(house.db.sql))
  for (const line of broken) console.log(line)
  console.log(broken.length === 0 ? 'Every invariant holds.' : `${broken.length} findings: this database is not sound.`)
  return broken.length === 0 ? 0 : 1
}
