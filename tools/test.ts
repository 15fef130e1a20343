// `npm test`: brings what the tests need, runs every one of them and ends with what passed and what failed.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, provide, zbarimg } from './programs.ts'

interface Report {
  numPassedTests: number
  testResults: {
    name: string
    status: string
    message: string
    assertionResults: { fullName: string; status: string }[]
  }[]
}

function prepare(): NodeJS.ProcessEnv | undefined {
  try {
    const chromePath = provide(chromium)
    provide(zbarimg)
    return { ...process.env, CHROME_PATH: chromePath }
  } catch (error) {
    // One sentence on what to install is all a person needs here.
    console.error(error instanceof Error ? error.message : error)
    return undefined
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

const env = prepare()
const { passed, failures } = env ? runAll(env) : { passed: 0, failures: ['a program is missing'] }
for (const failure of failures) console.log(failure)
console.log(`${passed} passed, ${failures.length} failed`)
process.exitCode = failures.length === 0 ? 0 : 1
