// The one place of the app that reads time: a signal that beats each second, corrected by the studio's own clock.
import { computed, signal } from '@angular/core'

const beatMs = signal(Date.now())
const aheadMs = signal(0)

setInterval(() => beatMs.set(Date.now()), 1000)
// A phone that slept fires no timers: the first thing it sees on waking must be the true time.
globalThis.document?.addEventListener('visibilitychange', () => beatMs.set(Date.now()))

/** Now in epoch milliseconds by the studio's clock, moving once a second. */
export const nowMs = computed(() => beatMs() + aheadMs())

/** The same, moving once a minute: for what need not redraw each second. */
export const minuteMs = computed(() => Math.floor(nowMs() / 60_000) * 60_000)

/** This device's clock, to measure how long an answer took. */
export const deviceMs = (): number => Date.now()

/** Sets the correction from the studio's `now`, read between two instants of this device. */
export function correctClock(serverNow: string, askedMs: number, answeredMs: number): void {
  const ahead = Date.parse(serverNow) - (askedMs + answeredMs) / 2
  // Under two seconds it is the network's noise, and moving the clock for it would make countdowns jump.
  aheadMs.set(Math.abs(ahead) < 2000 ? 0 : ahead)
}
