// Conditional requests: an answer's ETag, whether the asker has it already, and whether an edit was made on what is there now.
import { crc32 } from 'node:zlib'
import type { IncomingHttpHeaders } from 'node:http'
import { Problem } from './problem.ts'

/**
 * The weak ETag of a body, led by the version of the row behind it where there is one.
 * Length and CRC-32 tell two states of one address apart; a cryptographic digest would cost more than making the answer.
 */
export function etagOf(body: Buffer, version?: number): string {
  const sum = `${body.length.toString(36)}-${crc32(body).toString(36)}`
  return version === undefined ? `W/"${sum}"` : `W/"v${version}-${sum}"`
}

/** Whether `If-None-Match` names this ETag: weak comparison, a list, or `*`. */
export function matches(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false
  if (header === '*') return true
  const opaque = (tag: string) => tag.trim().replace(/^W\//, '')
  return header.split(',').some(tag => opaque(tag) === opaque(etag))
}

/**
 * Compares `If-Match`, when sent, with the row's version under its lock. Throws `precondition-failed` when the edit was
 * made on something older.
 */
export function expectVersion(headers: IncomingHttpHeaders, version: number): void {
  const header = headers['if-match']
  if (header === undefined || header.trim() === '*') return
  const versions = Array.from(header.matchAll(/"v(\d+)(?:-[^"]*)?"/g), match => Number(match[1]))
  if (versions.includes(version)) return
  throw stale({ version })
}

/** The same for what has no version: by the ETag that reading it has. `body` is what the read answers, under the row's lock. */
export function expectBody(headers: IncomingHttpHeaders, body: unknown): void {
  const header = headers['if-match']
  if (header === undefined || matches(header, etagOf(Buffer.from(JSON.stringify(body))))) return
  throw stale()
}

/** The same for what is only read in lists, and so has no ETag that could be brought back: nothing but `*` matches it. */
export function expectNoVersion(headers: IncomingHttpHeaders): void {
  const header = headers['if-match']
  if (header !== undefined && header.trim() !== '*') throw stale()
}

function stale(facts: Record<string, unknown> = {}): Problem {
  return new Problem('precondition-failed', 'Somebody changed this since you read it. Read it again and repeat your change.', facts)
}
