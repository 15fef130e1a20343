// The API's reference for people and programs: its description, a page to read and try it, and what each problem means.
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { problems } from '@fitflow/contract/problems.ts'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { problemsPath } from './http-refusal.ts'
import type { Route } from './http.ts'
import { describeApi } from './openapi.ts'
import { apiHeaders, pageHeaders } from './security-headers.ts'

interface DocsOptions {
  routes: readonly Route[]
  https: boolean
  version: string
}

const html = 'text/html; charset=utf-8'

/** Adds `/api/openapi.json`, `/api/docs` and `/api/problems`. */
export function addDocs(app: FastifyInstance, { routes, https, version }: DocsOptions): void {
  const headers = { ...pageHeaders(https, undefined), 'cache-control': 'no-cache' }
  let description: string | undefined
  app.get('/api/openapi.json', (_request, reply) => {
    // Made when first asked for: by then every module has registered.
    description ??= JSON.stringify(describeApi(routes, version))
    reply.headers({ ...apiHeaders(https), 'cache-control': 'no-cache' }).header('content-type', 'application/json; charset=utf-8').send(description)
  })
  app.get('/api/docs', (_request, reply) => {
    reply.headers(headers).header('content-type', html).send(reference)
  })
  app.get('/api/docs/start.js', (_request, reply) => {
    reply.headers(headers).header('content-type', 'text/javascript; charset=utf-8').send(start)
  })
  app.get(problemsPath, (_request, reply) => {
    reply.headers(headers).header('content-type', html).send(glossary())
  })
  void app.register(fastifyStatic, {
    root: dirname(fileURLToPath(import.meta.resolve('@fastify/swagger-ui/static/swagger-ui.css'))),
    prefix: '/api/docs/',
    index: false,
    wildcard: false,
    globIgnore: ['*.html', 'oauth2-redirect.*', '*.json', 'swagger-ui.js'],
    decorateReply: false,
    setHeaders: reply => void reply.headers(headers),
  })
}

const page = (title: string, head: string, body: string) =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">` +
  `<title>${title}</title>${head}</head><body>${body}</body></html>\n`

const reference = page(
  'FitFlow API',
  '<link rel="stylesheet" href="/api/docs/swagger-ui.css"><link rel="icon" href="/api/docs/favicon-32x32.png">',
  '<div id="reference"></div><script src="/api/docs/swagger-ui-bundle.js"></script><script src="/api/docs/start.js"></script>',
)

// Trying a command out takes a fresh key each time.
const start = `SwaggerUIBundle({
  url: '/api/openapi.json',
  domNode: document.getElementById('reference'),
  deepLinking: true,
  validatorUrl: null,
  requestInterceptor: request => {
    if (request.method && request.method !== 'GET') request.headers['Idempotency-Key'] ||= crypto.randomUUID()
    return request
  },
})
`

function glossary(): string {
  const entries = Object.entries(problems).map(
    ([code, { status, title }]) => `<dt id="${code}"><code>${code}</code> (${status})</dt><dd>${title}.</dd>`,
  )
  return page('FitFlow problems', '', `<h1>Problems</h1><dl>${entries.join('')}</dl>`)
}
