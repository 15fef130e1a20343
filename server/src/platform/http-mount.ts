// Where a library that speaks the web's own Request and Response is let in, below a prefix outside the API's base path.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { openExit } from './http-answer.ts'
import { foreignOrigin, isSafeTransport, plainHttp } from './http-gate.ts'
import { tooMany, type RoutesOptions } from './http-routes.ts'
import type { Edge } from './http.ts'
import { addressKey } from './rate-limit.ts'

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
        if (options.production && !isSafeTransport(request)) throw plainHttp()
        if (request.method !== 'GET' && !isOurPage(request, options.origins)) throw foreignOrigin()
        const allowance = options.limiter.count(addressKey(request.ip))
        if (allowance.exceeded) throw tooMany(allowance)
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

async function copy(response: Response, reply: FastifyReply): Promise<FastifyReply> {
  for (const [name, value] of response.headers) if (name !== 'set-cookie') reply.header(name, value)
  // Each cookie is a header line of its own; the iterator above would join them.
  for (const cookie of response.headers.getSetCookie()) reply.header('set-cookie', cookie)
  return reply.code(response.status).send(response.body === null ? null : await response.text())
}
