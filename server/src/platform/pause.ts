// A wait that can be cut short.

export interface Pause {
  over: Promise<void>
  cut(): void
}

/** Begins a wait of so many milliseconds. */
export function pause(ms: number): Pause {
  const { promise: over, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, ms)
  return {
    over,
    cut() {
      clearTimeout(timer)
      resolve()
    },
  }
}
