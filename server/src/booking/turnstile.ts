// What every request of a batch passes through: replay of its key, the limit on new holds, its decision; one no never rolls back another.
import { replay, type Answer, type Keyed, type StoredAnswer } from '../platform/idempotency.ts'
import { Problem } from '../platform/problem.ts'

/** What one request of a batch came to: an answer, or the problem to throw to whoever asked. */
export type Verdict = Answer | Problem

export interface Ask {
  keyed: Keyed
  /** Seconds until this member may ask for a new hold again, when they are over their limit; replays pass all the same. */
  limitedForSeconds?: number | undefined
}

/** A decision: `effect` is true when something was written, whose answer must then be kept. */
export interface Decided {
  status: number
  body: unknown
  effect: boolean
}

export interface Turnstile {
  pass(ask: Ask, decide: () => Decided): Verdict
  /** The answers to write beside their effects. */
  readonly fresh: readonly StoredAnswer[]
}

/** Takes the records of the batch's keys as read under the lock; answers given in this batch are replayed too. */
export function openTurnstile(records: readonly StoredAnswer[]): Turnstile {
  const known = new Map(records.map(record => [nameOf(record), record]))
  const fresh: StoredAnswer[] = []

  const answer = (ask: Ask, decide: () => Decided): Answer => {
    const record = known.get(nameOf(ask.keyed))
    if (record) return replay(record, ask.keyed)
    refuseOverLimit(ask)
    const decided = decide()
    const body = JSON.stringify(decided.body)
    if (decided.effect) {
      const kept = { ...ask.keyed, status: decided.status, body }
      known.set(nameOf(kept), kept)
      fresh.push(kept)
    }
    return { status: decided.status, body, replayed: false }
  }
  return {
    fresh,
    pass(ask, decide) {
      try {
        return answer(ask, decide)
      } catch (error) {
        // A batch carries many: this one's no goes back to whoever asked, and the others go on.
        if (error instanceof Problem) return error
        throw error
      }
    },
  }
}

const nameOf = ({ userId, key }: Pick<Keyed, 'userId' | 'key'>) => `${userId} ${key}`

/** Throws `rate-limited` for somebody who has asked for too many new holds. */
export function refuseOverLimit({ limitedForSeconds }: Pick<Ask, 'limitedForSeconds'>): void {
  if (limitedForSeconds === undefined) return
  throw new Problem('rate-limited', 'You have asked for many spots in a short time. Please wait a moment.', {
    retryAfterSeconds: limitedForSeconds,
  })
}
