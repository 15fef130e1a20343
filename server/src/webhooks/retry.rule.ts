// When a delivery that was not taken is tried again, when it is given up, and when its endpoint is.

/** Seconds between one attempt and the next: a moment first, then hours, a day and a quarter in all. */
export const pauses = [5, 30, 120, 600, 1800, 3600, 7200, 14_400, 28_800, 43_200] as const
export const attemptsMax = pauses.length + 1

/** An endpoint that has taken nothing for so long is paused. */
export const failingDaysMax = 3

/** Milliseconds until the attempt after this one, a fifth more or less by `chance` (0 to 1), so that what failed together does not come back together; null when it was the last. */
export function pauseAfter(attempts: number, chance: number): number | null {
  const seconds = pauses[attempts - 1]
  return seconds === undefined ? null : Math.round(seconds * 1000 * (0.8 + 0.4 * chance))
}

type Verdict = 'delivered' | 'refused' | 'gone'

/** What a status says: any 2xx is a yes, 410 means never again, and everything else, redirects too, is a no for now. */
export function verdictOf(status: number): Verdict {
  if (status >= 200 && status < 300) return 'delivered'
  return status === 410 ? 'gone' : 'refused'
}
