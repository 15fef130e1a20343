// How this process is: alive, ready, and in figures. None of these counts against a limit.
import { hash, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { isLocal } from './http-gate.ts'
import { registry } from './metrics.ts'
import { Problem } from './problem.ts'
import type { Headers } from './security-headers.ts'

/** What this process needs, by name, and whether it is there. */
type Readiness = Readonly<Record<string, boolean>>

export interface HealthOptions {
  headers: Headers
  readiness: () => Promise<Readiness>
  /** What it does without when it must, by name, and whether it is there. */
  conveniences: () => Readiness
  /** Opens /metrics to others than this machine, as a bearer token. */
  metricsToken: string | null
}

const plainText = 'text/plain; charset=utf-8'

/** Adds `/healthz` (the process), `/readyz` (what it depends on) and `/metrics` (Prometheus). */
export function addHealth(app: FastifyInstance, { headers, readiness, conveniences, metricsToken }: HealthOptions): void {
  app.get('/healthz', (_request, reply) => {
    reply.header('content-type', plainText).send('ok\n')
  })
  app.get('/readyz', async (_request, reply) => {
    const checks = await readiness()
    if (!Object.values(checks).every(Boolean)) {
      throw new Problem('overloaded', 'This process is not ready.', { checks, retryAfterSeconds: 1 })
    }
    const degraded = Object.entries(conveniences()).flatMap(([name, isThere]) => (isThere ? [] : name))
    return reply.headers(headers).send({ ready: true, checks, degraded })
  })
  app.get('/metrics', async (request, reply) => {
    if (!isLocal(request) && !carries(request, metricsToken)) {
      throw new Problem('forbidden', 'Metrics are for this machine, or for whoever has the token.')
    }
    return reply.headers(headers).header('content-type', registry.contentType).send(await registry.metrics())
  })
}

/** Compared as digests of equal length, in constant time. */
function carries({ headers }: FastifyRequest, token: string | null): boolean {
  if (token === null) return false
  const digest = (text: string) => hash('sha256', text, 'buffer')
  return timingSafeEqual(digest(headers.authorization ?? ''), digest(`Bearer ${token}`))
}
