// Where another house's program posts a form: nobody is signed in and there is no key, so each such route says for itself whom it believes.
import type { FastifyInstance } from 'fastify'
import { openExit } from './http-answer.ts'
import { basePath, tooMany, type RoutesOptions } from './http-routes.ts'
import type { Edge } from './http.ts'
import { addressKey } from './rate-limit.ts'

const formType = 'application/x-www-form-urlencoded'

/** Opens `edge.form`: those routes take a form and nothing else, and are the only ones that do. */
export function openForms(app: FastifyInstance, options: RoutesOptions): Edge['form'] {
  return (path, answer) => {
    const exit = openExit(options, { method: 'POST', path: basePath + path })
    void app.register(forms => {
      forms.removeAllContentTypeParsers()
      forms.addContentTypeParser<string>(formType, { parseAs: 'string' }, (_request, body, done) => done(null, body))
      forms.post(basePath + path, {
        errorHandler: (error, request, reply) => exit.refuse(request, reply, error),
        handler: async (request, reply) => {
          request.startedMs = options.clock.monotonicMs()
          const key = addressKey(request.ip)
          const allowance = options.limiter.count(key)
          if (allowance.exceeded) throw tooMany(allowance)
          const { search } = new URL(request.url, 'http://any')
          const given = await answer({
            fields: new URLSearchParams(typeof request.body === 'string' ? request.body : ''),
            query: search,
            headers: request.headers,
            traceId: request.id,
          })
          // One busy sender stands for a whole provider: only what is refused counts against its address.
          if (given.status < 400) options.limiter.refund(key)
          exit.command(request, reply, { ...given, replayed: false })
          return reply
        },
      })
    })
  }
}
