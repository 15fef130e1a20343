// An API process whose database has some of its guards taken away: `node api-without.ts URL GUARDS`. Only tests start it.
import { startApi } from '../src/api.ts'
import { readConfig } from '../src/config.ts'
import { systemClock } from '../src/platform/clock.ts'
import { openDatabase } from '../src/platform/db.ts'
import { allGuards, type Guards } from '../src/platform/guards.ts'
import { openLog } from '../src/platform/log.ts'
import { openSecret } from '../src/platform/secret.ts'
import { openSettings } from '../src/schedule/settings.ts'

const [url = '', missing = '{}'] = process.argv.slice(2)
const log = openLog('fatal')
const clock = systemClock
const guards: Guards = { ...allGuards, ...(JSON.parse(missing) as Partial<Guards>) }
const db = openDatabase({ url, clock, log, guards })
const config = { ...readConfig({}), port: 0 }
const secret = openSecret({ secret: 'a secret for tests only, and long enough', previousSecret: null, dataDirectory: '' })
const settings = await openSettings(db)
const api = await startApi({ config, log, clock, secret, db, settings }, () => {})
process.stdout.write(`is running at ${api.port}\n`)
process.once('SIGTERM', () => {
  void api.stop().then(() => process.exit(0))
})
