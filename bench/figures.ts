// Figures out of many measurements: percentiles of one run, medians and spreads of several.

export interface Times {
  p50Ms: number
  p95Ms: number
  p99Ms: number
  maxMs: number
}

/** Percentiles by nearest rank. */
export function timesOf(times: readonly number[]): Times {
  const sorted = Float64Array.from(times).sort()
  const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0
  return { p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99), maxMs: at(1) }
}

export interface Spread {
  median: number
  least: number
  most: number
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  const median = sorted.length % 2 === 0 ? ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2 : (sorted[Math.floor(middle)] ?? 0)
  return { median, least: sorted[0] ?? 0, most: sorted.at(-1) ?? 0 }
}
