// The door to the sign-in library: what comes in is checked and counted, what it refuses goes out as one of our problems.
import type { Edge, Visit } from '../platform/http.ts'
import { tooMany } from '../platform/http-routes.ts'
import { Problem } from '../platform/problem.ts'
import { malformed, storable } from '../platform/shape.ts'
import { addressHeader, authPath, type Auth } from './auth.ts'
import { credentialOf } from './credential.ts'
import type { Principals } from './principals.ts'
import type { Attempt, SignInThrottle } from './sign-in-throttle.ts'

export interface AuthDoor {
  auth: Pick<Auth, 'handle'>
  publicUrl: string
  principals: Principals
  throttle: SignInThrottle
}

type Json = Record<string, unknown>

/** What of the library is let out; the rest is not there. */
const open = [
  '/sign-up/email',
  '/sign-in/email',
  '/sign-in/magic-link',
  '/magic-link/verify',
  '/sign-out',
  '/get-session',
  '/request-password-reset',
  '/reset-password',
  '/change-password',
  '/send-verification-email',
  '/verify-email',
  '/update-user',
  '/list-sessions',
  '/revoke-session',
  '/revoke-sessions',
  '/revoke-other-sessions',
]

/** The library does these on a bare GET; here they take a POST with the token, which no scanner of mails sends. */
const byToken = ['/magic-link/verify', '/verify-email']

/** Each names an account, and would let somebody guess at it, learn of it, or fill its owner's mailbox. */
const counted = ['/sign-in/email', '/sign-up/email', '/request-password-reset', '/sign-in/magic-link', '/send-verification-email']

/** Lets the library answer below `/api/auth`. */
export function mountAuth(edge: Edge, door: AuthDoor): void {
  edge.mount(authPath, async visit => {
    const path = visit.path.slice(authPath.length)
    const ofLink = byToken.includes(path)
    if (!open.includes(path) || (ofLink && visit.method !== 'POST')) throw new Problem('not-found', 'There is nothing at this address.')
    const body = readBody(visit, path)
    const attempt = counted.includes(path) ? door.throttle.attempt(path, accountOf(body), visit.ip) : null
    if (attempt?.refused) throw tooMany(attempt.refused)
    const response = await door.auth.handle(ofLink ? requestOf(asLink(visit, body), null, door.publicUrl) : requestOf(visit, body, door.publicUrl))
    settle(attempt, path, response)
    const credential = credentialOf(visit.headers)
    // Whatever it did, this process asks anew who that token belongs to.
    if (credential && visit.method === 'POST') door.principals.forgetToken(credential.token)
    if (ofLink && response.status !== 200) throw await refusalOfLink(response)
    if (response.status >= 400) throw await refusalOf(response)
    return response
  })
}

function readBody({ body }: Visit, path: string): Json | null {
  if (body === '') return null
  const read: unknown = JSON.parse(body)
  const isObject = typeof read === 'object' && read !== null && !Array.isArray(read)
  if (!isObject || !storable(read)) throw malformed([{ path: 'body', message: 'must be an object of proper text' }])
  // Whoever knew the old password is signed out with it.
  return path === '/change-password' ? { ...read, revokeOtherSessions: true } : { ...read }
}

function accountOf(body: Json | null): string {
  const email = body?.['email']
  return typeof email === 'string' ? email : ''
}

function requestOf({ method, path, query, headers, ip }: Visit, body: Json | null, publicUrl: string): Request {
  const forwarded = new Headers()
  for (const [name, value] of Object.entries(headers)) {
    // With a token the cookie is ignored, here as everywhere.
    const ignored = name === 'cookie' && headers.authorization !== undefined
    if (typeof value === 'string' && !ignored) forwarded.set(name, value)
  }
  forwarded.delete('content-length')
  forwarded.set(addressHeader, ip)
  return new Request(publicUrl + path + query, { method, headers: forwarded, ...(body ? { body: JSON.stringify(body) } : {}) })
}

/** As the library takes it; without an address to go on to, it answers in place of leading there. */
function asLink(visit: Visit, body: Json | null): Visit {
  const token = body?.['token']
  if (typeof token !== 'string') throw malformed([{ path: 'body/token', message: 'must be the token of a link' }])
  return { ...visit, method: 'GET', query: `?${new URLSearchParams({ token }).toString()}` }
}

/** A sign-in counts when it failed; the others count each time, because their answers tell nothing. */
function settle(attempt: Attempt | null, path: string, { status }: Response): void {
  const failed = path === '/sign-in/email' ? status === 401 : status >= 400 || path !== '/sign-up/email'
  if (!failed) attempt?.succeeded()
}

async function refusalOf(response: Response): Promise<Error> {
  const { code, message } = await wordsOf(response)
  const detail = message ?? 'There is nothing here that does this.'
  if (code?.startsWith('USER_ALREADY_EXISTS')) return new Problem('email-taken', 'There is already an account with this address.')
  switch (response.status) {
    case 401:
      return new Problem('unauthenticated', detail, { reason: code })
    case 403:
      return new Problem('forbidden', detail, { reason: code })
    case 404:
      return new Problem('not-found', detail)
    default:
      if (response.status >= 500) return new Error(`better-auth answered ${response.status}: ${code ?? detail}`)
      return malformed([{ path: fieldOf(code ?? '', detail), message: detail }])
  }
}

const nobody = ['new_user_signup_disabled', 'user_not_found']

/** Some links are refused by leading away with the reason. */
async function refusalOfLink(response: Response): Promise<Error> {
  const away = response.headers.get('location')
  if (away === null && ![400, 401].includes(response.status)) return refusalOf(response)
  const code = away === null ? (await wordsOf(response)).code : new URL(away).searchParams.get('error')
  if (nobody.includes(String(code).toLowerCase())) return new Problem('forbidden', 'There is no account with this address.', { reason: 'no-account' })
  return malformed([{ path: 'body/token', message: 'This link has been used or is too old.' }])
}

const fields = ['password', 'email', 'token', 'name']

/** The library names a field in its message (`[body.email] …`) or in its code (`PASSWORD_TOO_SHORT`). */
function fieldOf(code: string, message: string): string {
  const named = /^\[body\.(\w+)\]/.exec(message)?.[1]
  const field = named ?? fields.find(name => code.toLowerCase().includes(name))
  return field === undefined ? 'body' : `body/${field}`
}

async function wordsOf(response: Response): Promise<{ code?: string; message?: string }> {
  const text = await response.text()
  return text.startsWith('{') ? (JSON.parse(text) as { code?: string; message?: string }) : {}
}
