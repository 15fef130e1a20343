// What people and machines reach over HTTP: every module's routes, named here, and the web app.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { House } from './house.ts'
import type { Running } from './lifetime.ts'
import { openHttp } from './platform/http-server.ts'
import { storedAnswer } from './platform/idempotency.ts'
import { webDirectory } from './web-build.ts'

const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8')) as { version: string }

/** Listens at the configured host and port; `stop` finishes what is in flight. */
export async function startApi(house: House): Promise<Running> {
  const { config, clock, db, log, settings } = house
  const server = openHttp({
    gate: { credential: () => null, recall: () => undefined, lookUp: () => Promise.resolve(null) },
    clock,
    log,
    origins: [config.publicUrl],
    production: config.environment === 'production',
    https: config.publicUrl.startsWith('https:'),
    trustProxy: config.trustProxy,
    limits: settings.current,
    metricsToken: config.metricsToken,
    readiness: async () => ({ database: await answers(house) }),
    storedAnswer: (userId, key) => storedAnswer(db, userId, key),
    webAppDirectory: webDirectory,
    version,
  })
  await server.listen(config)
  return { stop: server.close }
}

async function answers({ db, log }: House): Promise<boolean> {
  try {
    await db.sql`select 1`
    return true
  } catch (error) {
    // Not being ready is an answer here; why is for the log.
    log.warn(error, 'the database does not answer')
    return false
  }
}
