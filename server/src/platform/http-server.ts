// The HTTP edge put together: one Fastify with the API, the health checks, the metrics, the reference and the web app.
import { fastify, type FastifyInstance } from 'fastify'
import { openExit } from './http-answer.ts'
import { answerBrokenRequests, readJsonBodies } from './http-body.ts'
import { addDocs } from './http-docs.ts'
import { refusePlainHttp } from './http-gate.ts'
import { addHealth, type HealthOptions } from './http-health.ts'
import { addMissing } from './http-missing.ts'
import { openMounts } from './http-mount.ts'
import { openRoutes, type RoutesOptions } from './http-routes.ts'
import { addWebApp } from './http-web-app.ts'
import type { Edge } from './http.ts'
import type { Memories } from './memories.ts'
import { watchProcess } from './metrics.ts'
import { openLimiter } from './rate-limit.ts'
import { apiHeaders } from './security-headers.ts'
import { traceIdFrom } from './trace.ts'

export interface HttpOptions extends Omit<RoutesOptions, 'headers' | 'limiter' | 'memory'>, Omit<HealthOptions, 'headers'> {
  memory: Memories
  /** Asked at each request, so that a changed setting is in force at once. */
  limits: () => { requestsPerMinute: number }
  /** Which proxies may name the client's address, in Fastify's words. */
  trustProxy: boolean | number | string
  /** In production plain http is refused, except from this machine. */
  production: boolean
  /** Whether people reach us by https: `PUBLIC_URL` says so. */
  https: boolean
  /** Where the built web app lies; null where this process serves none. */
  webAppDirectory: string | null
  version: string
}

export interface HttpServer {
  edge: Edge
  /** Starts to accept; answers the port in use. */
  listen(at: { host: string; port: number }): Promise<number>
  /** Stops accepting, finishes what is in flight, closes. */
  close(): Promise<void>
}

// Nothing that people type is longer; uploads come as streams on routes of their own.
const bodyBytesMax = 256 * 1024

// Longer than the usual 60 s of a proxy in front: it must be the one that closes an idle connection.
const keepAliveMs = 65_000

// A sender slower than this holds a connection for nothing.
const requestMs = 30_000

/** Opens the edge. Modules register their routes on `edge` before `listen`. */
export function openHttp(options: HttpOptions): HttpServer {
  watchProcess()
  const app = makeApp(options)
  const headers = apiHeaders(options.https)
  const limiter = openLimiter(options.clock, () => options.limits().requestsPerMinute, { memory: options.memory.common, nameOf })
  const inside: RoutesOptions = { ...options, headers, limiter, memory: options.memory.atBest }

  const routes = openRoutes(app, inside)
  addHealth(app, { ...options, headers })
  addDocs(app, { ...options, routes: routes.routes })
  const page = addWebApp(app, options)
  addMissing(app, { ...inside, routes: routes.routes, page })
  return {
    edge: { ...routes, mount: openMounts(app, inside) },
    async listen({ host, port }) {
      await app.listen({ host, port })
      const bound = app.server.address()
      return bound === null || typeof bound === 'string' ? port : bound.port
    },
    close: () => closeGently(app),
  }
}

/** What a sender's count is called where processes share it. */
const nameOf = (sender: string) => `${/[.:]/.test(sender) ? 'address' : 'user'}:{${sender}}:rate_limit:requests`

// How soon a connection is noticed whose last answer has gone out.
const lookMs = 50

/** A connection that was busy when we stopped would otherwise be kept alive for its next request. */
async function closeGently(app: FastifyInstance): Promise<void> {
  const idle = setInterval(() => app.server.closeIdleConnections(), lookMs)
  await app.close()
  clearInterval(idle)
}

function makeApp(options: HttpOptions): FastifyInstance {
  const { trustProxy } = options
  const exit = openExit({ ...options, headers: apiHeaders(options.https) }, { method: '*', path: '*' })
  const app = fastify({
    logger: false,
    genReqId: raw => traceIdFrom(raw.headers.traceparent),
    requestIdHeader: false,
    // A number says how many proxies stand in front.
    trustProxy: typeof trustProxy === 'number' ? (_address, hop) => hop < trustProxy : trustProxy,
    bodyLimit: bodyBytesMax,
    keepAliveTimeout: keepAliveMs,
    requestTimeout: requestMs,
    forceCloseConnections: 'idle',
    // Whoever is still connected while we stop gets an answer, and `connection: close` with it.
    return503OnClosing: false,
    // An id that is too long is still an id that does not fit its shape.
    routerOptions: { maxParamLength: 1024 },
    frameworkErrors: (error, request, reply) => exit.refuse(request, reply, error),
    clientErrorHandler: answerBrokenRequests,
  })
  app.decorateRequest('principal', null)
  app.decorateRequest('startedMs', 0)
  readJsonBodies(app)
  if (options.production) app.addHook('onRequest', refusePlainHttp)
  app.setErrorHandler((error, request, reply) => exit.refuse(request, reply, error))
  return app
}
