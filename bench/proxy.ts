// A real proxy before several API processes: what is about one class session goes to one of them, as a deployment's ingress does it.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { haproxy, provide } from '../tools/programs.ts'
import { freePort } from './servers.ts'

export interface Proxy {
  port: number
  pid: number
  stop(): Promise<void>
}

/** Starts it on a port of this machine. It reads what of a path comes before the fifth slash: /api/v1/sessions/{id}. */
export async function startProxy(ports: readonly number[]): Promise<Proxy> {
  const port = await freePort()
  const directory = mkdtempSync(join(tmpdir(), 'fitflow-proxy-'))
  const file = join(directory, 'haproxy.cfg')
  writeFileSync(file, configOf(port, ports))
  const child = spawn(provide(haproxy), ['-db', '-q', '-f', file], { stdio: ['ignore', 'ignore', 'inherit'] })
  const kill = () => void child.kill('SIGKILL')
  process.once('exit', kill)
  while (!(await answers(port))) if (child.exitCode !== null) throw new Error('HAProxy did not start')
  rmSync(directory, { recursive: true })
  return {
    ...{ port, pid: child.pid ?? 0 },
    async stop() {
      process.off('exit', kill)
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    },
  }
}

function configOf(port: number, ports: readonly number[]): string {
  return `global
  nbthread 1
defaults
  mode http
  timeout connect 5s
  timeout client 60s
  timeout server 60s
  http-reuse always
listen door
  bind 127.0.0.1:${port}
  balance uri depth 4
  hash-type consistent
${ports.map((one, at) => `  server api${at} 127.0.0.1:${one}`).join('\n')}
`
}

function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  return new Promise<boolean>(resolve => {
    socket.once('connect', () => resolve(true)).once('error', () => setTimeout(() => resolve(false), 20))
  }).finally(() => socket.destroy())
}
