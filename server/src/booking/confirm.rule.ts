// Whether a hold becomes a booking, and what pays for it; pure, decided under the locks of session, member and lots.
import type { Confirm } from '@fitflow/contract/booking.ts'
import { allocate, paysFor } from '../credits/allocation.rule.ts'
import type { Lot } from '../credits/lots.ts'
import type { BookingId, MembershipId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import type { ClassSession } from '../schedule/class-sessions.ts'
import type { Settings } from '../schedule/settings.ts'
import { bookingWindow } from './booking-window.rule.ts'
import type { SpotHold } from './holds.ts'

export interface ConfirmFacts {
  hold: SpotHold
  /** The booking this hold became, when it did. */
  bookingId: BookingId | null
  session: ClassSession
  lots: readonly Lot[]
  settings: Settings
  now: Temporal.Instant
}

/** What is taken, in hundredths of a credit; `membershipId` is the unlimited membership, if that pays. */
export interface Payment {
  method: 'membership' | 'credits' | 'complimentary'
  membershipId: MembershipId | null
  credits: number
  debits: { membershipId: MembershipId; credits: number }[]
}

type Paying = Pick<ConfirmFacts, 'lots' | 'session' | 'now'> & { hold: Pick<SpotHold, 'quote'> }

const isAfter = (a: Temporal.Instant, b: Temporal.Instant) => Temporal.Instant.compare(a, b) > 0

/** Throws `hold-not-active`, `hold-confirming`, `hold-expired`, `session-not-bookable`, `booking-closed` or `insufficient-credits`. */
export function decideConfirm(facts: ConfirmFacts, choice: Pick<Confirm, 'method' | 'membershipId'>): Payment {
  refuseEndedHold(facts)
  refuseClosed(facts)
  return decidePayment(facts, choice)
}

/** What pays, out of the ways the hold quotes. Throws `insufficient-credits`. */
export function decidePayment(facts: Paying, choice: Pick<Confirm, 'method' | 'membershipId'>): Payment {
  return choice.method === 'membership' ? byMembership(facts, choice.membershipId) : byCredits(facts, choice)
}

function refuseEndedHold({ hold, session, bookingId, now }: ConfirmFacts): void {
  if (hold.status === 'confirmed') {
    throw new Problem('hold-not-active', 'This hold is already a booking.', { state: hold.status, bookingId })
  }
  if (hold.status === 'released') {
    const why = session.status === 'cancelled' ? 'The class was cancelled, and the hold with it.' : 'This hold was given back.'
    throw new Problem('hold-not-active', why, { state: hold.status })
  }
  if (hold.status === 'confirming') {
    throw new Problem('hold-confirming', 'A payment for this hold is under way.')
  }
  if (hold.status === 'expired' || !isAfter(hold.expiresAt, now)) {
    throw new Problem('hold-expired', 'The hold has run out. Hold the spot again if there is one.', {
      expiredAt: String(hold.expiresAt),
    })
  }
}

/** The bound is asked for again here, because the class may have been moved since the hold was made. */
function refuseClosed(facts: ConfirmFacts): void {
  const { hold, session, settings, now } = facts
  if (session.status === 'cancelled' || session.status === 'completed') {
    throw new Problem('session-not-bookable', `This class is ${session.status}.`, { state: session.status })
  }
  const closesAt = hold.kind === 'offer' ? offerClosesAt(facts) : bookingWindow(session.startsAt, settings).closesAt
  if (isAfter(closesAt, now)) return
  throw new Problem('booking-closed', 'Booking for this class has closed.', { closedAt: String(closesAt) })
}

/** A spot of somebody who did not come is offered after the start, until late joining ends. */
function offerClosesAt({ hold, session: { startsAt }, settings }: ConfirmFacts): Temporal.Instant {
  return isAfter(startsAt, hold.createdAt) ? startsAt : startsAt.add({ minutes: settings.lateJoinMinutes })
}

function byMembership({ hold, lots, session, now }: Paying, wanted: string | undefined): Payment {
  const quoted = hold.quote.flatMap(option => (option.method === 'membership' ? [option.membershipId] : []))
  const membershipId = wanted === undefined ? quoted[0] : quoted.find(id => id === wanted)
  const at = { startsAt: session.startsAt, now }
  const valid = lots.some(lot => lot.id === membershipId && lot.creditsGranted === null && paysFor(lot, at))
  if (membershipId === undefined || !valid) {
    throw new Problem('insufficient-credits', 'No unlimited membership covers this class.', {
      methods: hold.quote.map(option => option.method),
    })
  }
  return { method: 'membership', membershipId, credits: 0, debits: [] }
}

/** The price is the quote's, frozen until the hold ends; which lots pay is decided anew, since they may have been spent. */
function byCredits({ hold, lots, session, now }: Paying, choice: Pick<Confirm, 'method' | 'membershipId'>): Payment {
  const option = hold.quote.find(one => one.method === choice.method)
  if (option?.method !== 'credits') {
    throw new Problem('insufficient-credits', 'This hold cannot be paid that way.', {
      methods: hold.quote.map(one => one.method),
    })
  }
  const preferred = choice.membershipId as MembershipId | undefined
  const debits = allocate(lots, option.credits, { startsAt: session.startsAt, now }, preferred)
  if (debits === null) {
    throw new Problem('insufficient-credits', 'The credits no longer suffice for this class.', {
      creditsNeeded: option.credits / 100,
    })
  }
  return { method: 'credits', membershipId: null, credits: option.credits, debits }
}
