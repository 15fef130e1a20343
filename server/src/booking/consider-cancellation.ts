// What cancelling a booking at an instant comes to: decided, told in words, and ready to be written; nothing is done yet.
import type { CancellationPreview } from '@fitflow/contract/booking.ts'
import type { ReceiptDraft } from '../credits/decisions.ts'
import { returnCredits, type ReturnedCredits } from '../credits/return-credits.ts'
import { planReturn, type Debit, type ReturnPlan } from '../credits/returns.rule.ts'
import { feeWarning, strikeWarning } from '../credits/penalty-sentences.ts'
import { cancelledSentence, previewSentence } from '../credits/sentences.ts'
import { blockOf, type DuePenalty } from '../credits/strikes.rule.ts'
import { toWireCredits } from '../platform/credits.ts'
import { newId, type ReceiptId, type UserId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import type { Settings } from '../schedule/settings.ts'
import type { BookingRow } from './bookings.ts'
import { penaltyOf } from './late-cancel.ts'
import { decideCancellation, isFree, type CancellationOutcome } from './cancellation.rule.ts'

export interface Considered {
  booking: BookingRow
  outcome: CancellationOutcome
  policy: Settings
  plan: ReturnPlan
  now: Temporal.Instant
  /** What it is penalised with besides, and how many strikes count already. */
  due: DuePenalty
  counting: number
}

/** Decides under the policy that the booking's hold was made under. Throws `booking-not-cancellable`. */
export function considerCancellation(
  booking: BookingRow,
  at: { debits: readonly Debit[]; policy: Settings; now: Temporal.Instant; counting?: number },
): Considered {
  const { debits, policy, now, counting = 0 } = at
  if (booking.status !== 'confirmed') {
    throw new Problem('booking-not-cancellable', 'This booking is no longer open.', { state: booking.status })
  }
  if (Temporal.Instant.compare(now, booking.startsAt) >= 0) {
    throw new Problem('booking-not-cancellable', 'The class has started.', { startsAt: String(booking.startsAt) })
  }
  const atStake = debits.reduce((sum, debit) => sum + debit.credits, 0)
  const outcome = decideCancellation({ ...booking, now }, atStake, policy)
  const plan = planReturn(debits, outcome.creditsReturned, now, 'member')
  return { booking, outcome, policy, plan, now, counting, due: penaltyOf(booking, outcome, policy) }
}

function told({ booking, outcome, policy, plan, now }: Considered) {
  const freeUntil = isFree({ ...booking, now }) ? booking.freeCancelUntil : null
  return { left: booking.startsAt.since(now), rule: outcome.rule, freeUntil, policy, plan, now, timeZone: policy.timeZone }
}

/** As it is shown before anything is cancelled. */
export function toWirePreview(considered: Considered): CancellationPreview {
  const { rule, creditsReturned, creditsForfeited } = considered.outcome
  const { due, policy, counting, now } = considered
  const blockEndsAt = due.strike ? blockOf(counting, now, policy) : null
  return {
    rule,
    creditsReturned: toWireCredits(creditsReturned),
    creditsForfeited: toWireCredits(creditsForfeited),
    refund: null,
    strike: due.strike,
    blockedUntil: blockEndsAt && String(blockEndsAt),
    fee: due.feeCents === 0 ? null : { amount: due.feeCents, currency: policy.currency },
    sentence: [
      previewSentence(told(considered)),
      ...(due.strike ? [strikeWarning(policy, { nth: counting + 1, blockEndsAt })] : []),
      ...(due.feeCents === 0 ? [] : [feeWarning(due.feeCents, policy.currency)]),
    ].join(' '),
  }
}

/** What comes back and the receipt that says why; counts the balances of the plan's lots on. `actorId` is who cancels. */
export function settlementOf(considered: Considered, actorId: UserId | null): { receipt: ReceiptDraft; returned: ReturnedCredits } {
  const { booking, outcome, policy, plan, now } = considered
  const { id: bookingId, userId } = booking
  const receiptId = newId<ReceiptId>()
  const returned = returnCredits(plan, { bookingId, receiptId }, now)
  const receipt: ReceiptDraft = {
    ...{ id: receiptId, userId, bookingId, rule: `cancel-${outcome.rule}`, version: policy.version, actorId },
    sentence: cancelledSentence(told(considered)),
    facts: {
      startsAt: String(booking.startsAt),
      endsAt: String(booking.endsAt),
      cancelledAt: String(now),
      freeCancelUntil: booking.freeCancelUntil === null ? null : String(booking.freeCancelUntil),
      fullReturnHours: policy.fullReturnHours,
      halfReturnHours: policy.halfReturnHours,
      halfReturnPercent: policy.halfReturnPercent,
      creditsForfeited: outcome.creditsForfeited,
    },
    lines: returned.receiptLines,
  }
  return { receipt, returned }
}

/** The booking as it is once that is done. */
export function asCancelled({ booking, outcome, now }: Considered): BookingRow & { cancelKind: 'early' | 'late' } {
  const cancelKind = outcome.rule === 'full' ? 'early' : 'late'
  return { ...booking, status: 'cancelled', cancelKind, creditsUsed: outcome.creditsForfeited, cancelledAt: now }
}
