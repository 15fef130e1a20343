// The product's own processes, as a studio would run them: started with an environment, stopped with a signal.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { openSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'

export interface Server {
  port: number
  pid: number
  stop(): Promise<void>
}

export interface ServerOptions {
  kind: 'api' | 'worker'
  databaseUrl: string
  /** Where a CPU profile goes when the process ends, and its log; null for neither. */
  profiles: string | null
}

const main = join(import.meta.dirname, '../server/src/main.ts')
// Every process of a studio signs with the same secret.
const secret = 'a secret of the benchmark, shared by its processes'

/** Starts a process and resolves once it says that it is running. */
export async function startServer({ kind, databaseUrl, profiles }: ServerOptions): Promise<Server> {
  const port = await freePort()
  const flags = profiles === null ? [] : ['--cpu-prof', '--cpu-prof-interval=250', `--cpu-prof-dir=${profiles}`, `--cpu-prof-name=${kind}-${port}.cpuprofile`]
  // Its log is part of its work, but nobody reads it here.
  const log = profiles === null ? 'ignore' : openSync(join(profiles, `${kind}-${port}.log`), 'a')
  const child = spawn(process.execPath, [...flags, main, kind], {
    // With a Redis where the environment names one: the same figures with and without it.
    env: { PATH: process.env['PATH'], DATABASE_URL: databaseUrl, PORT: String(port), FITFLOW_SECRET: secret, REDIS_URL: process.env['REDIS_URL'] },
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

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}
