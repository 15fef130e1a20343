// The stages a test can stand on: no database, a database of its own, real processes, a real browser.
import { configDefaults, defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const laws = 'server/test/laws/**/*.test.ts'
const unit = ['**/*.rule.test.ts', '**/*.unit.test.ts', 'web/src/**/*.test.ts']
const processes = ['server/test/processes/**/*.test.ts', '**/*.process.test.ts']
const browser = 'server/test/browser/**/*.test.ts'
const never = [...configDefaults.exclude, '**/.angular/**', '**/.fitflow/**']

/** A group starts when the one before it has ended: what needs both cores to itself gets them. */
const project = (name: string, groupOrder: number, test: object) => ({
  test: { name, environment: 'node' as const, exclude: never, setupFiles: ['server/test/instants-differ.ts'], sequence: { groupOrder }, ...test },
})

/** Begins a group with what lasts longest by far: begun last it would keep everybody waiting, and one core idle. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const groupOf = (one: TestSpecification) => one.project.config.sequence.groupOrder
    const rankOf = (one: TestSpecification) => Number(!/\/model\/|accessible/.test(one.moduleId))
    return (await super.sort(files)).sort((a, b) => groupOf(a) - groupOf(b) || rankOf(a) - rankOf(b))
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    pool: 'forks',
    maxWorkers: 2,
    // A test that was left out, or let alone, must be seen: neither passes.
    allowOnly: false,
    passWithNoTests: true,
    projects: [
      project('laws', 0, { include: [laws], testTimeout: 60_000 }),
      project('unit', 0, { include: unit, testTimeout: 20_000 }),
      project('database', 1, {
        include: ['{server,contract,bench}/**/*.test.ts'],
        exclude: [...never, ...unit, ...processes, laws, browser],
        globalSetup: ['server/test/global-setup.ts'],
        hookTimeout: 30_000,
        testTimeout: 20_000,
      }),
      project('processes', 2, {
        include: processes,
        globalSetup: ['server/test/global-setup.ts'],
        fileParallelism: false,
        hookTimeout: 60_000,
        testTimeout: 120_000,
      }),
      project('browser', 3, {
        include: [browser],
        globalSetup: ['server/test/global-setup.ts'],
        hookTimeout: 120_000,
        testTimeout: 120_000,
      }),
    ],
  },
})
