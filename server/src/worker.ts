// What runs without a person waiting: relay and consumers, sweeps and jobs, each named here.
import { policyEnforcer } from './attendance/consumers.ts'
import { startMarking } from './attendance/jobs.ts'
import { attendedBy } from './booking/attended.ts'
import { waitlistManager } from './booking/consumers.ts'
import { startBookingStanding, startMindingWaitlists, startSweep } from './booking/jobs.ts'
import { openQrTokens } from './booking/qr-token.ts'
import { startEndingBlocks, startExpiry, startWarnings } from './credits/jobs.ts'
import type { House } from './house.ts'
import { analytics } from './insights/consumers.ts'
import { startCounting, startReconciling } from './insights/jobs.ts'
import type { Running } from './lifetime.ts'
import { notifications } from './notifications/consumers.ts'
import { forgetMessages } from './notifications/forget-messages.ts'
import { startReminding, startTelling } from './notifications/jobs.ts'
import { openUnsubscribeTokens } from './notifications/unsubscribe-tokens.ts'
import { openWays } from './notifications/ways.ts'
import { startWorkers } from './platform/jobs.ts'
import { readBacklog } from './platform/backlog.ts'
import { startCarrying } from './platform/carry-events.ts'
import { cleanUp, preparePartitions } from './platform/clean-up.ts'
import type { Consumer } from './platform/consumer.ts'
import { watchBacklog } from './platform/metrics-of-work.ts'
import { queueMissed } from './platform/missed-events.ts'
import { Refusal } from './platform/refusal.ts'
import { growSeries } from './schedule/grow-series.ts'
import { startMoving } from './schedule/jobs.ts'
import { brokenInSnapshot } from './verify.ts'
import { webhooks } from './webhooks/consumers.ts'
import { forgetDeliveries, resealSecrets, startSending } from './webhooks/jobs.ts'

/** Every consumer of the house, wherever it runs. */
export function consumersOf(house: House): Consumer[] {
  const { db, settings, secret } = house
  return [
    waitlistManager({ db, settings }),
    policyEnforcer({ db, settings }),
    analytics(settings),
    notifications({ db, settings, qr: openQrTokens(secret), ways: openWays(house) }),
    webhooks(),
  ]
}

/** Everything that time and events set off, or only some of it (`relay`, `jobs`, a consumer's name); `stop` finishes what is under way. Throws a Refusal for a part that there is not. */
export async function startWorker(house: House, only?: readonly string[]): Promise<Running> {
  const { db, config } = house
  const consumers = consumersOf(house)
  const parts = ['relay', 'jobs', ...consumers.map(consumer => consumer.name)]
  const unknown = only?.find(name => !parts.includes(name))
  if (unknown !== undefined) throw new Refusal(`There is no part "${unknown}" to run: the worker's parts are ${parts.join(', ')}.`)
  const runs = (part: string) => only?.includes(part) ?? true

  const here = consumers.filter(consumer => runs(consumer.name))
  const carrying = startCarrying(db, { amqpUrl: config.amqpUrl, consumers, here, relays: runs('relay') })
  const jobs = runs('jobs') ? await startJobs(house, consumers) : []
  const unwatch = watchBacklog(async () => ({ ...(await readBacklog(db)), broker: await carrying.look() }))
  return {
    async stop() {
      unwatch()
      await Promise.all([carrying, ...jobs].map(one => one.stop()))
    },
  }
}

async function startJobs(house: House, consumers: readonly Consumer[]): Promise<Running[]> {
  const { db, settings, config, secret } = house
  const ways = openWays(house)
  const telling = { db, settings, qr: openQrTokens(secret), publicUrl: config.publicUrl, unsubscribe: openUnsubscribeTokens(secret) }
  await preparePartitions(db)
  await resealSecrets(db, secret)
  const loops = [startSweep(db), startBookingStanding({ db, settings }), startMindingWaitlists({ db, settings }), startMarking({ db, settings }), startMoving(db), startExpiry(house), startWarnings(house), startEndingBlocks(db), startCounting(house), startReconciling({ db, settings, recompute: brokenInSnapshot })]
  const sending = startSending({ db, secret, outlet: { toLoopback: config.webhooksToLoopback } })
  const workers = await startWorkers(db, [], [
    { name: 'clean-up', match: '17 * * * *', run: () => cleanUp(db) },
    { name: 'forget-webhooks', match: '27 * * * *', run: () => forgetDeliveries(db) },
    { name: 'forget-messages', match: '37 * * * *', run: () => forgetMessages(db) },
    ...(config.amqpUrl === null ? [] : [{ name: 'missed-events', match: '*/10 * * * *', run: async () => void (await queueMissed(db, consumers)) }]),
    { name: 'series', match: '*/5 * * * *', run: async () => void (await growSeries({ db, settings, attendedBy })) },
  ])
  return [...loops, sending, startReminding({ ...telling, ways }), ...startTelling(telling, ways), workers]
}
