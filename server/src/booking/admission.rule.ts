// Who gets a spot: one request decided against what is known under the lock. The heart of the house, and pure.
import type { HoldKind } from '@fitflow/contract/booking.ts'
import type { WaitlistDoor } from '@fitflow/contract/sessions.ts'
import type { Lot } from '../credits/lots.ts'
import { missingMeans, quote, type QuotedOption } from '../credits/quote.rule.ts'
import type { BookingId, HoldId, SessionId } from '../platform/ids.ts'
import { momentWords } from '../platform/moment-words.ts'
import { Problem } from '../platform/problem.ts'
import type { ClassSession } from '../schedule/class-sessions.ts'
import type { Settings } from '../schedule/settings.ts'
import { claims, isUnseen } from '../schedule/spots-left.rule.ts'
import { bookingWindow, type BookingWindow } from './booking-window.rule.ts'
import { refuseOverCaps } from './caps.rule.ts'
import { refuseTeaching } from './teaching.rule.ts'

/** A live hold or booking of the member anywhere, or a class they teach: what overlap and caps are decided over. */
export interface Commitment {
  kind: HoldKind | 'booking' | 'teaching'
  id: HoldId | BookingId | SessionId
  sessionId: SessionId
  startsAt: Temporal.Instant
  endsAt: Temporal.Instant
}

export interface Member {
  commitments: Commitment[]
  lots: readonly Lot[]
  /** Until when their strikes keep them from booking; null when nothing does. */
  blockedUntil: Temporal.Instant | null
}

export interface Admission {
  session: ClassSession
  /** When the next public hold of this session runs out, null when there is none. */
  nextReleaseAt: Temporal.Instant | null
  settings: Settings
  now: Temporal.Instant
}

export type HoldDecision =
  | { outcome: 'own'; holdId: HoldId }
  | { outcome: 'admitted'; expiresAt: Temporal.Instant; options: QuotedOption[] }

const before = (a: Temporal.Instant, b: Temporal.Instant) => Temporal.Instant.compare(a, b) < 0

/**
 * Decides one request for a public hold. The order of the noes is the contract's: own hold, `already-booked`, session state,
 * booking window, `session-full` or `session-held`, `member-blocked`, caps, overlap, means. Throws the first of them.
 */
export function decideHold(member: Member, admission: Admission): HoldDecision {
  const own = ownSpot(member, admission.session)
  if (own) return { outcome: 'own', holdId: own }
  // A booked 1:1 is nobody else's to see; its slot is taken through the availability.
  if (admission.session.availabilityId !== null) throw new Problem('not-found', 'There is no such class.')
  refuseUnbookable(admission)
  refuseWithoutSpot(admission)
  return { outcome: 'admitted', ...decideMember(member, admission) }
}

/** What is asked of the member, whatever they want a spot in. Throws `member-blocked`, caps, overlap, means, in this order. */
export function decideMember(member: Member, admission: Admission): { expiresAt: Temporal.Instant; options: QuotedOption[] } {
  refuseBlocked(member, admission.settings)
  refuseOverCap(member, admission.settings)
  refuseOverCaps(member, admission)
  refuseOverlap(member, admission.session)
  const options = payableOptions(member, admission.session, admission.now)
  return { expiresAt: termsOf(admission).expiresAt, options }
}

/** What holds for everybody who asks for one class at one instant. */
interface Terms extends BookingWindow {
  isEarly: boolean
  isLate: boolean
  /** When a hold made now runs out. */
  expiresAt: Temporal.Instant
}

// In a rush hundreds ask in one batch: what is the same for all of them is worked out once.
const latestTerms = new WeakMap<ClassSession, { of: readonly unknown[]; terms: Terms }>()

function termsOf({ session, settings, now }: Admission): Terms {
  const of = [session.startsAt, settings, now]
  const known = latestTerms.get(session)
  if (known && known.of.every((value, at) => value === of[at])) return known.terms
  const { opensAt, closesAt } = bookingWindow(session.startsAt, settings)
  const fullTime = now.add({ seconds: settings.holdSeconds })
  const expiresAt = before(closesAt, fullTime) ? closesAt : fullTime
  const terms = { opensAt, closesAt, expiresAt, isEarly: before(now, opensAt), isLate: !before(now, closesAt) }
  latestTerms.set(session, { of, terms })
  return terms
}

/** The member's own live hold here, if any. Throws `already-booked`, in words for them or for who acts for them. */
export function ownSpot(member: Pick<Member, 'commitments'>, session: ClassSession, who: 'you' | 'they' = 'you'): HoldId | undefined {
  const here = member.commitments.filter(commitment => commitment.sessionId === session.id && commitment.kind !== 'teaching')
  const hold = here.find(commitment => commitment.kind !== 'booking')
  if (hold) return hold.id as HoldId
  const booking = here[0]
  if (booking) {
    throw new Problem('already-booked', `${who === 'you' ? 'You already have' : 'This client already has'} a spot in this class.`, { bookingId: booking.id })
  }
  return undefined
}

