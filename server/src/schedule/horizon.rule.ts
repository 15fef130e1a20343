// How far ahead anything is planned: a year that was typed wrong is refused while whoever typed it can still see it.
import { yearsAheadMax } from '@fitflow/contract/scalars.ts'

/** What is wrong with a time or a day that lies too far ahead, as it stands behind its field's name. */
export const tooFarWords = `must be at most ${yearsAheadMax} years ahead`

/** Whether an instant lies farther ahead than anything is planned. */
export function isTooFar(at: Temporal.Instant, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(now.toZonedDateTimeISO('UTC').add({ years: yearsAheadMax }).toInstant(), at) < 0
}

/** Whether a day does. */
export function isDayTooFar(day: Temporal.PlainDate, today: Temporal.PlainDate): boolean {
  return Temporal.PlainDate.compare(today.add({ years: yearsAheadMax }), day) < 0
}
