// The only place that reads time. Decisions use the database's clock, so that machines need not agree among themselves.
import type { Fragment, Sql } from './sql.ts'

export interface Clock {
  /** The instant as an SQL expression, stable within a statement so that an index can serve it. */
  expression(sql: Sql): Fragment
  /** The process's own time: caches, rate limits and log lines, never a decision about a spot. */
  now(): Temporal.Instant
  /** Milliseconds from an arbitrary start, never going back: for durations. */
  monotonicMs(): number
}

/** A clock that a test moves by hand; database and process agree on it. */
export interface HandClock extends Clock {
  set(instant: Temporal.Instant): void
  advance(by: Temporal.DurationLike): void
}

const monotonicMs = () => performance.now()

export const systemClock: Clock = {
  // A sub-select is evaluated once, however volatile the function in it.
  expression: sql => sql`(select clock_timestamp())`,
  now: () => Temporal.Now.instant(),
  monotonicMs,
}

/** A clock that stands at `start` until it is moved. */
export function handClock(start: Temporal.Instant): HandClock {
  let now = start
  return {
    expression: sql => sql`(select ${now.toString()}::timestamptz)`,
    now: () => now,
    monotonicMs,
    set: instant => {
      now = instant
    },
    advance: by => {
      now = now.add(by)
    },
  }
}
