// Work that comes round: a loop that never overlaps itself, can be woken early, and ends when its round is done.
import type { Log } from './log.ts'
import { countRound } from './metrics-of-work.ts'

export interface Loop {
  /** Starts the next round now instead of at its time. */
  wake(): void
  stop(): Promise<void>
}

/** Runs `round` every `everyMs`; a round that says `again` is followed by the next at once. A fault is logged, and the loop goes on. */
export function repeat(name: string, everyMs: number, log: Log, round: () => Promise<'again' | 'later'>): Loop {
  let stopped = false
  let woken = false
  let rouse: () => void = () => {}

  const rest = () =>
    new Promise<void>(resolve => {
      const timer = setTimeout(resolve, woken || stopped ? 0 : everyMs)
      rouse = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  const once = async () => {
    try {
      const next = await round()
      countRound(name, 'done')
      return next
    } catch (error) {
      // A loop outlives what one round met: the next one finds the same work still due.
      log.error(error, `a round of ${name} failed`)
      countRound(name, 'failed')
      return 'later'
    }
  }
  const run = async () => {
    while (!stopped) {
      woken = false
      if ((await once()) === 'later') await rest()
    }
  }
  const running = run()
  return {
    wake() {
      woken = true
      rouse()
    },
    async stop() {
      stopped = true
      rouse()
      await running
    },
  }
}
