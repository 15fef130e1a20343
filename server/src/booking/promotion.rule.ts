// Whether a waiting member can be given a freed spot now, and how: everything is asked for again at the offer.
import type { WaitlistMode } from '@fitflow/contract/sessions.ts'
import { quote, type QuotedOption } from '../credits/quote.rule.ts'
import type { ClassSession } from '../schedule/class-sessions.ts'
import type { Settings } from '../schedule/settings.ts'
import { cutoffOf } from '../schedule/spots-left.rule.ts'
import { overlapping, type Member } from './admission.rule.ts'
import { capReached } from './caps.rule.ts'
import { teachingReason } from './teaching.rule.ts'
import { isEarlyClass, quietUntil } from './quiet-hours.rule.ts'

/** Why an entry was passed over: the code of the problem that taking the spot would have met. */
type PassOverReason = 'member-blocked' | 'too-many-bookings' | 'own-class' | 'teaching-then' | 'overlapping-booking' | 'insufficient-credits'

export interface Occasion {
  session: ClassSession
  mode: WaitlistMode
  settings: Settings
  now: Temporal.Instant
}

/** `tellAt` is when the member is told, null at once; `asleepUntil` is set when they may be asleep and are told all the same. */
export interface Offer {
  outcome: 'offer'
  expiresAt: Temporal.Instant
  tellAt: Temporal.Instant | null
  asleepUntil: Temporal.Instant | null
  options: QuotedOption[]
}

export type PromotionDecision = { outcome: 'passed-over'; reason: PassOverReason } | { outcome: 'book'; freeCancelUntil: Temporal.Instant } | Offer

const isBefore = (a: Temporal.Instant, b: Temporal.Instant) => Temporal.Instant.compare(a, b) < 0
const earlier = (a: Temporal.Instant, b: Temporal.Instant) => (isBefore(a, b) ? a : b)

/** Block, caps, overlap and means are asked for in this order; then the template's mode says whether the spot is booked or offered. */
export function decidePromotion(member: Member, occasion: Occasion): PromotionDecision {
  const { session, now } = occasion
  if (member.blockedUntil !== null) return { outcome: 'passed-over', reason: 'member-blocked' }
  if (capReached(member, occasion)) return { outcome: 'passed-over', reason: 'too-many-bookings' }
  const teaching = teachingReason(member, session)
  if (teaching) return { outcome: 'passed-over', reason: teaching }
  if (overlapping(member, session)) return { outcome: 'passed-over', reason: 'overlapping-booking' }
  const options = quote(session, member.lots, now)
  if (options.length === 0) return { outcome: 'passed-over', reason: 'insufficient-credits' }
  if (isBookedAtOnce(occasion)) return { outcome: 'book', freeCancelUntil: freeCancelAfterAuto(occasion) }
  return { outcome: 'offer', options, ...termsOf(occasion) }
}

/** Less than `autoPromotionHours` before the start nobody is booked unasked: there would be no time to say no. */
function isBookedAtOnce({ mode, session, settings, now }: Occasion): boolean {
  return mode === 'auto' && !isBefore(session.startsAt, now.add({ hours: settings.autoPromotionHours }))
}

/** An offer lasts `offerSeconds` from when it is told, at the latest to the start; a no-show's, to the end of the late join. */
function termsOf({ session, settings, now }: Occasion): Omit<Offer, 'outcome' | 'options'> {
  const { startsAt } = session
  const latest = isBefore(now, startsAt) ? startsAt : startsAt.add({ minutes: settings.lateJoinMinutes })
  const lasting = (from: Temporal.Instant) => earlier(from.add({ seconds: settings.offerSeconds }), latest)
  const quietEndsAt = quietUntil(now, settings)
  if (quietEndsAt === null) return { expiresAt: lasting(now), tellAt: null, asleepUntil: null }
  if (isEarlyClass(startsAt, quietEndsAt, settings.timeZone)) return { expiresAt: lasting(now), tellAt: null, asleepUntil: quietEndsAt }
  return { expiresAt: lasting(quietEndsAt), tellAt: quietEndsAt, asleepUntil: null }
}

/** Until when a booking that was made unasked cancels free: in quiet hours the time runs from their end. Never after the start. */
function freeCancelAfterAuto({ session, settings, now }: Occasion): Temporal.Instant {
  return freeCancelUntil(quietUntil(now, settings) ?? now, session, settings)
}

/** Until when a booking that a promotion made at `from` cancels free; never after the start. */
export function freeCancelUntil(
  from: Temporal.Instant,
  { startsAt }: Pick<ClassSession, 'startsAt'>,
  { promotionFreeCancelMinutes }: Pick<Settings, 'promotionFreeCancelMinutes'>,
): Temporal.Instant {
  return earlier(from.add({ minutes: promotionFreeCancelMinutes }), startsAt)
}

/**
 * Which spots go to whoever waits now. `free`: all that are free, until the cutoff. `no-shows`: those of people who did not
 * come, from the start until late joining ends. The clock decides, whatever the status says of it.
 */
export function handsOn({ session, settings, now }: Omit<Occasion, 'mode'>): 'free' | 'no-shows' | 'nothing' {
  const { startsAt, status, waitlistPaused } = session
  if (waitlistPaused || (status !== 'published' && status !== 'in_progress')) return 'nothing'
  if (isBefore(now, startsAt)) return status === 'published' && isBefore(now, cutoffOf(session, settings)) ? 'free' : 'nothing'
  return isBefore(now, startsAt.add({ minutes: settings.lateJoinMinutes })) ? 'no-shows' : 'nothing'
}
