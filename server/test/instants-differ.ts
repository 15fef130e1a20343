// Two instants are equal when they are the same instant: `toMatchObject` sees nothing in them, and would call any two equal.
import { expect } from 'vitest'

const kinds = [Temporal.Instant, Temporal.PlainDate, Temporal.PlainDateTime, Temporal.PlainTime, Temporal.ZonedDateTime, Temporal.Duration]

expect.addEqualityTesters([
  (a: unknown, b: unknown) => {
    const kind = kinds.find(one => a instanceof one || b instanceof one)
    if (!kind) return undefined
    return a instanceof kind && b instanceof kind && String(a) === String(b)
  },
])
