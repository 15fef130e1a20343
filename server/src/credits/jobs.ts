// What time does to credits: lots and blocks end, and members are warned before they do.
import type { Database } from '../platform/db.ts'
import { repeat, type Loop } from '../platform/repeat.ts'
import type { SettingsStore } from '../schedule/settings.ts'
import { endBlocks } from './end-blocks.ts'
import { expireLots } from './expire-lots.ts'
import { warnOfExpiry } from './warn-of-expiry.ts'

const blocksEveryMs = 5000
const expireEveryMs = 5000
const warnEveryMs = 600_000

/** Starts ending lots whose time is over; any number of workers may run it. */
export function startExpiry({ db, settings }: { db: Database; settings: SettingsStore }): Loop {
  return repeat('the expiry of credits', { everyMs: expireEveryMs }, db.log, async () => {
    return (await expireLots(db, settings.current().timeZone)) > 0 ? 'again' : 'later'
  })
}

/** Starts announcing that blocks are over; any number of workers may run it. */
export function startEndingBlocks(db: Database): Loop {
  return repeat('the end of blocks', { everyMs: blocksEveryMs }, db.log, async () => ((await endBlocks(db)) > 0 ? 'again' : 'later'))
}

/** Starts warning of ends that are near; any number of workers may run it. */
export function startWarnings({ db, settings }: { db: Database; settings: SettingsStore }): Loop {
  return repeat('warnings of expiry', { everyMs: warnEveryMs }, db.log, async () => {
    await warnOfExpiry(db, settings.current())
    return 'later'
  })
}
