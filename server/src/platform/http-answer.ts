// The way out: how an answer, a refusal or a fault of a route is written to the wire, and noted.
import type { FastifyReply, FastifyRequest } from 'fastify'
import { etagOf, matches } from './etag.ts'
import { problemOf, problemText, problemType } from './http-refusal.ts'
import { openReport, type Report } from './http-report.ts'
import type { Answer } from './idempotency.ts'
import type { Clock } from './clock.ts'
import type { Log } from './log.ts'
import { countProblem } from './metrics.ts'
import type { Headers } from './security-headers.ts'

/** The ways out of one route; none of them is open to who was told already that it takes too long. */
export interface Exit {
  /** A read's answer, or 304 when the asker has it already. */
  read(request: FastifyRequest, reply: FastifyReply, found: Found): void
  command(request: FastifyRequest, reply: FastifyReply, answer: Answer): void
  /** Begins an answer that goes on: what its head says, and that it was noted. */
  begin(request: FastifyRequest, reply: FastifyReply): Record<string, string>
  refuse(request: FastifyRequest, reply: FastifyReply, error: unknown): void
}

interface Found {
  body: Buffer
  contentType: string
  etag?: string
  version?: number
  /** Its own content security policy. */
  policy?: string
}

interface Surroundings {
  log: Log
  clock: Clock
  headers: Headers
}

const jsonType = 'application/json; charset=utf-8'

/** Opens the ways out of one route. */
export function openExit({ log, clock, headers }: Surroundings, route: { method: string; path: string }): Exit {
  const report = openReport(log, clock, route)
  const fresh = { ...headers, 'cache-control': 'private, no-cache' }
  const never = { ...headers, 'cache-control': 'no-store' }
  return {
    read(request, reply, { body, contentType, etag, version, policy }) {
      if (request.isLate) return
      const tag = etag ?? etagOf(body, version)
      reply.headers(fresh).header('x-trace-id', request.id).header('etag', tag)
      if (policy) reply.header('content-security-policy', policy)
      if (matches(request.headers['if-none-match'], tag)) {
        reply.code(304).send()
      } else {
        reply.header('content-type', contentType).send(body)
      }
      note(report, request, reply.statusCode)
    },
    command(request, reply, { status, body, replayed }) {
      if (request.isLate) return
      reply.code(status).headers(never).header('x-trace-id', request.id)
      if (replayed) reply.header('idempotency-replayed', 'true')
      if (body === '') reply.send()
      else reply.header('content-type', status >= 400 ? problemType : jsonType).send(body)
      note(report, request, status)
    },
    begin(request, reply) {
      note(report, request, 200)
      return { ...(reply.getHeaders() as Record<string, string>), ...never, 'x-trace-id': request.id }
    },
    refuse(request, reply, error) {
      if (request.isLate) return
      const { problem, fault } = problemOf(error)
      if (fault) log.error({ 'trace.id': request.id, 'url.path': route.path, error }, 'a request met a fault')
      countProblem(problem.code)
      reply.code(problem.status).headers(never).header('x-trace-id', request.id).header('content-type', problemType)
      if (problem.retryAfterSeconds !== undefined) reply.header('retry-after', String(problem.retryAfterSeconds))
      if (problem.status === 401) reply.header('www-authenticate', 'Bearer')
      reply.send(problemText(problem, request.id))
      report({ ...answered(request), status: problem.status, code: problem.code })
    },
  }
}

function note(report: Report, request: FastifyRequest, status: number): void {
  report({ ...answered(request), status })
}

function answered(request: FastifyRequest) {
  const { id, principal, startedMs } = request
  return { traceId: id, userId: principal?.userId ?? null, startedMs }
}
