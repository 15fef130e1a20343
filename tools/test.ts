// `npm test`: brings what the tests need, runs every one of them and ends with what passed and what failed.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildWeb } from '../server/src/web-build.ts'
import { provideJudges } from './judges.ts'
import { chromium, epmd, provide, rabbitmq, redisServer, zbarimg } from './programs.ts'

interface Report {
  numPassedTests: number
  testResults: {
    name: string
    status: string
    message: string
    assertionResults: { fullName: string; status: string }[]
  }[]
}

/** What the tests find in their environment, or undefined when a program is missing. */
function programs(): NodeJS.ProcessEnv | undefined {
  try {
    provideJudges()
    for (const program of [zbarimg, rabbitmq, epmd, redisServer]) provide(program)
    return { ...process.env, CHROME_PATH: provide(chromium) }
  } catch (error) {
    // One sentence on what to install is all a person needs here.
    console.error(error instanceof Error ? error.message : error)
    return undefined
  }
}

/** Built once before the tests, because no single one of them could be given the time. */
async function builtWeb(): Promise<string[]> {
  try {
    await buildWeb(() => console.log('Building the web app …'), new AbortController().signal)
    return []
  } catch (error) {
    // The other tests still have something to say.
    console.error(error instanceof Error ? error.message : error)
    return ['failed: the web app could not be built']
  }
}

/** Runs vitest with the arguments of the command line, so that `npm test -- booking` runs what has booking in its path. */
function runAll(env: NodeJS.ProcessEnv): { passed: number; failures: string[] } {
  const folder = mkdtempSync(join(tmpdir(), 'fitflow-report-'))
  const file = join(folder, 'report.json')
  const words = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`, ...process.argv.slice(2)]
  const { status } = spawnSync('vitest', words, { env, stdio: 'inherit' })
  try {
    const { passed, failures } = readReport(JSON.parse(readFileSync(file, 'utf8')) as Report)
    const unseen = status !== 0 && failures.length === 0 ? ['vitest itself failed: see above'] : []
    return { passed, failures: [...failures, ...unseen] }
  } catch {
    // A run that died before its report has said why above.
    return { passed: 0, failures: ['vitest did not finish: see above'] }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A test that was left out counts as failed: nothing is skipped silently. */
function readReport({ numPassedTests, testResults }: Report): { passed: number; failures: string[] } {
  const failures = testResults.flatMap(({ name, status, message, assertionResults }) => {
    const tests = assertionResults.filter(one => one.status !== 'passed').map(one => `${one.status}: ${one.fullName}`)
    const fileFailed = status === 'failed' && tests.length === 0
    return fileFailed ? [`failed: ${name} ${message.split('\n')[0]}`] : tests
  })
  if (numPassedTests + failures.length === 0) failures.push('no test was found')
  return { passed: numPassedTests, failures }
}

const env = programs()
const builds = env ? await builtWeb() : ['failed: a program is missing']
const tests = env ? runAll(env) : { passed: 0, failures: [] }
const failures = [...builds, ...tests.failures]
for (const failure of failures) console.log(failure)
console.log(`${tests.passed} passed, ${failures.length} failed`)
process.exitCode = failures.length === 0 ? 0 : 1