/** Throws `not-found` for a draft, called off or not, `session-not-bookable`, `booking-closed` or `booking-not-open`. */
export function refuseUnbookable(admission: Admission): void {
  const { session } = admission
  if (isUnseen(session)) throw new Problem('not-found', 'There is no such class.')
  if (session.status === 'cancelled' || session.status === 'completed') {
    throw new Problem('session-not-bookable', `This class is ${session.status}.`, { state: session.status })
  }
  const { opensAt, closesAt, isEarly, isLate } = termsOf(admission)
  if (isEarly) {
    throw new Problem('booking-not-open', `Booking for this class opens at ${momentWords(opensAt, admission.settings.timeZone)}.`, { opensAt: String(opensAt) })
  }
  if (isLate) {
    throw new Problem('booking-closed', `Booking for this class closed at ${momentWords(closesAt, admission.settings.timeZone)}.`, { closedAt: String(closesAt) })
  }
}

/** Whether the public may have a spot: nobody jumps those who wait. */
export function hasPublicSpot({ session, settings, now }: Omit<Admission, 'nextReleaseAt'>): boolean {
  return session.taken + claims(session, settings, now) < session.capacity
}

/** Whether the waitlist takes one more, and why not. */
export function waitlistDoor(
  { kind, waitlistPaused, waitlistLength }: Pick<ClassSession, 'kind' | 'waitlistPaused' | 'waitlistLength'>,
  { waitlistMax }: Pick<Settings, 'waitlistMax'>,
): WaitlistDoor {
  if (kind === 'one_to_one') return 'none'
  if (waitlistPaused) return 'paused'
  return waitlistMax === 0 || waitlistLength < waitlistMax ? 'open' : 'full'
}

/** Throws `session-held` when a hold might still free a spot and nobody waits, else `session-full`. */
export function refuseWithoutSpot(admission: Admission): void {
  if (hasPublicSpot(admission)) return
  const { session, nextReleaseAt, settings, now } = admission
  const canJoinWaitlist = waitlistDoor(session, settings) === 'open'
  const facts = { waitlistLength: session.waitlistLength, canJoinWaitlist }
  if (nextReleaseAt !== null && claims(session, settings, now) === 0) {
    throw new Problem('session-held', `Every free spot is being held right now. One may free up soon${canJoinWaitlist ? ', or join the waitlist' : ''}.`, {
      ...facts,
      nextReleaseAt: String(nextReleaseAt),
    })
  }
  throw new Problem('session-full', `This class is full.${canJoinWaitlist ? ' You can join the waitlist.' : ' Its waitlist takes nobody right now.'}`, facts)
}

/** Throws `member-blocked` with the instant at which it ends. */
export function refuseBlocked({ blockedUntil }: Pick<Member, 'blockedUntil'>, { timeZone }: Pick<Settings, 'timeZone'>, who: 'you' | 'they' = 'you'): void {
  if (blockedUntil === null) return
  throw new Problem('member-blocked', `After too many late cancellations or missed classes ${who === 'you' ? 'you' : 'this client'} can book again from ${momentWords(blockedUntil, timeZone)}.`, {
    until: String(blockedUntil),
  })
}

function refuseOverCap(member: Member, settings: Settings): void {
  const live = member.commitments.filter(commitment => commitment.kind === 'public').length
  if (live < settings.liveHoldsMax) return
  throw new Problem('too-many-holds', `You are already holding ${live} spots. Confirm or release one first.`, {
    liveHolds: live,
    liveHoldsMax: settings.liveHoldsMax,
  })
}

/** Half-open ranges: a class that starts when another ends does not overlap it. Throws `own-class`, `teaching-then`, `overlapping-booking` naming the other. */
export function refuseOverlap(member: Pick<Member, 'commitments'>, session: ClassSession): void {
  refuseTeaching(member, session)
  const other = overlapping(member, session)
  if (!other) return
  throw new Problem('overlapping-booking', 'You already have a class at that time.', {
    otherSessionId: other.sessionId,
    [other.kind === 'booking' ? 'otherBookingId' : 'otherHoldId']: other.id,
    otherStartsAt: String(other.startsAt),
    otherEndsAt: String(other.endsAt),
  })
}

/** The member's live hold or booking of another session that overlaps this one. */
export function overlapping(member: Pick<Member, 'commitments'>, session: ClassSession): Commitment | undefined {
  return member.commitments.find(
    other => other.sessionId !== session.id && before(other.startsAt, session.endsAt) && before(session.startsAt, other.endsAt),
  )
}

/** Each way to pay that works today. Throws `insufficient-credits`, saying what is missing. */
export function payableOptions(member: Pick<Member, 'lots'>, session: ClassSession, now: Temporal.Instant): QuotedOption[] {
  const options = quote(session, member.lots, now)
  if (options.length > 0) return options
  const { creditsNeeded, creditsAvailable } = missingMeans(session, member.lots, now)
  const facts = { creditsNeeded: creditsNeeded / 100, creditsAvailable: creditsAvailable / 100 }
  throw new Problem(
    'insufficient-credits',
    `This class costs ${facts.creditsNeeded} ${creditsNeeded === 100 ? 'credit' : 'credits'} and you have ${facts.creditsAvailable} that are valid on its day.`,
    facts,
  )
}
