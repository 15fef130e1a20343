// How long a message is kept: as long as somebody may ask what they were told (docs/decisions/0014).
import type { MessageKind } from './message-kinds.ts'

const halfAYear = 180
// A card payment can be disputed up to 540 days after it was made; then it counts what its payer was told.
const disputeOutlasted = 550

/** What only reminds or offers, or calls an admin to something that waits, is soon nobody's matter; all else tells what was booked, changed, returned, kept or held against somebody. */
const keptDays: Record<MessageKind, number> = {
  'reminder-day': halfAYear,
  'reminder-hour': halfAYear,
  'waitlist-offer': halfAYear,
  'webhook-paused': halfAYear,
  'booking-confirmed': disputeOutlasted,
  'booking-cancelled': disputeOutlasted,
  'waitlist-booked': disputeOutlasted,
  'standing-decided': disputeOutlasted,
  'session-cancelled': disputeOutlasted,
  'session-on-again': disputeOutlasted,
  'session-changed': disputeOutlasted,
  'credit-expiring': disputeOutlasted,
  'no-show': disputeOutlasted,
  'block-began': disputeOutlasted,
  'block-ended': disputeOutlasted,
}

/** Until when a message that is written now is kept, that instant included. */
export function keptUntil(kind: MessageKind, now: Temporal.Instant): Temporal.Instant {
  return now.add({ hours: 24 * keptDays[kind] })
}
