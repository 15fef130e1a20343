// Cancelling late with unlimited access: a strike, and perhaps a fee, because there is no credit to keep.
import { giveFee, type Offence } from '../credits/give-penalties.ts'
import { penaltyFor, type DuePenalty } from '../credits/strikes.rule.ts'
import { elapsedWords } from '../credits/words.ts'
import type { Tx } from '../platform/tx.ts'
import type { Settings } from '../schedule/settings.ts'
import type { BookingRow } from './bookings.ts'
import { decideCancellation, type CancellationOutcome } from './cancellation.rule.ts'

/** What the cancellation is penalised with: only what is under the last bound is late enough. */
export function penaltyOf({ method }: BookingRow, { rule }: Pick<CancellationOutcome, 'rule'>, policy: Settings): DuePenalty {
  return rule === 'none' ? penaltyFor('late-cancel', method, policy) : { strike: false, feeCents: 0 }
}

interface LateCancel {
  booking: BookingRow
  className: string | undefined
  policy: Settings
}

/** The offence as its receipt tells it: "Cancelled Morning Strength 3 h before the start, under 12 h". */
export function lateCancelOffence({ booking, className = 'the class', policy }: LateCancel, at: Temporal.Instant): Offence {
  const { userId, id: bookingId, startsAt } = booking
  const deed = `Cancelled ${className} ${elapsedWords(startsAt.since(at))} before the start, under ${policy.halfReturnHours} h`
  return { userId, bookingId, cause: 'late-cancel', at, deed, policy }
}

/** Writes down the fee of a booking that was cancelled late, if one is due; the strike was given when it was cancelled. */
export function settleLateFee(tx: Tx, of: LateCancel): void {
  const { booking, policy } = of
  if (booking.cancelledAt === null) return
  const outcome = decideCancellation({ ...booking, now: booking.cancelledAt }, 0, policy)
  giveFee(tx, lateCancelOffence(of, booking.cancelledAt), penaltyOf(booking, outcome, policy).feeCents)
}
