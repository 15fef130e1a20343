// A real RabbitMQ on loopback, on ports and in a directory of its own, gone with the process that started it: for tests, drills and benchmarks.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { epmd, provide, rabbitmq } from './programs.ts'

export interface Rabbit {
  url: string
  /** Ends it in order: every connection breaks. */
  stop(): Promise<void>
  /** Ends it as a power cut would. */
  kill(): Promise<void>
  /** Starts it again on what it had on disk. */
  start(): Promise<void>
  /** While it is down: takes away what Raft needs to give its queues a leader again, as a kill right after their making does. */
  forgetLeaders(): void
  /** Ends it and forgets what it had. */
  close(): Promise<void>
}

// All are one process group. A line on its standard input stops the broker in order; when that input ends, as it does
// with us at the latest, whatever ends us, all are killed.
const together = `epmd=$1; shift; "$epmd" -address 127.0.0.1 -port "$ERL_EPMD_PORT" & "$@" & broker=$!
read order && kill -TERM $broker && wait $broker; kill -KILL 0`

// Two cores are shared with whoever asks: it must not spin while it has nothing to do.
const calm = '+sbwt none +sbwtdcpu none +sbwtdio none -kernel inet_dist_use_interface {127,0,0,1}'

/** Starts it; `address` is where it listens, on this machine unless told otherwise. */
export async function startRabbit(address = '127.0.0.1'): Promise<Rabbit> {
  const home = mkdtempSync(join(tmpdir(), 'fitflow-rabbit-'))
  writeFileSync(join(home, 'plugins'), '[].')
  // By default `guest` may come from this machine only.
  writeFileSync(join(home, 'rabbit.conf'), 'loopback_users = none\n')
  const port = await freePort()
  const environment = await environmentOf(home, port, address)
  let end = await begin(environment)
  return {
    url: `amqp://guest:guest@${address}:${port}`,
    stop: () => end('in order'),
    kill: () => end('at once'),
    async start() {
      end = await begin(environment)
    },
    forgetLeaders() {
      const node = join(home, 'data', environment['RABBITMQ_NODENAME'] ?? '')
      rmSync(join(node, 'quorum', environment['RABBITMQ_NODENAME'] ?? '', 'names.dets'))
    },
    async close() {
      await end('at once')
      rmSync(home, { recursive: true, force: true })
    },
  }
}

async function environmentOf(home: string, port: number, address: string): Promise<NodeJS.ProcessEnv> {
  return {
    PATH: process.env['PATH'],
    HOME: home,
    ERL_EPMD_PORT: String(await freePort()),
    ERL_EPMD_ADDRESS: '127.0.0.1',
    RABBITMQ_NODENAME: `fitflow${port}@localhost`,
    RABBITMQ_NODE_IP_ADDRESS: address,
    RABBITMQ_NODE_PORT: String(port),
    RABBITMQ_DIST_PORT: String(await freePort()),
    RABBITMQ_MNESIA_BASE: join(home, 'data'),
    RABBITMQ_LOG_BASE: join(home, 'log'),
    RABBITMQ_CONF_ENV_FILE: join(home, 'none'),
    RABBITMQ_CONFIG_FILE: join(home, 'rabbit.conf'),
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
    // A second end finds nobody.
    if (child.exitCode !== null || child.signalCode !== null) return
    child.stdin.end(how === 'in order' ? 'stop\n' : '')
    await exited
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  await new Promise(closed => probe.close(closed))
  return port
}
