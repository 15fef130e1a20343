// From the first signal to the end of the process: what runs is asked to stop, and made to when that takes too long.
import { systemClock } from './platform/clock.ts'
import type { Log } from './platform/log.ts'

/** Something that runs until it is stopped. */
export interface Running {
  stop(): Promise<void>
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
// One Ctrl-C arrives twice under npm: from the terminal, and passed on by npm.
const echoMs = 500
const graceMs = 15_000
const forcedCode = 130

// npm passes SIGTERM on, but SIGKILL ends npm alone: all that is left to see of it is that our parent is another.
const parentPollMs = 200

/** Aborts at the first signal to stop, or when npm, if it started us, is gone. A second one, or fifteen seconds without an end, ends the process at once. */
export function listenForStop(log: Log, { underNpm }: { underNpm: boolean }): AbortSignal {
  const stop = new AbortController()
  let askedAtMs = 0
  const ask = (reason: NodeJS.Signals | 'npm is gone') => {
    if (!stop.signal.aborted) {
      askedAtMs = systemClock.monotonicMs()
      log.info({ reason }, 'stopping')
      setTimeout(() => process.exit(forcedCode), graceMs).unref()
      stop.abort()
      return
    }
    // The watchdog beside the embedded PostgreSQL still stops it in order.
    if (systemClock.monotonicMs() - askedAtMs > echoMs) process.exit(forcedCode)
  }
  for (const signal of signals) process.on(signal, ask)
  const parent = process.ppid
  if (underNpm) setInterval(() => process.ppid !== parent && !stop.signal.aborted && ask('npm is gone'), parentPollMs).unref()
  return stop.signal
}

/** Resolves once `stop` is aborted. */
export function stopped(stop: AbortSignal): Promise<void> {
  if (stop.aborted) return Promise.resolve()
  return new Promise(resolve => stop.addEventListener('abort', () => resolve(), { once: true }))
}
