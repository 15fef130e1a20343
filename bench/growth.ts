// `npm run bench -- growth [--sizes 1000,100000] [--repeats 3]`: the same load on studios with little and with much behind them, in turn.
import { spreadOf } from './figures.ts'
import type { Run, Scenario } from './scenario.ts'
import { browseWeek } from './scenarios/b1-browse-a-week.ts'
import { journeys } from './scenarios/c1-hold-and-confirm.ts'
import { theDrop } from './scenarios/h1-the-drop.ts'
import { idleLooks, sweepDue } from './scenarios/sweeps.ts'
import { handOn } from './scenarios/x1-hand-on.ts'
import { openStage, type Stage } from './stage.ts'

const scenarios = [browseWeek, theDrop, journeys, handOn, sweepDue, idleLooks]
/** Past bookings; a tenth as many members. */
export const growthSizes = [1_000, 100_000, 10_000_000]
/** How much slower the oldest studio may be than the youngest. */
const slowerMax = 1.25

interface Grown {
  size: number
  stage: Stage
  runs: Map<Scenario, Run[]>
}

/** Prints a table of rates by size; answers whether every answer was right. Whether a target is met is said, not judged. */
export async function measureGrowth({ sizes, repeats }: { sizes: readonly number[]; repeats: number }): Promise<boolean> {
  const grown: Grown[] = []
  try {
    for (const size of sizes) {
      console.log(`a past of ${size.toLocaleString('en')} bookings`)
      grown.push({ size, stage: await openStage({ profiles: null, past: size }), runs: new Map() })
    }
    for (const scenario of scenarios) {
      console.log(`${scenario.name}: ${scenario.what}`)
      await measureInTurn(grown, scenario, repeats)
    }
  } finally {
    for (const { stage } of grown) await stage.close()
  }
  console.log(`\n${tableOf(grown)}`)
  const wrong = grown.flatMap(({ size, runs }) => [...runs].flatMap(([{ name }, of]) => of.flatMap(run => run.wrong.map(what => `${name} at ${size}: ${what}`))))
  for (const what of wrong) console.log(what)
  return wrong.length === 0
}

/** One repeat at each size after the other: whatever else the machine does falls on all of them. */
async function measureInTurn(grown: readonly Grown[], scenario: Scenario, repeats: number): Promise<void> {
  const opened: { runs: Run[]; once: () => Promise<Run> }[] = []
  for (const { stage, runs } of grown) {
    const of: Run[] = []
    runs.set(scenario, of)
    opened.push({ runs: of, once: await scenario.open(stage) })
  }
  for (let at = 0; at < repeats; at++) for (const { runs, once } of opened) runs.push(await once())
}

function tableOf(grown: readonly Grown[]): string {
  const heads = ['', ...grown.map(({ size }) => `${size.toLocaleString('en')}`), 'slower', `≤ ${slowerMax} ×`]
  const rows = scenarios.map(scenario => {
    const spreads = grown.map(({ runs }) => spreadOf((runs.get(scenario) ?? []).map(run => run.perSecond)))
    const text = (value: number) => value.toLocaleString('en', { maximumSignificantDigits: 3 })
    const slower = (spreads[0]?.median ?? 0) / (spreads.at(-1)?.median ?? 1)
    const rates = spreads.map(({ median, least, most }) => `${text(median)} (${text(least)}–${text(most)})`)
    return [scenario.name, ...rates, slower.toFixed(2), slower <= slowerMax ? 'met' : 'MISSED']
  })
  return [heads, heads.map(() => '---'), ...rows].map(row => `| ${row.join(' | ')} |`).join('\n')
}
