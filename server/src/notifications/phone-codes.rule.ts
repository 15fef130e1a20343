// How many codes may be sent, how long one holds, and how often one may be tried.

export const codeMinutes = 10
export const codeTriesMax = 5

interface Limit {
  seconds: number
  max: number
}

/** An SMS costs the studio money, and a stranger's telephone its peace. */
const perPerson: readonly Limit[] = [
  { seconds: 30, max: 1 },
  { seconds: 3600, max: 3 },
  { seconds: 86_400, max: 8 },
]
const perNumber: readonly Limit[] = [{ seconds: 86_400, max: 5 }]

/** What was sent in the last day. */
export interface SentCodes {
  byPerson: readonly Temporal.Instant[]
  toNumber: readonly Temporal.Instant[]
}

/** Seconds until another code may be sent; 0 where it may be now. */
export function secondsUntilNextCode({ byPerson, toNumber }: SentCodes, now: Temporal.Instant): number {
  return Math.max(waitFor(byPerson, perPerson, now), waitFor(toNumber, perNumber, now))
}

function waitFor(sent: readonly Temporal.Instant[], limits: readonly Limit[], now: Temporal.Instant): number {
  const waits = limits.map(({ seconds, max }) => {
    const ages = sent.map(at => now.since(at).total('seconds')).filter(age => age < seconds)
    if (ages.length < max) return 0
    // Once so many are too old, fewer than the limit are left.
    const [oldest = 0] = ages.toSorted((a, b) => a - b).slice(max - 1)
    return Math.ceil(seconds - oldest)
  })
  return Math.max(0, ...waits)
}
