// The asking side of the load generator: one job at a time, in a process of its own.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { mapCpu, type Cpu } from './cpu.ts'
import type { Job, Reply } from './generator.ts'
import type { HttpJob, HttpResult } from './http-load.ts'
import type { SqlJob, SqlResult } from './sql-load.ts'

export interface Load {
  http(job: Omit<HttpJob, 'kind'>): Promise<Loaded<HttpResult>>
  sql(job: Omit<SqlJob, 'kind'>): Promise<Loaded<SqlResult>>
  close(): void
}

/** With the processor time that each request cost, where the system tells. */
export type Loaded<Result> = Result & { cpuMicros?: Cpu }

/** Starts the generator. It ends with us, whatever happens to us. */
export function openLoad(cpu: (generator: number) => Cpu | undefined): Load {
  const child = fork(join(import.meta.dirname, 'generator.ts'), { serialization: 'advanced' })
  const gone = once(child, 'exit').then((): never => {
    throw new Error('the load generator has ended')
  })
  // Heard by whoever waits for a job; at the end nobody does.
  gone.catch(() => undefined)
  const ask = async (job: Job) => {
    const before = cpu(child.pid ?? 0)
    const answered = once(child, 'message') as Promise<[Reply]>
    child.send(job)
    const [reply] = await Promise.race([answered, gone])
    if ('error' in reply) throw new Error(reply.error)
    const after = cpu(child.pid ?? 0)
    return { ...reply.result, ...(before && after ? { cpuMicros: costOf(before, after, reply.result.begun) } : {}) }
  }
  return {
    http: job => ask({ kind: 'http', ...job }) as Promise<Loaded<HttpResult>>,
    sql: job => ask({ kind: 'sql', ...job }) as Promise<Loaded<SqlResult>>,
    close: () => child.disconnect(),
  }
}

/** What each of so many requests cost between two readings. */
export function costOf(before: Cpu, after: Cpu, requests: number): Cpu {
  return mapCpu(program => Math.round(((after[program] - before[program]) * 1e6) / Math.max(1, requests)))
}
