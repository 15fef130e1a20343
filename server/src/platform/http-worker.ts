// The small door of a process that serves no people: whether it is alive and ready, and its figures.
import { fastify } from 'fastify'
import type { Clock } from './clock.ts'
import { openExit } from './http-answer.ts'
import { addHealth, type HealthOptions } from './http-health.ts'
import type { Log } from './log.ts'
import { watchProcess } from './metrics.ts'
import { Problem } from './problem.ts'
import { apiHeaders } from './security-headers.ts'
import { traceIdFrom } from './trace.ts'

interface WorkerDoorOptions extends Omit<HealthOptions, 'headers'> {
  host: string
  /** Null: any that is free, so that many processes need no plan on one machine. */
  port: number | null
  clock: Clock
  log: Log
}

/** Opens `/healthz`, `/readyz` and `/metrics`; answers the port in use. */
export async function openWorkerDoor({ host, port, ...options }: WorkerDoorOptions): Promise<{ port: number; stop(): Promise<void> }> {
  watchProcess()
  const headers = apiHeaders(false)
  const exit = openExit({ ...options, headers }, { method: '*', path: '*' })
  const app = fastify({ logger: false, genReqId: raw => traceIdFrom(raw.headers.traceparent), requestIdHeader: false, forceCloseConnections: true })
  app.decorateRequest('principal', null)
  app.decorateRequest('startedMs', 0)
  app.decorateRequest('isLate', false)
  app.setErrorHandler((error, request, reply) => exit.refuse(request, reply, error))
  app.setNotFoundHandler((request, reply) => exit.refuse(request, reply, new Problem('not-found', 'There is nothing here but /healthz, /readyz and /metrics.')))
  addHealth(app, { ...options, headers })
  await app.listen({ host, port: port ?? 0 })
  const bound = app.server.address()
  return { port: bound === null || typeof bound === 'string' ? 0 : bound.port, stop: () => app.close() }
}
