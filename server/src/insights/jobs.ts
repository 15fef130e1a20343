// What time does in insights: days that changed are counted again, and everything is checked each night.
import { repeat, type Loop } from '../platform/repeat.ts'
import type { Database } from '../platform/db.ts'
import type { SettingsStore } from '../schedule/settings.ts'
import { countDays, countedMax } from './daily-counts.ts'
import { reconcileDue, type Reconciling } from './reconcile.ts'

// A dashboard may be this old; a day in the rush is counted this often instead of with each of its events.
const countEveryMs = 15_000

/** Starts counting the days that changed; any number of workers may run it. */
export function startCounting({ db, settings }: { db: Database; settings: SettingsStore }): Loop {
  return repeat('counting days', { everyMs: countEveryMs }, db.log, async () => ((await countDays(db, settings.current().timeZone)) === countedMax ? 'again' : 'later'))
}

// Somebody who presses a button waits for it.
const reconcileEveryMs = 1000

/** Starts doing the daily check, and those that somebody asks for; of any number of workers one does each. */
export function startReconciling(house: Reconciling): Loop {
  return repeat('reconciling', { everyMs: reconcileEveryMs }, house.db.log, async () => {
    await reconcileDue(house)
    return 'later'
  })
}
