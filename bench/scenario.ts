// What a scenario is: opened once on the stage, run a few times, judged by what it came to beside its limit.
import type { Cpu } from './cpu.ts'
import type { HttpResult } from './http-load.ts'
import type { Loaded } from './load.ts'
import type { Stage } from './stage.ts'
import type { Program } from '../tools/programs.ts'
import type { Times } from './figures.ts'

/** What one repeat came to. */
export interface Run extends Times {
  perSecond: number
  /** Processor time of each request. */
  cpuMicros?: Cpu
  /** What was not as it must be: answers that no run may have, counts that are not exact. Empty in a sound run. */
  wrong: string[]
  /** What else it showed, for people. */
  notes?: string[]
}

/** The medians of all repeats; `ratio` is to the limit that was measured right before each. */
export interface Medians extends Times {
  perSecond: number
  ratio: number
}

export interface Target {
  words: string
  isMet(medians: Medians): boolean
}

export interface Scenario {
  name: string
  what: string
  /** The scenario whose rate is this one's limit. */
  beside?: Scenario
  targets: readonly Target[]
  /** What it needs on this machine; without one of them it is left out. */
  needs?: readonly Program[]
  /** Three unless told. */
  repeats?: number
  /** Prepares what every repeat needs; what it returns runs one repeat. */
  open(stage: Stage): Promise<() => Promise<Run>>
}

/** "≥ 5 × R0" */
export function atLeast(times: number, limit: string): Target {
  return { words: `≥ ${times} × ${limit}`, isMet: ({ ratio }) => ratio >= times }
}

/** "p99 < 60 ms" */
export function under(milliseconds: number, which: 'p50Ms' | 'p95Ms' | 'p99Ms' | 'maxMs'): Target {
  const words = which === 'maxMs' ? 'all' : which.slice(0, 3)
  return { words: `${words} < ${milliseconds} ms`, isMet: medians => medians[which] < milliseconds }
}

/** A run over HTTP, in which every answer must be one of these. */
export function runOf(result: Loaded<HttpResult>, expected: readonly string[]): Run {
  const wrong = Object.entries(result.answers)
    .filter(([answer]) => !expected.includes(answer))
    .map(([answer, count]) => `${count} × ${answer}`)
  const { perSecond, p50Ms, p95Ms, p99Ms, maxMs, cpuMicros } = result
  return { perSecond, p50Ms, p95Ms, p99Ms, maxMs, wrong, ...(cpuMicros ? { cpuMicros } : {}) }
}
