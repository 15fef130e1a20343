// `npm run check`: types, lint, layers, laws and dead code, without a database; says everything it finds, not only the first.
import { spawn } from 'node:child_process'
import { styleText } from 'node:util'

interface Step {
  name: string
  command: string
}

const steps: Step[] = [
  { name: 'types of server, contract, bench and tools', command: 'tsc --project tsconfig.json' },
  { name: 'types of web and its templates', command: 'ngc --project web/tsconfig.app.json --noEmit' },
  { name: 'lint', command: 'oxlint --type-aware --deny-warnings --format=unix' },
  { name: 'layers', command: 'depcruise --config .dependency-cruiser.cjs contract server web/src web/screenshots.ts bench tools' },
  { name: 'dead code', command: 'knip --no-progress' },
  { name: 'laws', command: 'vitest run --project laws --reporter=default' },
]

// Two cores: a third step at a time would only make the others slower.
const atOnce = 2

async function run({ name, command }: Step): Promise<boolean> {
  const started = process.hrtime.bigint()
  const child = spawn(command, { shell: true, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
  }
  const passed = await new Promise<boolean>(resolve => child.once('close', code => resolve(code === 0)))
  const seconds = Number(process.hrtime.bigint() - started) / 1e9
  const mark = passed ? styleText('green', '✓') : styleText('red', '✗')
  console.log(`${mark} ${name} (${seconds.toFixed(1)} s)`)
  if (!passed) console.log(output.trim())
  return passed
}

const waiting = [...steps]
const verdicts: boolean[] = []

async function work(): Promise<void> {
  for (let step = waiting.shift(); step; step = waiting.shift()) verdicts.push(await run(step))
}

await Promise.all(Array.from({ length: atOnce }, work))
const broken = verdicts.filter(passed => !passed).length
console.log(broken === 0 ? 'check passed' : `check failed: ${broken} of ${steps.length}`)
process.exitCode = broken === 0 ? 0 : 1
