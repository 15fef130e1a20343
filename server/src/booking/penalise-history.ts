// What members missed or left late before the house was told of it costs what it would have cost then, each at its own instant.
import { giveStrike } from '../credits/give-penalties.ts'
import type { Tx } from '../platform/tx.ts'
import type { SessionCard } from '../schedule/session-cards.ts'
import type { Settings } from '../schedule/settings.ts'
import type { BookingRow } from './bookings.ts'
import { decideCancellation } from './cancellation.rule.ts'
import { lateCancelOffence, penaltyOf, settleLateFee } from './late-cancel.ts'
import { settleNoShow } from './settle-no-show.ts'

interface Past {
  bookings: readonly BookingRow[]
  classes: readonly Pick<SessionCard, 'id' | 'name'>[]
  settings: readonly Settings[]
}

/** Settles them in the order of time, announcing nothing. The bookings are written, their members locked. */
export async function penaliseHistory(tx: Tx, { bookings, classes, settings }: Past): Promise<void> {
  const nameOf = new Map(classes.map(one => [one.id, one.name]))
  const due = bookings.flatMap(booking => {
    const policy = settings.find(one => one.version === booking.settingsVersion)
    const at = policy && instantOf(booking, policy)
    return policy && at ? [{ booking, policy, at, className: nameOf.get(booking.sessionId) ?? 'the class' }] : []
  })
  for (const { at, ...of } of due.sort((a, b) => Temporal.Instant.compare(a.at, b.at))) {
    const then: Tx = { ...tx, now: at, emit: () => undefined }
    if (of.booking.status === 'no_show') await settleNoShow(then, of)
    else await settleLateCancel(then, of)
  }
}

/** When it was settled: as the grace ended, or as it was cancelled. Null for what costs nothing. */
function instantOf({ status, startsAt, cancelledAt }: BookingRow, { graceMinutes }: Settings): Temporal.Instant | null {
  return status === 'no_show' ? startsAt.add({ minutes: graceMinutes }) : cancelledAt
}

async function settleLateCancel(tx: Tx, of: { booking: BookingRow; policy: Settings; className: string }): Promise<void> {
  const outcome = decideCancellation({ ...of.booking, now: tx.now }, 0, of.policy)
  if (penaltyOf(of.booking, outcome, of.policy).strike) await giveStrike(tx, lateCancelOffence(of, tx.now))
  settleLateFee(tx, of)
}
