// How long a message waits after it could not be sent, and when nobody tries any more.

/** So many attempts over two hours: a mail server that is down for longer is something for staff. */
export const attemptsMax = 8
const pauseMinutesMax = 60

/** When the next attempt is due after `attempts` that failed: 1, 2, 4 … minutes, an hour at most; null when that was the last. */
export function nextAttempt(attempts: number, now: Temporal.Instant): Temporal.Instant | null {
  if (attempts >= attemptsMax) return null
  return now.add({ minutes: Math.min(2 ** (attempts - 1), pauseMinutesMax) })
}
