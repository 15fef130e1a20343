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

/**
 * Opens a lane that runs one batch at a time. `run` replies in the order asked.
 * When a batch of several fails by a fault, each runs again alone: only the culprit sees its fault.
 */
export function openLane<Ask, Reply>(run: (asks: Ask[]) => Promise<Reply[]>, bounds: LaneBounds): Lane<Ask, Reply> {
  let queue: Waiting<Ask, Reply>[] = []
  let driving: Promise<void> | undefined

  const alone = async (one: Waiting<Ask, Reply>) => {
    try {
      const [reply] = await run([one.ask])
      one.resolve(reply as Reply)
    } catch (error) {
      // Handed to whoever asked: the edge logs and answers it.
      one.reject(error)
    }
  }
  const together = async (batch: Waiting<Ask, Reply>[]) => {
    try {
      const replies = await run(batch.map(waiting => waiting.ask))
      batch.forEach((waiting, at) => waiting.resolve(replies[at] as Reply))
    } catch (error) {
      // Overload would only be made worse by trying each again.
      if (error instanceof Problem) return batch.forEach(waiting => waiting.reject(error))
      for (const waiting of batch) await alone(waiting)
    }
  }
  const drive = async () => {
    while (queue.length > 0) {
      const apart = bounds.apartMs ? pause(bounds.apartMs) : undefined
      const batch = queue.slice(0, bounds.batchMax)
      queue = queue.slice(bounds.batchMax)
      await (batch.length === 1 ? alone(batch[0] as Waiting<Ask, Reply>) : together(batch))
      if (queue.length < bounds.batchMax) await apart?.over
      else apart?.cut()
    }
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

const overloaded = () => new Problem('overloaded', 'Too many people are asking at once. Please try again in a moment.', { retryAfterSeconds: 1 })
