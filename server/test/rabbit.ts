// A real RabbitMQ for a test file: on ports and in a directory of its own, and gone with the process that started it.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll } from 'vitest'
import { epmd, provide, rabbitmq } from '../../tools/programs.ts'
import { freePort } from './fleet.ts'

export interface Rabbit {
  url: string
  /** Ends it in order: every connection breaks. */
  stop(): Promise<void>
  /** Starts it again on what it had on disk. */
  start(): Promise<void>
}

// All are one process group. A line on its standard input stops the broker in order; when that input ends, as it does
// with us at the latest, whatever ends us, all are killed.
const together = `epmd=$1; shift; "$epmd" -address 127.0.0.1 -port "$ERL_EPMD_PORT" & "$@" & broker=$!
read order && kill -TERM $broker && wait $broker; kill -KILL 0`

// Two cores are shared with the tests: it must not spin while it has nothing to do.
const calm = '+sbwt none +sbwtdcpu none +sbwtdio none -kernel inet_dist_use_interface {127,0,0,1}'

/** Call it at the top of a test file; it ends with the file. */
export async function aRabbit(): Promise<Rabbit> {
  const home = mkdtempSync(join(tmpdir(), 'fitflow-rabbit-'))
  writeFileSync(join(home, 'plugins'), '[].')
  const port = await freePort()
  const environment = await environmentOf(home, port)
  let end = await begin(environment)
  afterAll(async () => {
    await end('at once')
    rmSync(home, { recursive: true, force: true })
  })
  return {
    url: `amqp://guest:guest@127.0.0.1:${port}`,
    stop: () => end('in order'),
    async start() {
      end = await begin(environment)
    },
  }
}

async function environmentOf(home: string, port: number): Promise<NodeJS.ProcessEnv> {
  return {
    PATH: process.env['PATH'],
    HOME: home,
    ERL_EPMD_PORT: String(await freePort()),
    ERL_EPMD_ADDRESS: '127.0.0.1',
    RABBITMQ_NODENAME: `fitflow${port}@localhost`,
    RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
    RABBITMQ_NODE_PORT: String(port),
    RABBITMQ_DIST_PORT: String(await freePort()),
    RABBITMQ_MNESIA_BASE: join(home, 'data'),
    RABBITMQ_LOG_BASE: join(home, 'log'),
    RABBITMQ_CONF_ENV_FILE: join(home, 'none'),
    RABBITMQ_CONFIG_FILE: join(home, 'none'),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(home, 'plugins'),
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: calm,
  }
}

async function begin(environment: NodeJS.ProcessEnv): Promise<(how: 'in order' | 'at once') => Promise<void>> {
  const child = spawn('/bin/sh', ['-c', together, 'rabbit', provide(epmd), provide(rabbitmq)], {
    env: environment,
    detached: true,
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const exited = once(child, 'exit')
  const started = Promise.withResolvers<void>()
  const said: string[] = []
  createInterface({ input: child.stdout })
    .on('line', line => (line.includes('completed with') ? started.resolve() : said.push(line)))
    .on('close', () => started.reject(new Error(`RabbitMQ did not start: ${said.slice(-20).join('\n')}`)))
  await started.promise
  return async how => {
    child.stdin.end(how === 'in order' ? 'stop\n' : '')
    await exited
  }
}
