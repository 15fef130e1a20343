// The fleet of a drill: processes with ports of their own, which can be killed, paused and started again as an orchestrator would.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'

export interface Member {
  name: string
  kind: 'api' | 'worker'
  /** Where it listens: the API itself, or the worker's small door. */
  url: string
  /** Ends it as a power cut would, and starts it again. */
  killAndRestart(): Promise<void>
  pause(): void
  resume(): void
  stop(): Promise<void>
}

export interface Berth {
  /** Put before the command: `ip netns exec drill1`. */
  within?: string[]
  /** The address by which we reach it. */
  address?: string
}

const main = join(import.meta.dirname, '../../server/src/main.ts')
const secret = 'a secret of the drill, shared by its processes'
/** Opens the metrics of a process that is not on our side of a wire. */
export const metricsToken = 'let the drill look at the figures'
const startMsMax = 60_000

/** Starts one process and resolves once it runs. */
export async function startMember(name: string, kind: Member['kind'], engines: Record<string, string>, { within = [], address = '127.0.0.1' }: Berth = {}): Promise<Member> {
  const port = await freePort()
  const environment = {
    ...{ PATH: process.env['PATH'], LOG_LEVEL: 'fatal', FITFLOW_SECRET: secret, FITFLOW_DEMO: 'off', HOST: address, METRICS_TOKEN: metricsToken },
    ...engines,
    [kind === 'api' ? 'PORT' : 'METRICS_PORT']: String(port),
  }
  const words = [...within, process.execPath, main, kind]
  let child: ChildProcess
  const begin = async () => {
    child = spawn(words[0] as string, words.slice(1), { env: environment, stdio: ['ignore', 'pipe', 'inherit'] })
    process.once('exit', kill)
    await isRunning(child, name)
  }
  // `ip netns exec` becomes the command itself, so the process is the same.
  const kill = () => void child.kill('SIGKILL')
  const end = async (signal: NodeJS.Signals) => {
    process.off('exit', kill)
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill('SIGCONT')
    child.kill(signal)
    await ended
  }
  await begin()
  return {
    ...{ name, kind, url: `http://${address}:${port}` },
    async killAndRestart() {
      await end('SIGKILL')
      await begin()
    },
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    stop: () => end('SIGTERM'),
  }
}

async function isRunning(child: ChildProcess, name: string): Promise<void> {
  const running = Promise.withResolvers<void>()
  const timer = setTimeout(() => running.reject(new Error(`${name} did not start in time`)), startMsMax)
  child.once('exit', code => running.reject(new Error(`${name} ended with ${code} while it started`)))
  child.stdout?.on('data', (text: Buffer) => text.includes('is running') && running.resolve())
  await running.promise.finally(() => clearTimeout(timer))
}

export async function freePort(address = '127.0.0.1'): Promise<number> {
  const probe = createServer().listen(0, address)
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  await new Promise(closed => probe.close(closed))
  return port
}
