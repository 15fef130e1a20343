// How often somebody may do something: windows of one minute, counted here and told to the other processes where a memory is shared.
import { openCache } from './cache.ts'
import type { Clock } from './clock.ts'
import { Away, type Memory } from './memory.ts'

/** Where a count stands against its limit. */
export interface Allowance {
  limit: number
  remaining: number
  exceeded: boolean
  /** Whole seconds until the window ends. */
  resetSeconds: number
}

/** Counts by key, in windows that begin with their first event. Synchronous: it stands on the hot path, and hears of other processes a moment later. */
export interface Limiter {
  /** Counts one event, also past the limit. */
  count(key: string): Allowance
  /** Takes one event back, when it turned out not to be one that counts. */
  refund(key: string): void
}

/** The same, but no two events anywhere get the same number. */
export interface ExactLimiter {
  count(key: string): Promise<Allowance>
  refund(key: string): void
}

/** What a limiter's keys are called where processes share them. */
export interface Sharing {
  memory: Pick<Memory, 'count'>
  nameOf(key: string): string
}

interface Window {
  count: number
  endsAtMs: number
  /** Counted here and not told yet. */
  untold: number
}

const windowMs = 60_000

// Past this many the least recently seen are forgotten: an attacker with many keys costs no more memory than this.
const keysMax = 200_000

// Others hear this late of what happens here, and not of less than a hundredth of the limit: whoever stays far below it costs nothing.
const tellMs = 200
const toldShare = 100

/** Opens a limiter; `limit` is asked each time, so that a changed setting applies at once. */
export function openLimiter(clock: Clock, limit: () => number, sharing?: Sharing): Limiter {
  const windows = openCache<Window>({ entriesMax: keysMax })
  const current = (key: string): Window | undefined => {
    const window = windows.get(key)
    return window && window.endsAtMs > clock.monotonicMs() ? window : undefined
  }
  const tellSoon = sharing ? openTelling(clock, sharing, current) : () => undefined

  const change = (key: string, window: Window, by: number) => {
    window.count = Math.max(0, window.count + by)
    window.untold += by
    if (Math.abs(window.untold) * toldShare >= limit()) tellSoon(key)
  }
  return {
    count(key) {
      const nowMs = clock.monotonicMs()
      let window = current(key)
      if (!window) windows.set(key, (window = { count: 0, endsAtMs: nowMs + windowMs, untold: 0 }))
      change(key, window, 1)
      return allowance(window.count, limit(), window.endsAtMs - nowMs)
    },
    refund(key) {
      const window = current(key)
      if (window && window.count > 0) change(key, window, -1)
    },
  }
}

/** Tells the common memory what was counted here, a moment after it is asked to, and takes over what it knows. */
function openTelling(clock: Clock, { memory, nameOf }: Sharing, current: (key: string) => Window | undefined): (key: string) => void {
  const keys = new Set<string>()
  let timer: NodeJS.Timeout | undefined

  const tell = async () => {
    timer = undefined
    const told = [...keys].flatMap(key => {
      const window = current(key)
      return window ? [{ key, window, by: window.untold }] : []
    })
    keys.clear()
    for (const { window, by } of told) window.untold -= by
    try {
      const counts = await memory.count(told.map(({ key, by }) => ({ key: nameOf(key), by, windowMs })))
      const nowMs = clock.monotonicMs()
      counts.forEach(({ count, leftMs }, at) => Object.assign(told[at]!.window, { count: count + told[at]!.window.untold, endsAtMs: nowMs + leftMs }))
    } catch (error) {
      // Then it counts here alone, and is told with what comes next.
      if (!(error instanceof Away)) throw error
      for (const { window, by } of told) window.untold += by
    }
  }
  return key => {
    keys.add(key)
    timer ??= setTimeout(() => void tell(), tellMs).unref()
  }
}

/** Opens a limiter that asks the memory for each number. */
export function openExactLimiter({ memory, nameOf }: Sharing, limit: () => number): ExactLimiter {
  const add = async (key: string, by: number) => (await memory.count([{ key: nameOf(key), by, windowMs }]))[0]!
  return {
    async count(key) {
      const { count, leftMs } = await add(key, 1)
      return allowance(count, limit(), leftMs)
    },
    refund: key => void add(key, -1),
  }
}

function allowance(count: number, limit: number, leftMs: number): Allowance {
  return {
    limit,
    remaining: Math.max(0, limit - count),
    exceeded: count > limit,
    // Rounded first: a whole minute may come out of the clock's fractions a hair longer.
    resetSeconds: Math.max(1, Math.ceil(Math.round(leftMs) / 1000)),
  }
}

/** What an address counts as: an IPv6 customer owns a whole /64. */
export function addressKey(ip: string): string {
  if (!ip.includes(':') || ip.startsWith('::ffff:')) return ip
  const [before = '', after] = ip.split('::')
  const head = before === '' ? [] : before.split(':')
  const tail = after ? after.split(':') : []
  const zeros = after === undefined ? 0 : 8 - head.length - tail.length
  const groups = [...head, ...Array<string>(zeros).fill('0'), ...tail]
  return `${groups.slice(0, 4).join(':')}::/64`
}
