// What a process may remember and may forget at any moment: bounded, least recently used first out.
import { LRUCache } from 'lru-cache'

export interface Cache<V> {
  get(key: string): V | undefined
  set(key: string, value: V): void
  delete(key: string): void
  clear(): void
  readonly size: number
}

interface Bounds<V> {
  entriesMax: number
  /** Told of each entry that left, whether pushed out, deleted or replaced. */
  left?: (value: V, key: string) => void
}

/** Opens a cache of this process. Redis can stand behind the same interface where processes should share. */
export function openCache<V extends {}>({ entriesMax, left }: Bounds<V>): Cache<V> {
  const entries = new LRUCache<string, V>({ max: entriesMax, ...(left ? { dispose: left } : {}) })
  return {
    get: key => entries.get(key),
    set: (key, value) => void entries.set(key, value),
    delete: key => void entries.delete(key),
    clear: () => entries.clear(),
    get size() {
      return entries.size
    },
  }
}
