// How the figures look: a table for people.
import { programs, type Cpu } from './cpu.ts'
import { spreadOf } from './figures.ts'
import type { Medians, Run, Scenario } from './scenario.ts'

export interface Outcome {
  scenario: Scenario
  runs: Run[]
  /** To the limit measured right before each run; empty where there is none. */
  ratios: number[]
  retries: number
  broken: string[]
}

export function mediansOf({ runs, ratios }: Pick<Outcome, 'runs' | 'ratios'>): Medians {
  const median = (pick: (run: Run) => number) => spreadOf(runs.map(pick)).median
  return {
    perSecond: median(run => run.perSecond),
    p50Ms: median(run => run.p50Ms),
    p95Ms: median(run => run.p95Ms),
    p99Ms: median(run => run.p99Ms),
    maxMs: median(run => run.maxMs),
    ratio: spreadOf(ratios).median,
  }
}

export function isMet(outcome: Outcome): boolean {
  const medians = mediansOf(outcome)
  return isSound(outcome) && outcome.scenario.targets.every(target => target.isMet(medians))
}

/** Whether every answer was as it must be and no invariant broke: without that no speed counts. */
export function isSound({ runs, broken }: Outcome): boolean {
  return broken.length === 0 && runs.every(run => run.wrong.length === 0)
}

const head = ['', 'per second (least–most)', 'p50 / p95 / p99 / max ms', 'ratio (least–most)', `CPU µs each: ${programs.join(' / ')}`, 'target', '']

/** One line a scenario, as Markdown, with what was wrong below. */
export function tableOf(outcomes: readonly Outcome[]): string {
  const rows = [head, ...outcomes.map(rowOf)]
  const widths = head.map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0)))
  const line = (row: string[]) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  const [first = '', ...others] = rows.map(line)
  const rule = `|${widths.map(width => '-'.repeat(width + 2)).join('|')}|`
  return [first, rule, ...others, ...outcomes.flatMap(faultsOf)].join('\n')
}

function rowOf(outcome: Outcome): string[] {
  const { scenario, runs, ratios } = outcome
  const { p50Ms, p95Ms, p99Ms, maxMs } = mediansOf(outcome)
  const verdict = isMet(outcome) ? 'met' : 'MISSED'
  return [
    scenario.name,
    spread(runs.map(run => run.perSecond), 0),
    [p50Ms, p95Ms, p99Ms, maxMs].map(ms => ms.toFixed(1)).join(' / '),
    ratios.length === 0 ? '' : `${spread(ratios, 2)} × ${scenario.beside?.name}`,
    costs(runs),
    scenario.targets.map(target => target.words).join(', '),
    scenario.targets.length === 0 ? '' : verdict,
  ]
}

function costs(runs: readonly Run[]): string {
  const known = runs.flatMap(run => run.cpuMicros ?? [])
  if (known.length === 0) return ''
  const median = (name: keyof Cpu) => Math.round(spreadOf(known.map(cost => cost[name])).median)
  return programs.map(median).join(' / ')
}

function spread(values: readonly number[], digits: number): string {
  const { median, least, most } = spreadOf(values)
  const text = (value: number) => (digits === 0 ? Math.round(value).toLocaleString('en') : value.toFixed(digits))
  return `${text(median)} (${text(least)}–${text(most)})`
}

function faultsOf({ scenario, runs, broken, retries }: Outcome): string[] {
  const wrong = runs.flatMap((run, at) => run.wrong.map(what => `${scenario.name}, run ${at + 1}: ${what}`))
  const notes = runs.flatMap((run, at) => (run.notes ? [`${scenario.name}, run ${at + 1}: ${run.notes.join('; ')}`] : []))
  const noted = retries === 0 ? [] : [`${scenario.name}: ${retries} transactions ran again`]
  return [...notes, ...noted, ...wrong, ...broken.map(what => `${scenario.name} broke an invariant: ${what}`)]
}
