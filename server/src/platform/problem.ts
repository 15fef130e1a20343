// The expected no: a code out of the closed list, a sentence for a person, and the facts that belong to the code.
import { problems, type ProblemCode } from '@fitflow/contract/problems.ts'

/** Whatever belongs to the code, under names of its own: those of RFC 9457 say something else. */
export type Facts = Readonly<Record<string, unknown> & { [name in 'type' | 'title' | 'status' | 'code' | 'detail' | 'traceId']?: never }>

/**
 * Thrown where a use case says no; inside a transaction that is the rollback. The HTTP edge answers it as problem+json.
 * A fact `retryAfterSeconds` (whole seconds) also becomes the header `Retry-After`.
 */
export class Problem extends Error {
  readonly code: ProblemCode
  readonly status: number
  readonly detail: string
  readonly facts: Facts

  constructor(code: ProblemCode, detail: string, facts: Facts = {}) {
    // A refusal is no bug and nobody reads its stack, yet taking one costs more than deciding it.
    const { stackTraceLimit } = Error
    Error.stackTraceLimit = 0
    super(detail)
    Error.stackTraceLimit = stackTraceLimit
    this.name = 'Problem'
    this.code = code
    this.status = problems[code].status
    this.detail = detail
    this.facts = facts
  }

  get retryAfterSeconds(): number | undefined {
    const seconds = this.facts['retryAfterSeconds']
    return typeof seconds === 'number' ? seconds : undefined
  }
}
