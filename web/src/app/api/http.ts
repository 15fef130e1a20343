// The only way to the server: typed reads, keyed commands, and every no turned into one shape.
import { signal } from '@angular/core'
import type { ProblemBody, ProblemCode } from '@fitflow/contract/problems.ts'
import { nowMs } from './clock.ts'

/** How often the server has said that nobody is signed in: a session may end elsewhere. */
export const sessionEnded = signal(0)

/** Set when nobody answered; cleared by who has asked again, because a later answer may come from what is kept for offline. */
export const unanswered = signal(false)

/** When the server last answered, by the studio's clock. */
export const answeredMs = signal<number | undefined>(undefined)

/** What the server may refuse with, and the two things that only the client can know. */
export type RefusalCode = ProblemCode | 'offline' | 'sign-in-refused'

export interface Problem {
  code: RefusalCode
  status: number
  title: string
  detail: string
  facts: Record<string, unknown>
  errors: { path: string; message: string }[]
}

/** Thrown by every call that was answered with a no, or not answered at all. */
class Refusal extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.detail || problem.title)
    this.problem = problem
  }
}

const offline: Problem = {
  code: 'offline',
  status: 0,
  title: 'No connection',
  detail: 'The studio cannot be reached right now. Check your connection and try again.',
  facts: {},
  errors: [],
}

export const problemOf = (error: unknown): Problem => (error instanceof Refusal ? error.problem : offline)

/** Reads `path` under the API's base. */
export function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  return call<T>(`/api/v1${path}`, signal ? { signal } : {})
}

export interface Ask {
  method: 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  path: string
  body?: unknown
  /** The version that it was decided on: refused with `precondition-failed` when there is another by now. */
  version?: number
}

/** Sends a command under `key`; the same key again never does the same thing twice. */
export function send<T>(ask: Ask, key: string): Promise<T> {
  const headers: Record<string, string> = { 'Idempotency-Key': key }
  if (ask.body !== undefined) headers['Content-Type'] = 'application/json'
  if (ask.version !== undefined) headers['If-Match'] = `"v${ask.version}"`
  const body = ask.body === undefined ? null : JSON.stringify(ask.body)
  return call<T>(`/api/v1${ask.path}`, { method: ask.method, headers, body })
}

/** Any call of this origin; sign-in speaks its own dialect of no and goes through here too. */
export async function call<T>(url: string, init: RequestInit): Promise<T> {
  const answer = await fetch(url, { credentials: 'same-origin', ...init }).catch((error: unknown) => {
    // An abort is ours and not an outage; everything else that fetch rejects with means nobody answered.
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw outOfReach()
  })
  const text = await answer.text()
  const body: unknown = text === '' ? undefined : parse(text)
  if (answer.status === 401 && url.startsWith('/api/v1/')) sessionEnded.update((times) => times + 1)
  // The service worker answers 504 itself when neither network nor cache has it.
  if (answer.status === 504 && body === undefined) throw outOfReach()
  if (!unanswered()) answeredMs.set(nowMs())
  if (!answer.ok) throw new Refusal(refusalOf(answer.status, body))
  return body as T
}

function outOfReach(): Refusal {
  unanswered.set(true)
  return new Refusal(offline)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // A proxy's HTML page in place of an answer: the status says the rest.
    return undefined
  }
}

function refusalOf(status: number, body: unknown): Problem {
  const known = (typeof body === 'object' && body !== null ? body : {}) as Partial<ProblemBody> & { message?: string }
  return {
    code: known.code ?? 'internal-error',
    status,
    title: known.title ?? 'Something went wrong on our side',
    detail: known.detail ?? known.message ?? '',
    facts: known,
    errors: known.errors ?? [],
  }
}
