// A value that follows another one once that has rested for a while: so that not every letter is asked about.
import { effect, signal, untracked, type Signal } from '@angular/core'

/** Follows `of`; begins with what it is at first. */
export function settled<T>(of: Signal<T>, restMs: number): Signal<T> {
  const rested = signal(untracked(of))
  effect((onCleanup) => {
    const now = of()
    const timer = setTimeout(() => rested.set(now), restMs)
    onCleanup(() => clearTimeout(timer))
  })
  return rested.asReadonly()
}
