// Who may come in: the credential, the rank, the origin and the key of a request, asked before its body is read.
import type { IncomingHttpHeaders } from 'node:http'
import type { Role } from '@fitflow/contract/identity.ts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Clock } from './clock.ts'
import type { Principal, Route } from './http.ts'
import { Problem } from './problem.ts'

/** What a request shows of its sender. `token` is empty when what it shows cannot be one. */
export interface Credential {
  token: string
  source: 'cookie' | 'header'
}

/** Who knows which token belongs to whom; the module identity stands behind it. */
export interface Gate {
  credential(headers: IncomingHttpHeaders): Credential | null
  /** Without asking anybody; undefined when only a look-up can tell. */
  recall(token: string): Principal | undefined
  lookUp(token: string): Promise<Principal | null>
}

export interface GateOptions {
  gate: Gate
  clock: Clock
  /** Origins whose pages may send commands with a cookie. */
  origins: readonly string[]
}

declare module 'fastify' {
  interface FastifyRequest {
    principal: Principal | null
    startedMs: number
  }
}

type Hook = (request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void) => void

/** The hook that lets a route's requests in. With a remembered token it never leaves the current turn. */
export function admit(route: Route, { gate, clock, origins }: GateOptions): Hook {
  const isCommand = route.method !== 'GET'
  const needsKey = isCommand && !('form' in route)
  // What staff change is decided on what is true now, not on what was true up to a minute ago.
  const mustReread = isCommand && rank(route.access) >= rank('trainer')

  const check = (request: FastifyRequest, credential: Credential | null): Problem | undefined => {
    const { principal, headers } = request
    if (!principal && (route.access !== 'anyone' || credential?.source === 'header')) return unauthenticated()
    if (isCommand && credential?.source === 'cookie' && !origins.includes(headers.origin ?? '')) return foreignOrigin()
    if (principal && rank(principal.role) < rank(route.access)) return beyondRank(route.access)
    if (isCommand && principal?.scope === 'read') return readOnlyKey()
    return needsKey && !isKey(headers['idempotency-key']) ? keyRequired() : undefined
  }
  return (request, _reply, done) => {
    request.startedMs = clock.monotonicMs()
    const credential = gate.credential(request.headers)
    if (credential === null || credential.token === '') return done(check(request, credential))

    const known = mustReread ? undefined : gate.recall(credential.token)
    if (known) {
      request.principal = known
      return done(check(request, credential))
    }
    gate.lookUp(credential.token).then(found => {
      request.principal = found
      done(check(request, credential))
    }, done)
  }
}

const ranks: Record<Role | 'anyone', number> = { anyone: -1, client: 0, trainer: 1, admin: 2 }
const rank = (access: Role | 'anyone') => ranks[access]

// A UUID is 36 of these.
const keyForm = /^[\x20-\x7e]{16,64}$/

function isKey(header: string | string[] | undefined): boolean {
  return typeof header === 'string' && keyForm.test(header)
}

// Probes come from inside the house and tell nothing.
const health = new Set(['/healthz', '/readyz', '/metrics'])

/** The hook that refuses what came neither encrypted nor from this machine itself. */
export const refusePlainHttp: Hook = (request, _reply, done) => {
  const safe = request.protocol === 'https' || isLocal(request) || health.has(request.url)
  done(safe ? undefined : new Problem('forbidden', 'Use https.', { reason: 'transport' }))
}

/** Whether it was sent from this machine itself. A proxy on this machine is no proof: it says for whom it asks. */
export function isLocal(request: FastifyRequest): boolean {
  const { headers, socket } = request
  if (headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined) return false
  const address = socket.remoteAddress ?? ''
  return address === '::1' || address.startsWith('127.') || address.startsWith('::ffff:127.')
}

const unauthenticated = () => new Problem('unauthenticated', 'Sign in to do this.')
export const foreignOrigin = () =>
  new Problem('forbidden', 'This request did not come from one of our own pages.', { reason: 'origin' })
const beyondRank = (needed: string) => new Problem('forbidden', `This takes the role ${needed}.`, { reason: 'role', needed })
const readOnlyKey = () => new Problem('forbidden', 'This API key may only read.', { reason: 'scope', needed: 'write' })
const keyRequired = () =>
  new Problem('idempotency-key-required', 'Send an Idempotency-Key: a UUID, or 16 to 64 printable characters.')
