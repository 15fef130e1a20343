// A Redis of a drill's own on loopback, gone with the process that started it.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { provide, redisServer } from '../../tools/programs.ts'
import { freePort } from './processes.ts'

export interface Redis {
  url: string
  port: number
  /** Forgets everything. */
  flush(): Promise<void>
  stop(): Promise<void>
  start(): Promise<void>
  close(): Promise<void>
}

// When our standard input ends, as it does with us at the latest, it is killed.
const together = `"$@" & redis=$!; read order; kill -KILL $redis`

/** Starts it with nothing in it. */
export async function startRedis(): Promise<Redis> {
  const port = await freePort()
  let child = await begin(port)
  const stop = async () => {
    if (child.exitCode !== null) return
    const ended = once(child, 'exit')
    child.stdin?.end()
    await ended
  }
  return {
    ...{ url: `redis://127.0.0.1:${port}`, port, stop, close: stop },
    async flush() {
      const line = connect(port, '127.0.0.1')
      line.end('FLUSHALL\r\n')
      await once(line, 'data')
    },
    async start() {
      child = await begin(port)
    },
  }
}

async function begin(port: number): Promise<ChildProcess> {
  const words = [provide(redisServer), '--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
  const child = spawn('/bin/sh', ['-c', together, 'redis', ...words], { stdio: ['pipe', 'pipe', 'ignore'] })
  for await (const text of child.stdout) if (String(text).includes('Ready to accept')) break
  child.stdout.resume()
  return child
}
