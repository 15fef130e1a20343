// Where a library that speaks the web's own Request and Response is let in, below a prefix outside the API's base path.
import type { IncomingHttpHeaders } from 'node:http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { openExit } from './http-answer.ts'
import { foreignOrigin, type Gate } from './http-gate.ts'
import { within, type RoutesOptions } from './http-routes.ts'
import type { Edge, Principal } from './http.ts'

/** Opens `edge.mount`. */
export function openMounts(app: FastifyInstance, options: RoutesOptions): Edge['mount'] {
  return (prefix, answer) => {
    const exit = openExit(options, { method: '*', path: prefix })
    app.route({
      method: ['GET', 'POST'],
      url: `${prefix}/*`,
      errorHandler: (error, request, reply) => exit.refuse(request, reply, error),
      handler: async (request, reply) => {
        request.startedMs = options.clock.monotonicMs()
        if (request.method !== 'GET' && !isOurPage(request, options.origins)) throw foreignOrigin()
        request.principal = remembered(options.gate, request.headers)
        within(options, request, reply)
        const { pathname, search } = new URL(request.url, 'http://any')
        const response = await answer({
          method: request.method,
          path: pathname,
          query: search,
          headers: request.headers,
          body: request.rawBody,
          ip: request.ip,
          traceId: request.id,
        })
        reply.headers({ ...options.headers, 'cache-control': 'no-store' }).header('x-trace-id', request.id)
        return copy(response, reply)
      },
    })
  }
}

/** A browser always says where a POST comes from; only a program with no cookie may leave it out. */
function isOurPage({ headers }: FastifyRequest, origins: readonly string[]): boolean {
  if (headers.authorization !== undefined) return true
  return headers.origin === undefined ? headers.cookie === undefined : origins.includes(headers.origin)
}

/** Whose limit it counts against; what the request may do is the library's own question. */
function remembered(gate: Gate, headers: IncomingHttpHeaders): Principal | null {
  const credential = gate.credential(headers)
  return (credential && gate.recall(credential.token)) ?? null
}

async function copy(response: Response, reply: FastifyReply): Promise<FastifyReply> {
  for (const [name, value] of response.headers) if (name !== 'set-cookie') reply.header(name, value)
  // Each cookie is a header line of its own; the iterator above would join them.
  for (const cookie of response.headers.getSetCookie()) reply.header('set-cookie', cookie)
  return reply.code(response.status).send(response.body === null ? null : await response.text())
}
