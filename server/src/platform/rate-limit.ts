// How often somebody may do something: windows of one minute, counted in this process. Redis can stand behind it later.
import { openCache } from './cache.ts'
import type { Clock } from './clock.ts'

/** Where a count stands against its limit. */
export interface Allowance {
  limit: number
  remaining: number
  exceeded: boolean
  /** Whole seconds until the window ends. */
  resetSeconds: number
}

/** Counts by key, in windows that begin with their first event. Synchronous: it stands on the hot path. */
export interface Limiter {
  /** How it stands, without counting. */
  look(key: string): Allowance
  /** Counts one event, also past the limit. */
  count(key: string): Allowance
  /** Takes one event back, when it turned out not to be one that counts. */
  refund(key: string): void
}

interface Window {
  count: number
  endsAtMs: number
}

const windowMs = 60_000

// Past this many the least recently seen are forgotten: an attacker with many keys costs no more memory than this.
const keysMax = 200_000

/** Opens a limiter; `limit` is asked each time, so that a changed setting applies at once. */
export function openLimiter(clock: Clock, limit: () => number): Limiter {
  const windows = openCache<Window>({ entriesMax: keysMax })

  const current = (key: string, nowMs: number): Window | undefined => {
    const window = windows.get(key)
    return window && window.endsAtMs > nowMs ? window : undefined
  }
  const allowance = (count: number, limitNow: number, leftMs: number): Allowance => ({
    limit: limitNow,
    remaining: Math.max(0, limitNow - count),
    exceeded: count > limitNow,
    // Rounded first: a whole minute may come out of the clock's fractions a hair longer.
    resetSeconds: Math.max(1, Math.ceil(Math.round(leftMs) / 1000)),
  })
  return {
    look(key) {
      const nowMs = clock.monotonicMs()
      const window = current(key, nowMs)
      return allowance((window?.count ?? 0) + 1, limit(), (window?.endsAtMs ?? nowMs + windowMs) - nowMs)
    },
    count(key) {
      const nowMs = clock.monotonicMs()
      let window = current(key, nowMs)
      if (!window) windows.set(key, (window = { count: 0, endsAtMs: nowMs + windowMs }))
      window.count++
      return allowance(window.count, limit(), window.endsAtMs - nowMs)
    },
    refund(key) {
      const window = current(key, clock.monotonicMs())
      if (window && window.count > 0) window.count--
    },
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
