// How a no, expected or not, looks on the wire: RFC 9457 problem+json, and nothing of the inside.
import { problems, type ProblemBody, type ProblemCode } from '@fitflow/contract/problems.ts'
import { Problem } from './problem.ts'

export const problemType = 'application/problem+json; charset=utf-8'

/** Where each code is explained. */
export const problemsPath = '/api/problems'

// One problem may answer a whole rush: all but the trace is written once.
const texts = new WeakMap<Problem, string>()

/** The body of a problem as JSON text. */
export function problemText(problem: Problem, traceId: string): string {
  let text = texts.get(problem)
  if (text === undefined) texts.set(problem, (text = untracedText(problem)))
  // A trace is hexadecimal digits: nothing in it needs escaping.
  return `${text},"traceId":"${traceId}"}`
}

function untracedText(problem: Problem): string {
  const body: Omit<ProblemBody, 'traceId'> = {
    type: `${problemsPath}#${problem.code}`,
    title: problems[problem.code].title,
    code: problem.code,
    detail: problem.detail,
    ...problem.facts,
    status: problem.status,
  }
  return JSON.stringify(body).slice(0, -1)
}

/** Whatever was thrown, as the problem to answer; `fault` when it is a bug or an outage that belongs in the log. */
export function problemOf(error: unknown): { problem: Problem; fault: boolean } {
  if (error instanceof Problem) return { problem: error, fault: false }
  const { code, statusCode } = error as { code?: unknown; statusCode?: unknown }
  const known = typeof code === 'string' ? (ofFastify(code) ?? ofDatabase(code)) : undefined
  if (known) return { problem: known, fault: known.status >= 500 }
  if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500) {
    const errors = [{ path: '', message: 'could not be read' }]
    return { problem: new Problem('invalid-request', 'The request could not be read.', { errors }), fault: false }
  }
  return { problem: new Problem('internal-error', 'Something went wrong on our side. It has been noted.'), fault: true }
}

const byFastifyCode: Record<string, [code: ProblemCode, detail: string, path?: string]> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ['body-too-large', 'The request body is larger than 256 kB.'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['unsupported-media-type', 'Send the body as application/json.'],
  FST_ERR_CTP_INVALID_JSON_BODY: ['invalid-request', 'The body is not valid JSON.', 'body'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['invalid-request', 'The body is shorter or longer than announced.', 'body'],
  FST_ERR_BAD_URL: ['invalid-request', 'The address is not well-formed.', 'path'],
}

function ofFastify(code: string): Problem | undefined {
  const known = byFastifyCode[code]
  if (!known) return undefined
  const [problem, detail, path] = known
  return new Problem(problem, detail, path === undefined ? {} : { errors: [{ path, message: detail }] })
}

const outOfReach = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_DESTROYED',
  'CONNECTION_ENDED',
  'CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
])

// Too long a wait for a lock or an answer (55P03, 57014), no connection or no room (08, 53), a server going down or coming up (57P).
const sqlStates = /^(55P03|57014|57P0\d|08\w{3}|53\w{3}|40001|40P01)$/

/** An outage of the database passes: the asker may come again. */
function ofDatabase(code: string): Problem | undefined {
  if (!outOfReach.has(code) && !sqlStates.test(code)) return undefined
  return new Problem('overloaded', 'Too busy right now. Please try again in a moment.', { retryAfterSeconds: 1 })
}
