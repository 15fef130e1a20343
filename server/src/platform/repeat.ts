// Work that comes round: a loop that never overlaps itself, can be woken early, and ends when its round is done.
import type { Log } from './log.ts'
import { countRound } from './metrics-of-work.ts'
import { pause } from './pause.ts'

export interface Loop {
  /** Starts the next round now instead of at its time. */
  wake(): void
  stop(): Promise<void>
}

interface Pace {
  everyMs: number
  /** Rounds begin so far apart however often the loop is woken, so that each finds more to do; one that rested begins at once. */
  apartMs?: number
}

/** Runs `round` every `everyMs`; a round that says `again` is followed by the next at once. A fault is logged, and the loop goes on. */
export function repeat(name: string, { everyMs, apartMs = 0 }: Pace, log: Log, round: () => Promise<'again' | 'later'>): Loop {
  let stopped = false
  let woken = false
  let rest = pause(0)
  let apart = pause(0)

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
      apart = pause(apartMs)
      if ((await once()) === 'later') {
        rest = pause(woken || stopped ? 0 : everyMs)
        await rest.over
        await apart.over
      }
      apart.cut()
    }
  }
  const running = run()
  return {
    wake() {
      woken = true
      rest.cut()
    },
    async stop() {
      stopped = true
      rest.cut()
      apart.cut()
      await running
    },
  }
}
