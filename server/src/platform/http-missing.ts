// What is not there: 405 where another method would be, a page of the web app where a person came, 404 elsewhere.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { openExit } from './http-answer.ts'
import { basePath, tooMany, type RoutesOptions } from './http-routes.ts'
import type { Route } from './http.ts'
import { Problem } from './problem.ts'
import { addressKey } from './rate-limit.ts'

interface MissingOptions extends RoutesOptions {
  routes: readonly Route[]
  /** Sends the web app's page, if this address may be one of its own; false when not. */
  page: (request: FastifyRequest, reply: FastifyReply) => boolean
}

/** Adds the answer for addresses and methods that no route has. */
export function addMissing(app: FastifyInstance, options: MissingOptions): void {
  const exit = openExit(options, { method: '*', path: 'unknown' })
  app.setNotFoundHandler((request, reply) => {
    request.startedMs = options.clock.monotonicMs()
    const allowance = options.limiter.count(addressKey(request.ip))
    if (allowance.exceeded) return exit.refuse(request, reply, tooMany(allowance))
    const methods = methodsAt(options.routes, request.url)
    if (methods.length > 0) {
      reply.header('allow', methods.join(', '))
      const detail = `This address takes ${methods.join(', ')}.`
      return exit.refuse(request, reply, new Problem('method-not-allowed', detail, { allow: methods }))
    }
    if (!options.page(request, reply)) exit.refuse(request, reply, new Problem('not-found', 'There is nothing at this address.'))
  })
}

// Health, documents and pages are only ever read.
const readOnly = /^\/(healthz|readyz|metrics|api\/(openapi[.]json|docs|problems))$/

function methodsAt(routes: readonly Route[], url: string): string[] {
  const [path = ''] = url.split('?')
  if (readOnly.test(path)) return ['GET', 'HEAD']
  const found = new Set<string>(routes.filter(route => pattern(route).test(path)).map(route => route.method))
  if (found.has('GET')) found.add('HEAD')
  return [...found].sort()
}

function pattern({ path }: Route): RegExp {
  const literal = (part: string) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
  const parts = (basePath + path).split('/').map(part => (part.startsWith(':') ? '[^/]+' : literal(part)))
  return new RegExp(`^${parts.join('/')}$`)
}
