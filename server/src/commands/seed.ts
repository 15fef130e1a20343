// `seed --demo`, and what a first start does by itself: the demo studio in an empty house.
import type { Config } from '../config.ts'
import { seedDemo } from '../demo/seed-demo.ts'
import { demoPassword, demoSignIns } from '../demo/sign-ins.ts'
import { inHouse, type House } from '../house.ts'
import { hasAccounts } from '../identity/users.ts'
import type { Context } from '../platform/context.ts'
import type { Log } from '../platform/log.ts'
import { Refusal } from '../platform/refusal.ts'
import { newTraceId } from '../platform/trace.ts'

/** Throws a Refusal where everybody could sign in with the demo's password, and where there is a studio already. */
export async function runSeed(config: Config, log: Log): Promise<void> {
  if (!config.demoAllowed) {
    throw new Refusal(
      'The demo studio has accounts whose password everybody knows, so it is for this machine only: it needs HOST to be a loopback address, no PUBLIC_URL, FITFLOW_DEMO not off and NODE_ENV not production.',
    )
  }
  const words = await inHouse(config, log, async house => {
    if (await seedDemo(house.db, commandLine())) return 'The demo studio is ready.'
    if (await hasAccounts(house.db.sql, 'demo')) return 'The demo studio is here already; nothing was changed.'
    throw new Refusal('This database has accounts already, and the demo studio goes into an empty one only. Nothing was changed.')
  })
  console.log(words)
  tellSignIns()
}

/** The first start on this machine opens with something to look at; with a database of one's own there is nothing to show. */
export async function seedFirstStart({ config, db, log }: House): Promise<void> {
  if (!config.demoAllowed || config.databaseUrl !== null) return
  if (await seedDemo(db, commandLine())) log.info('the demo studio is ready')
}

/** Prints how to sign in, where a demo studio is. */
export async function tellDemo({ config, db }: House): Promise<void> {
  if (config.demoAllowed && (await hasAccounts(db.sql, 'demo'))) tellSignIns()
}

function tellSignIns(): void {
  console.log(`\n  Sign in with the password ${demoPassword} as`)
  for (const line of demoSignIns) console.log(`    ${line}`)
}

function commandLine(): Context {
  return { actor: { userId: null, role: 'system', via: 'cli' }, traceId: newTraceId() }
}
