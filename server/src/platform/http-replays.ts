// Twins of one request: in one process the second waits for the first, and a refusal is repeated word for word, in any.
// Effects have their record in the database (idempotency.ts); refusals changed nothing and may be forgotten.
import type { ProblemCode } from '@fitflow/contract/problems.ts'
import { problemText } from './http-refusal.ts'
import { replay, type Answer, type Keyed, type StoredAnswer } from './idempotency.ts'
import type { Memories } from './memories.ts'
import { countProblem } from './metrics.ts'
import { Problem } from './problem.ts'

export interface Replays {
  /**
   * The answer to a command: one given before, that of a twin running now, or the work's. A refusal that changed nothing is
   * an answer too; every other one is thrown. Throws `request-in-progress` when a twin takes more than two seconds,
   * `idempotency-key-reused` when the key belongs to another request.
   */
  answer(keyed: Keyed, traceId: string, work: () => Promise<Answer>): Promise<Answer>
}

interface Running {
  fingerprint: string
  waiting: ((answer: Answer | undefined) => void)[]
}

const waitMs = 2000

// Whoever asks again does so within minutes, after a lost connection or an impatient click.
const keepMs = 10 * 60_000

const idOf = ({ userId, key }: Keyed) => `user:{${userId}}:refusal:${key}`

/** Opens the replays of one process; refusals are kept in `memory`, and may be lost. */
export function openReplays(memory: Pick<Memories['atBest'], 'read' | 'write'>): Replays {
  const running = new Map<string, Running>()

  const settle = (id: string, mine: Running, answer: Answer | undefined) => {
    if (running.get(id) === mine) running.delete(id)
    for (const tell of mine.waiting) tell(answer)
  }
  const run = async (keyed: Keyed, traceId: string, work: () => Promise<Answer>) => {
    const id = idOf(keyed)
    const mine: Running = { fingerprint: keyed.fingerprint, waiting: [] }
    running.set(id, mine)
    let answer: Answer | undefined
    try {
      const [refusal] = await memory.read([id])
      answer = refusal ? replay(JSON.parse(refusal) as StoredAnswer, keyed) : await work()
      return answer
    } catch (error) {
      // A rollback with a reason is an answer like another: it is kept, and the twins get it too.
      if (!(error instanceof Problem && isRepeatable(error))) throw error
      countProblem(error.code)
      answer = { status: error.status, body: problemText(error, traceId), replayed: false }
      // Nobody waits for it: a twin that comes sooner is decided anew.
      void memory.write([{ key: id, text: JSON.stringify({ ...keyed, ...answer }), keepMs }])
      return answer
    } finally {
      settle(id, mine, answer)
    }
  }
  return {
    async answer(keyed, traceId, work) {
      const id = idOf(keyed)
      // A first that failed without an answer to repeat lets the next twin in line try.
      for (let first = running.get(id); first; first = running.get(id)) {
        if (first.fingerprint !== keyed.fingerprint) throw keyReused()
        const answer = await theAnswerOf(first)
        if (answer) return { ...answer, replayed: true }
      }
      return run(keyed, traceId, work)
    },
  }
}

const keyReused = () =>
  new Problem('idempotency-key-reused', 'This key was already used for a different request. Send a new key.')

const momentary: ProblemCode[] = ['request-in-progress', 'idempotency-key-reused']

/** What depends on who asks, on the request's shape or on the moment is decided anew each time. */
function isRepeatable({ status, code }: Problem): boolean {
  return status < 500 && ![400, 401, 403, 429].includes(status) && !momentary.includes(code)
}

function theAnswerOf(first: Running): Promise<Answer | undefined> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      first.waiting = first.waiting.filter(one => one !== tell)
      reject(new Problem('request-in-progress', 'The same request is still being worked on. Ask again in a moment.', { retryAfterSeconds: 1 }))
    }, waitMs)
    const tell = (answer: Answer | undefined) => {
      clearTimeout(timer)
      resolve(answer)
    }
    first.waiting.push(tell)
  })
}
