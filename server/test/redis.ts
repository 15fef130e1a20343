// A real Redis for a test file, alone or as a cluster of six: on ports and in a directory of its own, gone with the process that started it.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll } from 'vitest'
import { provide, redisServer } from '../../tools/programs.ts'
import { freePort } from './fleet.ts'

export interface RealRedis {
  url: string
  /** Asks it from outside, as a person with `redis-cli` would; answers its words. */
  cli(...words: string[]): string
  /** Ends it at once. */
  stop(): Promise<void>
  /** Starts it again, with nothing in it. */
  start(): Promise<void>
  /** It keeps its connections and says nothing until it may go on. */
  pause(): void
  resume(): void
}

// When our standard input ends, as it does with us at the latest, whatever ends us, it is killed; also while it is paused.
const together = `"$@" & redis=$!; echo $redis; read order; kill -KILL $redis`

/** Call it at the top of a test file; it ends with the file. */
export async function aRedis(): Promise<RealRedis> {
  const home = mkdtempSync(join(tmpdir(), 'fitflow-redis-'))
  const port = await freePort()
  let node = await begin(home, port)
  afterAll(async () => {
    await node.end()
    rmSync(home, { recursive: true, force: true })
  })
  return {
    url: `redis://127.0.0.1:${port}`,
    cli: (...words) => cli(port, words),
    stop: () => node.end(),
    async start() {
      node = await begin(home, port)
    },
    pause: () => process.kill(node.pid, 'SIGSTOP'),
    resume: () => process.kill(node.pid, 'SIGCONT'),
  }
}

/** Three masters and a replica of each. */
export async function aRedisCluster(): Promise<{ url: string; cli(...words: string[]): string }> {
  const home = mkdtempSync(join(tmpdir(), 'fitflow-redis-cluster-'))
  const ports: number[] = []
  // The nodes speak among themselves on the port 10,000 above.
  while (ports.length < 6) {
    const port = await freePort()
    if (port < 55_000 && !ports.includes(port)) ports.push(port)
  }
  const nodes = await Promise.all(ports.map(port => begin(home, port, ['--cluster-enabled', 'yes', '--cluster-config-file', `${port}.conf`, '--cluster-node-timeout', '2000'])))
  afterAll(async () => {
    await Promise.all(nodes.map(node => node.end()))
    rmSync(home, { recursive: true, force: true })
  })
  const hosts = ports.map(port => `127.0.0.1:${port}`)
  cli(ports[0]!, ['--cluster', 'create', ...hosts, '--cluster-replicas', '1', '--cluster-yes'])
  const isWhole = (port: number) => /cluster_state:ok/.test(cli(port, ['cluster', 'info']))
  while (!ports.every(isWhole)) await delay(50)
  return { url: `redis+cluster://${hosts.join(',')}`, cli: (...words) => cli(ports[0]!, ['-c', ...words]) }
}

async function begin(home: string, port: number, more: string[] = []): Promise<{ pid: number; end(): Promise<void> }> {
  const words = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', home, '--logfile', join(home, `${port}.log`), ...more]
  const child = spawn('/bin/sh', ['-c', together, 'redis', provide(redisServer), ...words], { stdio: ['pipe', 'pipe', 'ignore'] })
  const exited = once(child, 'exit')
  const pid = Number((await firstLine(child)).trim())
  while (!(await answers(port))) await delay(10)
  return {
    pid,
    async end() {
      child.stdin?.end()
      await exited
    },
  }
}

async function firstLine(child: ChildProcess): Promise<string> {
  const [line] = (await once(child.stdout!, 'data')) as [Buffer]
  return line.toString()
}

function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  return new Promise(resolve => {
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
  }).then(there => (socket.destroy(), there as boolean))
}

function cli(port: number, words: readonly string[]): string {
  return spawnSync('redis-cli', ['-h', '127.0.0.1', '-p', String(port), ...words], { encoding: 'utf8' }).stdout.trim()
}
