// What people and machines reach over HTTP: every module's routes, named here, and the web app.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { routes as attendanceRoutes } from './attendance/routes.ts'
import { attendedBy } from './booking/attended.ts'
import { openQrTokens } from './booking/qr-token.ts'
import { routes as bookingRoutes } from './booking/routes.ts'
import { isLoopback, type Config } from './config.ts'
import { routes as creditsRoutes } from './credits/routes.ts'
import type { House } from './house.ts'
import type { Letter } from './identity/auth.ts'
import { openIdentity } from './identity/identity.ts'
import { routes as identityRoutes } from './identity/routes.ts'
import type { Running } from './lifetime.ts'
import { routes as insightsRoutes } from './insights/routes.ts'
import { deadLetterRoutes } from './platform/dead-letter-routes.ts'
import { openLetters } from './notifications/letters.ts'
import { routes as notificationRoutes } from './notifications/routes.ts'
import { openUnsubscribeTokens } from './notifications/unsubscribe-tokens.ts'
import { vapidKeys } from './notifications/vapid-keys.ts'
import { mailOf, openWays } from './notifications/ways.ts'
import type { Edge } from './platform/http.ts'
import { openHttp } from './platform/http-server.ts'
import { storedAnswer } from './platform/idempotency.ts'
import { openExactLimiter } from './platform/rate-limit.ts'
import { conveniences, readiness } from './readiness.ts'
import { routes as scheduleRoutes } from './schedule/routes.ts'
import { webDirectory } from './web-build.ts'
import { routes as webhookRoutes } from './webhooks/routes.ts'

export interface Api extends Running {
  edge: Edge
  /** The port in use. */
  port: number
}

const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8')) as { version: string }

/** Listens at the configured host and port; `stop` finishes what is in flight. `print` brings a sign-in mail to a person where there is no mail server. */
export async function startApi(house: House, print: (letter: Letter) => void): Promise<Api> {
  const { config, clock, db, log, secret, settings } = house
  const { publicUrl, demoAllowed } = config
  const origins = originsOf(config)
  const limits = settings.current
  const ways = openWays(house)
  const frame = () => ({ studioName: limits().studioName, accentColor: limits().accentColor, publicUrl })
  const letters = openLetters({ db, log, print, mail: mailOf(config, ways), keeps: demoAllowed, frame })
  const identity = await openIdentity({ db, log, secret, publicUrl, origins, demoAllowed, limits, tell: letters.tell })
  const server = openHttp({
    gate: identity.principals,
    clock,
    log,
    origins,
    production: config.environment === 'production',
    https: publicUrl.startsWith('https:'),
    trustProxy: config.trustProxy,
    limits,
    fingerprintSalt: secret.deriveKey('idempotency').bytes.toString('base64url'),
    metricsToken: config.metricsToken,
    readiness: () => readiness(house),
    conveniences: () => conveniences(house),
    memory: db.memory,
    storedAnswer: (userId, key) => storedAnswer(db, userId, key),
    webAppDirectory: webDirectory,
    version,
  })
  identityRoutes(server.edge, identity)
  scheduleRoutes(server.edge, { db, settings, attendedBy, demo: demoAllowed })
  creditsRoutes(server.edge, { db })
  const holdLimit = openExactLimiter({ memory: db.memory.atBest, nameOf: userId => `user:{${userId}}:rate_limit:hold` }, () => limits().holdsPerMinute)
  const qr = openQrTokens(secret)
  const booking = bookingRoutes(server.edge, { db, settings, holdLimit, qr })
  attendanceRoutes(server.edge, { db, settings })
  deadLetterRoutes(server.edge, { db })
  insightsRoutes(server.edge, { db, settings })
  webhookRoutes(server.edge, { db, secret, toLoopback: config.webhooksToLoopback })
  const push = { applicationKey: vapidKeys(config.vapid, secret).publicKey, toLoopback: config.webhooksToLoopback }
  notificationRoutes(server.edge, { db, settings, qr, publicUrl, unsubscribe: openUnsubscribeTokens(secret), ways, letters, secret, twilio: config.twilio, push })
  return {
    edge: server.edge,
    port: await server.listen(config),
    async stop() {
      await server.close()
      await booking.idle()
      await identity.close()
      await Promise.all(ways.map(way => way.channel.close()))
    },
  }
}

/** On a loopback address people also write `localhost`. */
function originsOf({ host, port, publicUrl }: Config): string[] {
  return isLoopback(host) ? [publicUrl, `http://127.0.0.1:${port}`, `http://localhost:${port}`] : [publicUrl]
}
