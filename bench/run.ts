// `npm run bench [-- H1 C1] [--repeats 5] [--profile <directory>]`: measures each scenario beside its limit, prints a table, writes JSON.
// `npm run bench -- growth` measures how little a long past slows it down.
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { systemClock } from '../server/src/platform/clock.ts'
import { verifySnapshot } from '../server/src/verify.ts'
import { provide } from '../tools/programs.ts'
import { growthSizes, measureGrowth } from './growth.ts'
import { mediansOf, isMet, isSound, tableOf, type Outcome } from './report.ts'
import type { Run, Scenario } from './scenario.ts'
import { browseFromNow, browseWeek } from './scenarios/b1-browse-a-week.ts'
import { burst, burstOnFour } from './scenarios/burst.ts'
import { hotJourneys, journeys } from './scenarios/c1-hold-and-confirm.ts'
import { spreadHolds, theDrop } from './scenarios/h1-the-drop.ts'
import { behindProxy, onFour } from './scenarios/h4-many-processes.ts'
import { soldOut } from './scenarios/h3-sold-out.ts'
import { lag } from './scenarios/lag.ts'
import { oneSession, thousandSessions } from './scenarios/r0-one-transaction-a-request.ts'
import { emptyHttp } from './scenarios/r1-empty-http.ts'
import { singleHold } from './scenarios/single-hold.ts'
import { handOn } from './scenarios/x1-hand-on.ts'
import { openStage, type Stage } from './stage.ts'
import { watchStatements, type Watch } from './statements.ts'

const limits = [oneSession, thousandSessions, emptyHttp]
const scenarios = [singleHold, theDrop, spreadHolds, soldOut, journeys, hotJourneys, handOn, browseWeek, browseFromNow, burst, burstOnFour, onFour, behindProxy, lag]
const repeatsLeast = 3

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { repeats: { type: 'string', default: String(repeatsLeast) }, profile: { type: 'string' }, sizes: { type: 'string' } },
})
const repeats = Number(values.repeats)
const profiles = values.profile === undefined ? null : resolve(values.profile)
const chosen = positionals.length === 0 ? scenarios : [...limits, ...scenarios].filter(one => positionals.includes(one.name))

async function main(): Promise<number> {
  if (positionals.includes('growth')) {
    const sizes = values.sizes?.split(',').map(Number) ?? growthSizes
    return (await measureGrowth({ sizes, repeats })) ? 0 : 1
  }
  const stage = await openStage({ profiles })
  let closing: Promise<void> | undefined
  const close = () => (closing ??= stage.close())
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void close().then(() => process.exit(130)))
  try {
    const outcomes = await measureAll(stage)
    console.log(`\n${tableOf(outcomes)}`)
    writeFileSync(join(import.meta.dirname, '../bench-results.json'), `${JSON.stringify(await summary(stage, outcomes), null, 2)}\n`)
    return outcomes.every(isSound) ? 0 : 1
  } finally {
    await close()
  }
}

/** Limits are opened once, measured beside whoever needs them, and reported over all their runs. */
async function measureAll(stage: Stage): Promise<Outcome[]> {
  const limitRuns = new Map<Scenario, Run[]>()
  const opened = new Map<Scenario, () => Promise<Run>>()
  const runLimit = async (limit: Scenario) => {
    const once = opened.get(limit) ?? (await limit.open(stage))
    opened.set(limit, once)
    const run = await once()
    limitRuns.set(limit, [...(limitRuns.get(limit) ?? []), run])
    return run
  }
  const outcomes: Outcome[] = []
  for (const scenario of chosen) {
    const missing = whyNot(scenario)
    if (missing !== null) {
      console.log(`${scenario.name} is left out. ${missing}`)
      continue
    }
    console.log(`${scenario.name}: ${scenario.what}`)
    if (limits.includes(scenario)) {
      for (let at = 0; at < repeats; at++) await runLimit(scenario)
    } else {
      outcomes.push(await measure(stage, scenario, runLimit))
    }
  }
  const besides = [...limitRuns].map(([scenario, runs]): Outcome => ({ scenario, runs, ratios: [], retries: 0, broken: [] }))
  return [...besides, ...outcomes]
}

/** What a person has to install for it, or null. */
function whyNot({ needs = [] }: Scenario): string | null {
  try {
    for (const program of needs) provide(program)
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

async function measure(stage: Stage, scenario: Scenario, runLimit: (limit: Scenario) => Promise<Run>): Promise<Outcome> {
  const watch: Watch | null = profiles === null ? null : await watchStatements(stage.db, profiles)
  const outcome: Outcome = { scenario, runs: [], ratios: [], retries: 0, broken: [] }
  const once = await scenario.open(stage)
  const before = await stage.retries()
  for (let at = 0; at < (scenario.repeats ?? repeats); at++) {
    const limit = scenario.beside ? await runLimit(scenario.beside) : undefined
    await watch?.begin()
    const run = await once()
    await watch?.end(scenario.name)
    outcome.runs.push(run)
    if (limit) outcome.ratios.push(run.perSecond / limit.perSecond)
  }
  outcome.retries = (await stage.retries()) - before
  outcome.broken = await verifySnapshot(stage.db.sql)
  return outcome
}

async function summary({ db }: Stage, outcomes: readonly Outcome[]): Promise<object> {
  const [postgres] = await db.sql<{ serverVersion: string }[]>`show server_version`
  const git = (...words: string[]) => execFileSync('git', words, { cwd: import.meta.dirname, encoding: 'utf8' }).trim()
  return {
    measuredAt: String(systemClock.now()),
    commit: git('rev-parse', 'HEAD'),
    changedSince: git('status', '--porcelain', 'server', 'contract') !== '',
    machine: { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version, postgres: postgres?.serverVersion },
    scenarios: outcomes.map(outcome => {
      const { scenario, runs, ratios, retries, broken } = outcome
      const { name, what, beside, targets } = scenario
      const judged = targets.length === 0 ? {} : { targets: targets.map(target => target.words), met: isMet(outcome) }
      return { name, what, beside: beside?.name, ...judged, medians: mediansOf(outcome), runs, ratios, retries, broken }
    }),
  }
}

process.exitCode = await main()
