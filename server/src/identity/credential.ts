// What a request shows of its sender: a bearer token or, without one, the session cookie.
import type { IncomingHttpHeaders } from 'node:http'
import type { Credential } from '../platform/http-gate.ts'

// Behind https the browser is told to send it there only, and the name says so.
const cookie = /(?:^|;\s*)(?:__Secure-)?fitflow\.session_token=([^;]*)/
const bearer = /^bearer +([\x21-\x7e]{1,512})$/i

/**
 * The token of a request; with `Authorization` the cookie is ignored. A session's token comes signed (`token.signature`) or
 * bare: the signature is cut off, because a token is 32 random characters that only the database can confirm.
 */
export function credentialOf(headers: IncomingHttpHeaders): Credential | null {
  if (headers.authorization !== undefined) {
    return { token: bare(bearer.exec(headers.authorization)?.[1] ?? ''), source: 'header' }
  }
  const token = headers.cookie === undefined ? undefined : cookie.exec(headers.cookie)?.[1]
  return token ? { token: bare(token), source: 'cookie' } : null
}

function bare(token: string): string {
  const end = token.indexOf('.')
  return end < 0 ? token : token.slice(0, end)
}
