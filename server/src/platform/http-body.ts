// What may come in as a body: JSON, kept as it was sent for whoever compares or verifies it; and requests that are none at all.
import type { Socket } from 'node:net'
import type { FastifyInstance, RouteOptions } from 'fastify'
import { problemText, problemType } from './http-refusal.ts'
import { Problem } from './problem.ts'
import { newTraceId } from './trace.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The body as it was sent; `''` when there was none. */
    rawBody: string
  }
}

/** Lets JSON in and nothing else: 415 for another content type, 400 for what is no JSON or would set a prototype. */
export function readJsonBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.decorateRequest('rawBody', '')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    request.rawBody = body
    // A content type without a body says no more than no body.
    if (body === '') done(null, undefined)
    else void parse(request, body, done)
  })
}

export const formType = 'application/x-www-form-urlencoded'

/** A route to which other programs post forms as well; what is in the parts of one is not looked at. */
export function takeForms(app: FastifyInstance, route: RouteOptions): void {
  void app.register((scope, _options, done) => {
    scope.addContentTypeParser<string>(formType, { parseAs: 'string' }, (_request, body, parsed) => {
      const fields = new URLSearchParams(body)
      const all = Array.from(new Set(fields.keys()), name => [name, fields.getAll(name)] as const)
      parsed(null, Object.fromEntries(all.map(([name, values]) => [name, values.length === 1 ? values[0] : values])))
    })
    scope.addContentTypeParser('multipart/form-data', { parseAs: 'string' }, (_request, _body, parsed) => parsed(null, undefined))
    scope.route(route)
    done()
  })
}

const statusLines: Record<string, string> = {
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
}

/** Answers bytes that are no HTTP request: no route ever sees them. */
export function answerBrokenRequests(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const statusLine = statusLines[error.code ?? ''] ?? '400 Bad Request'
  const body = problemText(new Problem('invalid-request', 'This is not a well-formed HTTP request.'), newTraceId())
  const head = [`HTTP/1.1 ${statusLine}`, `content-type: ${problemType}`, `content-length: ${Buffer.byteLength(body)}`, 'connection: close']
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}
