// The time until an instant, as a clock shows it.

/** 4:59, or 7 h 26 where it is hours; 0:00 once it is over. */
export function timeLeft(untilMs: number, atMs: number): string {
  const seconds = Math.max(0, Math.ceil((untilMs - atMs) / 1000))
  const minutes = Math.floor(seconds / 60)
  if (minutes >= 60) return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')}`
  return `${minutes}:${String(seconds % 60).padStart(2, '0')}`
}

/** The time until something opens: "3 days 4 h" while it is far, then as `timeLeft` says it. */
export function untilWords(leftMs: number): string {
  const hours = Math.floor(leftMs / 3_600_000)
  if (hours < 48) return timeLeft(leftMs, 0)
  const days = Math.floor(hours / 24)
  return hours % 24 === 0 ? `${days} days` : `${days} days ${hours % 24} h`
}
