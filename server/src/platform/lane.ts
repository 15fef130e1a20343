// A queue whose waiting requests form the next batch while the last one is in flight: who finds nothing in flight waits for no timer.
import { pause } from './pause.ts'
import { Problem } from './problem.ts'

export interface LaneBounds {
  batchMax: number
  queueMax: number
  /** Batches that are not full begin so far apart, for asks that nobody waits for; 0 unless told. */
  apartMs?: number
}

export interface Lane<Ask, Reply> {
  /** Resolves with the reply of the batch that carried it. Throws `overloaded` when the queue is full. */
  submit(ask: Ask): Promise<Reply>
  /** Resolves when nothing is queued or in flight. */
  idle(): Promise<void>
}

interface Waiting<Ask, Reply> {
  ask: Ask
  resolve(reply: Reply): void
  reject(error: unknown): void
}

type Run<Ask, Reply> = (asks: Ask[]) => Promise<Reply[]>

const nothing = () => {}

/**
 * Opens a lane that runs one batch at a time. `run` replies in the order asked.
 * When a batch of several fails by a fault, each runs again alone: only the culprit sees its fault.
 */
export function openLane<Ask, Reply>(run: Run<Ask, Reply>, bounds: LaneBounds): Lane<Ask, Reply> {
  let queue: Waiting<Ask, Reply>[] = []
  let driving: Promise<void> | undefined

  const drive = async () => {
    let reply = nothing
    while (queue.length > 0) {
      const batch = queue.slice(0, bounds.batchMax)
      queue = queue.slice(bounds.batchMax)
      const apart = bounds.apartMs ? pause(bounds.apartMs) : undefined
      // Many replies take a while to write: the next batch is on its way before those of the last.
      const [next] = await Promise.all([together(run, batch), reply === nothing ? undefined : new Promise(setImmediate).then(reply)])
      reply = next
      if (!apart) continue
      reply()
      reply = nothing
      if (queue.length < bounds.batchMax) await apart.over
      apart.cut()
    }
    reply()
    driving = undefined
  }
  return {
    submit(ask) {
      if (queue.length >= bounds.queueMax) throw overloaded()
      return new Promise((resolve, reject) => {
        queue.push({ ask, resolve, reject })
        // Started when this turn's sockets have all been read: what arrives together goes together.
        driving ??= new Promise(setImmediate).then(drive)
      })
    },
    idle: async () => {
      while (driving) await driving
    },
  }
}

/** Runs a batch; answers how to reply to it. */
async function together<Ask, Reply>(run: Run<Ask, Reply>, batch: readonly Waiting<Ask, Reply>[]): Promise<() => void> {
  try {
    const replies = await run(batch.map(waiting => waiting.ask))
    return () => batch.forEach((waiting, at) => waiting.resolve(replies[at] as Reply))
  } catch (error) {
    // Overload would only be made worse by trying each again, and one alone has kept nobody from a reply. Whoever asked is told: the edge logs it.
    if (error instanceof Problem || batch.length === 1) return () => batch.forEach(waiting => waiting.reject(error))
    for (const one of batch) (await together(run, [one]))()
    return nothing
  }
}

const overloaded = () => new Problem('overloaded', 'Too many people are asking at once. Please try again in a moment.', { retryAfterSeconds: 1 })
