// Whether a waiting member can be offered a freed spot now; everything is asked for again at the offer.
import { quote, type QuotedOption } from '../credits/quote.rule.ts'
import type { ClassSession } from '../schedule/class-sessions.ts'
import type { Settings } from '../schedule/settings.ts'
import { overlapping, type Member } from './admission.rule.ts'

/** Why an entry was passed over: the code of the problem that taking the spot would have met. */
type PassOverReason = 'overlapping-booking' | 'insufficient-credits'

export type OfferDecision =
  | { passedOver: PassOverReason }
  | { passedOver: null; expiresAt: Temporal.Instant; options: QuotedOption[] }

/** An offer lasts `offerSeconds`, at the latest to the start of the class. */
export function decideOffer(
  member: Member,
  { session, settings, now }: { session: ClassSession; settings: Settings; now: Temporal.Instant },
): OfferDecision {
  if (overlapping(member, session)) return { passedOver: 'overlapping-booking' }
  const options = quote(session, member.lots, now)
  if (options.length === 0) return { passedOver: 'insufficient-credits' }
  const fullTime = now.add({ seconds: settings.offerSeconds })
  const expiresAt = Temporal.Instant.compare(session.startsAt, fullTime) < 0 ? session.startsAt : fullTime
  return { passedOver: null, expiresAt, options }
}

/** Whether freed spots of this class are still offered: published, and not yet begun. */
export function isOffering(session: ClassSession, now: Temporal.Instant): boolean {
  return session.status === 'published' && Temporal.Instant.compare(now, session.startsAt) < 0
}
