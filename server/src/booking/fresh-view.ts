// A read that many askers share: kept for a second at most, read anew after a hint of change, one reader at a time.
import { openCache } from '../platform/cache.ts'
import type { Clock } from '../platform/clock.ts'

export interface FreshView<Value> {
  /** The same object as long as a new read gave the same: whoever rendered it may keep the rendering. */
  get(name: string): Promise<Value> | Value
  /** What is kept under this name may have changed. */
  expire(name: string): void
  expireAll(): void
}

interface Bounds<Value> {
  clock: Clock
  entriesMax: number
  /** Hints within this long of a read wait for it to pass: a drop changes a class a hundred times a second. */
  readEveryMs: number
  read(name: string): Promise<Value>
  isSame(a: Value, b: Value): boolean
}

interface Kept<Value> {
  value: Promise<Value> | Value
  readMs: number
  stale: boolean
}

// A change in another process is told at once; should that be lost, this long is how far behind we may be.
const keptMs = 1000

/** Opens a view by name; `read` is asked again after a second, or sooner after a hint. */
export function openFreshView<Value extends object>(bounds: Bounds<Value>): FreshView<Value> {
  const kept = openCache<Kept<Value>>({ entriesMax: bounds.entriesMax })

  // Kept while it is read, so that a hint that comes meanwhile marks it, and others wait for the same read.
  const readAnew = (name: string, before: Kept<Value> | undefined, nowMs: number): Promise<Value> => {
    const value = bounds.read(name).then(fresh => {
      const old = before?.value
      entry.value = old && !(old instanceof Promise) && bounds.isSame(old, fresh) ? old : fresh
      return entry.value
    })
    const entry: Kept<Value> = { value, readMs: nowMs, stale: false }
    kept.set(name, entry)
    // What could not be read is asked for anew by the next; whoever waits for this read hears why.
    value.catch(() => kept.delete(name))
    return value
  }
  return {
    get(name) {
      const known = kept.get(name)
      const nowMs = bounds.clock.monotonicMs()
      const ageMs = known ? nowMs - known.readMs : Infinity
      const isFresh = known && ageMs < (known.stale ? bounds.readEveryMs : keptMs)
      return isFresh ? known.value : readAnew(name, known, nowMs)
    },
    expire(name) {
      const known = kept.get(name)
      if (known) known.stale = true
    },
    expireAll: () => kept.clear(),
  }
}
