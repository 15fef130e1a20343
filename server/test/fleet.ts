// Several processes of the product on one database, and people who ask all of them at once.
import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { onTestFinished } from 'vitest'
import type { Guards } from '../src/platform/guards.ts'
import type { Signed } from './crowd.ts'

export interface Process {
  url: string
  /** Ends it as a power cut would. */
  kill(): Promise<void>
  stop(): Promise<void>
}

export interface Told {
  status: number
  /** A problem's code, where it is one. */
  code?: string
  body: { id: string }
}

const main = resolve(import.meta.dirname, '../src/main.ts')
const without = resolve(import.meta.dirname, 'api-without.ts')
const surroundings = { PATH: process.env['PATH'] ?? '', LOG_LEVEL: 'fatal', FITFLOW_SECRET: 'a secret of all processes of one studio' }

/** Starts `main.ts api` or `main.ts worker` on the database, and on what else its environment names; it ends with the test at the latest. */
export async function aProcess(kind: 'api' | 'worker', databaseUrl: string, environment: Record<string, string> = {}): Promise<Process> {
  const port = await freePort()
  return begin([main, kind], { DATABASE_URL: databaseUrl, PORT: String(port), ...environment }, kind === 'api' ? () => `http://127.0.0.1:${port}` : doorOf)
}

/** Starts `main.ts worker`, or only some of its parts; without a broker it carries events through the database. */
export async function aWorker(databaseUrl: string, { only = '', amqpUrl = null }: { only?: string; amqpUrl?: string | null }): Promise<Process> {
  const words = only ? ['worker', '--only', ...only.split(' ')] : ['worker']
  return begin([main, ...words], { DATABASE_URL: databaseUrl, ...(amqpUrl ? { AMQP_URL: amqpUrl } : {}) }, doorOf)
}

/** Starts an API whose database has these guards taken away: the control of a race. */
export async function anApiWithout(guards: Partial<Guards>, databaseUrl: string): Promise<Process> {
  return begin([without, databaseUrl, JSON.stringify(guards)], {}, said => `http://127.0.0.1:${/\d+/.exec(said)?.[0]}`)
}

/** Where a worker says how it is. */
const doorOf = (said: string) => /http:\S+(?=\/metrics)/.exec(said)?.[0] ?? ''

/** What a process says in its metrics now, by name and labels as they stand there. */
export async function metricsOf({ url }: Pick<Process, 'url'>): Promise<Map<string, number>> {
  const text = await (await fetch(`${url}/metrics`)).text()
  return new Map([...text.matchAll(/^(\S+(?:\{.*\})?) (\S+)$/gm)].map(([, name = '', value]) => [name, Number(value)]))
}

async function begin(words: string[], environment: Record<string, string>, urlOf: (said: string) => string): Promise<Process> {
  const child = spawn(process.execPath, words, { env: { ...surroundings, ...environment }, stdio: ['ignore', 'pipe', 'inherit'] })
  const exited = once(child, 'exit')
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    await exited
  }
  // Before the test file's database is dropped, and whatever the test came to.
  onTestFinished(() => end('SIGTERM'))
  return { url: urlOf(await firstWords(child)), kill: () => end('SIGKILL'), stop: () => end('SIGTERM') }
}

/** What it says once it runs; its standard output is read on, so that it never waits for us. */
async function firstWords(child: ChildProcessByStdio<null, Readable, null>): Promise<string> {
  const said = Promise.withResolvers<string>()
  createInterface({ input: child.stdout })
    .on('line', line => line.includes('is running') && said.resolve(line))
    .on('close', () => said.reject(new Error('the process ended before it ran')))
  return said.promise
}

/** Asks as somebody, with a key of their own unless one is given. Rejects when the connection breaks. */
export async function ask(process: Pick<Process, 'url'>, who: Signed, words: string, asked: { key?: string; body?: object } = {}): Promise<Told> {
  const [method = 'POST', path = ''] = words.split(' ')
  const response = await fetch(`${process.url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${who.token}`,
      'idempotency-key': asked.key ?? randomUUID(),
      ...(asked.body ? { 'content-type': 'application/json' } : {}),
    },
    ...(asked.body ? { body: JSON.stringify(asked.body) } : {}),
  })
  const text = await response.text()
  const body = (text ? JSON.parse(text) : {}) as { id: string; code?: string }
  return { status: response.status, body, ...(body.code ? { code: body.code } : {}) }
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  await new Promise(closed => probe.close(closed))
  return port
}
