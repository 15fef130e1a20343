// The web app: its files as they were built, and its one page for every address that is a place inside it.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { etagOf, matches } from './etag.ts'
import { pageHeaders, type Headers } from './security-headers.ts'

interface WebAppOptions {
  webAppDirectory: string | null
  https: boolean
}

type Page = (request: FastifyRequest, reply: FastifyReply) => boolean

// The build puts a hash of the content into these names: what they name never changes.
const hashed = /-([\w-]{8}\.(js|css)|[A-Z0-9]{8}\.(woff2?|svg|png|webp|avif))(\.br|\.gz)?$/

const notBuilt = 'The web app has not been built here. The API is at /api/docs.\n'

/** Serves the files below `webAppDirectory`; what it returns serves the page. */
export function addWebApp(app: FastifyInstance, { webAppDirectory, https }: WebAppOptions): Page {
  const index = webAppDirectory === null ? null : join(webAppDirectory, 'index.html')
  if (webAppDirectory === null || index === null || !existsSync(index)) {
    return placeholder(pageHeaders(https, undefined))
  }
  // Byte for byte the same for everybody: the service worker compares it with the build's hash.
  const html = readFileSync(index)
  const nonce = /ngCspNonce="([^"]+)"/i.exec(html.toString())?.[1]
  const headers = pageHeaders(https, nonce)
  const etag = etagOf(html)

  void app.register(fastifyStatic, {
    root: webAppDirectory,
    wildcard: false,
    index: false,
    globIgnore: ['index.html', '**/*.br', '**/*.gz'],
    preCompressed: true,
    cacheControl: false,
    setHeaders: (reply, path) => {
      const cached = hashed.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache'
      reply.headers({ ...headers, 'cache-control': cached })
    },
  })
  return (request, reply) => {
    if (!isPlace(request)) return false
    reply.headers({ ...headers, 'cache-control': 'no-cache', etag })
    if (matches(request.headers['if-none-match'], etag)) reply.code(304).send()
    else reply.code(200).header('content-type', 'text/html; charset=utf-8').send(request.method === 'HEAD' ? '' : html)
    return true
  }
}

/** Whether a person may have gone to this address: no file, nothing of the API. */
function isPlace({ method, url }: FastifyRequest): boolean {
  const [path = ''] = url.split('?')
  if (method !== 'GET' && method !== 'HEAD') return false
  return path !== '/api' && !path.startsWith('/api/') && (path === '/index.html' || !/\.[a-z0-9]+$/i.test(path))
}

function placeholder(headers: Headers): Page {
  return (request, reply) => {
    if (!isPlace(request)) return false
    reply.headers(headers).header('content-type', 'text/plain; charset=utf-8').send(notBuilt)
    return true
  }
}
