// `daily-counts`: prints the counts of the latest days, or makes all of them again from the rows themselves.
import type { Config } from '../config.ts'
import { inHouse } from '../house.ts'
import { countDays, latestCounts, markHistory } from '../insights/daily-counts.ts'
import type { Log } from '../platform/log.ts'

const daysShown = 30

/** Answers the exit code, which is always 0. */
export function runDailyCounts(config: Config, log: Log, rebuild: boolean): Promise<number> {
  return inHouse(config, log, async ({ db, settings }) => {
    const { timeZone } = settings.current()
    if (rebuild) {
      console.log(`Counting ${await markHistory(db, timeZone)} days again …`)
      while ((await countDays(db, timeZone)) > 0);
    }
    const rows = await latestCounts(db, daysShown)
    console.table(rows.map(row => ({ ...row, day: String(row.day), countedAt: String(row.countedAt) })))
    return 0
  })
}
