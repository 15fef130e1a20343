// The model's night: the studio sleeps from 22:00 to 07:00 UTC, and is woken for a class before 09:00.

export const minute = 60_000
export const hour = 60 * minute
const day = 24 * hour
const [sleepsAt, wakesAt] = [22 * hour, 7 * hour]

/** When the night that `now` lies in ends; null by day. */
export function nightEnds(now: number): number | null {
  const midnight = now - (now % day)
  if (now % day >= sleepsAt) return midnight + day + wakesAt
  return now % day < wakesAt ? midnight + wakesAt : null
}

/** A class that begins before then does not wait for the morning. */
export const earlyMorning = (morning: number): number => morning + 2 * hour
