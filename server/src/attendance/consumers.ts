// The Policy Enforcer: a no-show forfeits what was paid and is penalised, and a late cancellation may owe a fee.
import { seatedBookings, type SeatedBooking } from '../booking/bookings.ts'
import { settleLateFee } from '../booking/late-cancel.ts'
import { noShowRule, settleNoShow } from '../booking/settle-no-show.ts'
import { wasPenalised } from '../credits/penalties.ts'
import { lastRuleOf } from '../credits/receipts.ts'
import { lockMembers } from '../identity/lock-members.ts'
import type { BookingId, SessionId, UserId } from '../platform/ids.ts'
import type { Decider, OutboxEvent } from '../platform/consumer.ts'
import type { Tx } from '../platform/tx.ts'
import { lockSessions } from '../schedule/class-sessions.ts'
import { sessionCards } from '../schedule/session-cards.ts'
import { correctionRule, waiverRule } from './correct-no-show.ts'
import type { AttendanceHouse } from './mark-attendance.ts'

/** Acts on what is true now: who was corrected meanwhile is not penalised, and nobody is twice. */
export function policyEnforcer(house: AttendanceHouse): Decider {
  return {
    name: 'policy-enforcer',
    topics: ['booking.noshow', 'booking.cancelled'],
    async concerns(db, events) {
      const bookings = await seatedBookings(db.sql, events.map(event => factsOf(event).bookingId))
      const due = new Set<string>(bookings.filter(isDue).map(booking => booking.id))
      return events.filter(event => due.has(factsOf(event).bookingId))
    },
    sessions: (_, event) => Promise.resolve([factsOf(event).sessionId]),
    async handle(tx, event, sessionIds) {
      await lockSessions(tx.sql, sessionIds)
      const { userId, bookingId } = factsOf(event)
      await lockMembers(tx.sql, [userId])
      const [booking] = await seatedBookings(tx.sql, [bookingId])
      if (booking && isDue(booking)) await enforce(tx, house, booking)
    },
  }
}

interface Facts {
  bookingId: BookingId
  sessionId: SessionId
  userId: UserId
}

function factsOf(event: OutboxEvent): Facts {
  return event.data as object as Facts
}

function isDue({ status, cancelKind, method }: SeatedBooking): boolean {
  return status === 'no_show' || (cancelKind === 'late' && method === 'membership')
}

async function enforce(tx: Tx, house: AttendanceHouse, booking: SeatedBooking): Promise<void> {
  const policy = await house.settings.version(booking.settingsVersion)
  const className = (await sessionCards(tx.sql, [booking.sessionId])).get(booking.sessionId)?.name ?? 'the class'
  if (booking.status === 'no_show') {
    const last = await lastRuleOf(tx.sql, booking.id, [noShowRule, waiverRule, correctionRule])
    if (last === undefined || last === correctionRule) await settleNoShow(tx, { booking, className, policy })
  } else if (!(await wasPenalised(tx.sql, booking.id, 'fee'))) {
    settleLateFee(tx, { booking, className, policy })
  }
}
