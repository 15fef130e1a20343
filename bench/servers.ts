// The product's own processes, as a studio would run them: started with an environment, stopped with a signal.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { openSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'

export interface Server {
  /** Where it listens: the API itself, or the worker's small door. */
  port: number
  pid: number
  stop(): Promise<void>
}

export interface ServerOptions {
  kind: 'api' | 'worker'
  databaseUrl: string
  /** What else it is told of its surroundings: REDIS_URL, AMQP_URL. */
  engines: Readonly<Record<string, string>>
  /** Where a CPU profile goes when the process ends, and its log; null for neither. */
  profiles: string | null
}

const main = join(import.meta.dirname, '../server/src/main.ts')
// Every process of a studio signs with the same secret. With a Redis where the environment names one: the same figures with and without it.
const always = { PATH: process.env['PATH'], REDIS_URL: process.env['REDIS_URL'], FITFLOW_SECRET: 'a secret of the benchmark, shared by its processes' }

/** Starts a process and resolves once it says that it is running. */
export async function startServer({ kind, databaseUrl, engines, profiles }: ServerOptions): Promise<Server> {
  const port = await freePort()
  const flags = profiles === null ? [] : ['--cpu-prof', '--cpu-prof-interval=250', `--cpu-prof-dir=${profiles}`, `--cpu-prof-name=${kind}-${port}.cpuprofile`]
  // Its log is part of its work, but nobody reads it here.
  const log = profiles === null ? 'ignore' : openSync(join(profiles, `${kind}-${port}.log`), 'a')
  const child = spawn(process.execPath, [...flags, main, kind], {
    env: { ...always, DATABASE_URL: databaseUrl, [kind === 'api' ? 'PORT' : 'METRICS_PORT']: String(port), ...engines },
    stdio: ['ignore', 'pipe', log],
  })
  const kill = () => void child.kill('SIGKILL')
  process.once('exit', kill)
  await isRunning(child, kind)
  return {
    ...{ port, pid: child.pid ?? 0 },
    async stop() {
      process.off('exit', kill)
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    },
  }
}

function isRunning(child: ChildProcess, kind: string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('exit', code => reject(new Error(`the ${kind} ended with ${code} while it started`)))
    child.stdout?.on('data', (text: Buffer) => {
      if (text.includes('is running')) resolve()
    })
  })
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}
