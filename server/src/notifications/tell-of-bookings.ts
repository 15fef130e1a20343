// What is told of bookings, offers and standing places: an event names them, what is true now is what is said.
import type { EventFacts } from '@fitflow/contract/events.ts'
import type { SpotHold } from '../booking/holds.ts'
import { overlapReason } from '../booking/reschedule.ts'
import { resultOf } from '../booking/standing-reservations.ts'
import { returnedBy } from '../credits/receipts.ts'
import type { BookingId, HoldId, SessionId, StandingId } from '../platform/ids.ts'
import { bookedFacts, classFacts, freeUntilOf, seatOf, type Scene, type Seat } from './class-facts.ts'
import type { FactsOf, InTheWay } from './message-kinds.ts'
import { lateCancelPenalties, noShowFacts } from './no-show-facts.ts'
import { telling, type Telling } from './write-messages.ts'

/** Booked by the member or for them. Promotions and standing places say so in messages of their own. */
export async function tellConfirmed(scene: Scene, { bookingId }: EventFacts['booking.confirmed']): Promise<Telling[]> {
  const seat = await liveSeat(scene, bookingId as BookingId)
  if (!seat) return []
  const hold = await scene.read.hold(seat.booking.holdId)
  if (hold?.kind === 'auto' || hold?.kind === 'standing') return []
  return [telling(seat.booking.userId, 'booking-confirmed', await bookedFacts(scene, seat))]
}

/** Still booked, in a class that is not over. */
async function liveSeat(scene: Scene, id: BookingId): Promise<Seat | undefined> {
  const seat = await seatOf(scene, id)
  const lives = seat?.booking.status === 'confirmed' && Temporal.Instant.compare(scene.now, seat.card.endsAt) < 0
  return lives ? seat : undefined
}

/** Cancelled by the member, or by the studio: with its whole class, or this booking alone. */
export async function tellCancelled(scene: Scene, { bookingId }: EventFacts['booking.cancelled']): Promise<Telling[]> {
  const seat = await seatOf(scene, bookingId as BookingId)
  if (seat?.booking.status !== 'cancelled') return []
  const { booking, card } = seat
  const facts = { ...classFacts(card, scene.settings.current()), bookingId }
  const byStudio = booking.cancelKind === 'studio'
  const returned = await returnedBy(scene.sql, booking.id)
  // That is a rule's word for it, not what staff typed; and a class that was called off later did not end it.
  const isMoved = byStudio && returned.reason === overlapReason
  // A 1:1 goes with its only booking: its end says nothing that the booking's does not.
  if (byStudio && !isMoved && card.status === 'cancelled' && card.kind === 'class') {
    return [telling(booking.userId, 'session-cancelled', { ...facts, had: 'booking', creditsReturned: returned.credits, reason: returned.reason })]
  }
  const receipt = { creditsReturned: returned.credits, creditsKept: booking.creditsUsed, ...bookedFor(returned.facts, card) }
  const why = isMoved ? { reason: null, movedOnto: inTheWay(returned.facts.way) } : { reason: returned.reason, ...(await lateness(scene, booking, returned)) }
  return [telling(booking.userId, 'booking-cancelled', { ...facts, ...receipt, byStudio, ...why })]
}

type Receipt = Awaited<ReturnType<typeof returnedBy>>

/** The time they had booked, where the class has another by now. An early receipt knows its start only. */
function bookedFor({ startsAt, endsAt }: Receipt['facts'], card: Seat['card']): Pick<FactsOf['booking-cancelled'], 'bookedFor'> {
  if (startsAt === undefined) return {}
  const start = Temporal.Instant.from(startsAt)
  const end = endsAt ?? String(start.add(card.startsAt.until(card.endsAt)))
  return start.equals(card.startsAt) && end === String(card.endsAt) ? {} : { bookedFor: { startsAt, endsAt: end } }
}

const inTheWay = (way: string | undefined): InTheWay => (way === 'booked' || way === 'held' || way === 'taught' ? way : 'other')

/** Why not everything comes back, and what it costs besides: by the bounds that it was decided with. */
async function lateness(scene: Scene, booking: Seat['booking'], { rule, facts }: Receipt): Promise<Pick<FactsOf['booking-cancelled'], 'late' | 'penalties'>> {
  const { fullReturnHours, halfReturnHours, halfReturnPercent } = facts
  if (rule === 'cancel-half' && booking.creditsUsed > 0 && fullReturnHours !== undefined && halfReturnPercent !== undefined) {
    return { late: { kind: 'part', hours: fullReturnHours, percent: halfReturnPercent } }
  }
  if (rule !== 'cancel-none' || halfReturnHours === undefined) return {}
  const penalties = await lateCancelPenalties(scene, booking)
  return booking.creditsUsed > 0 || penalties.length > 0 ? { late: { kind: 'none', hours: halfReturnHours }, penalties } : {}
}

/** A spot from the waitlist: booked at once, or on offer. In the studio's quiet hours an offer is told when they end. */
export async function tellPromoted(scene: Scene, { bookingId, holdId }: EventFacts['waitlist.promoted']): Promise<Telling[]> {
  if (bookingId !== undefined) {
    const seat = await liveSeat(scene, bookingId as BookingId)
    return seat ? [telling(seat.booking.userId, 'waitlist-booked', await bookedFacts(scene, seat))] : []
  }
  const hold = await scene.read.hold(holdId as HoldId)
  const card = hold && (await scene.read.card(hold.sessionId))
  if (!card || hold.status !== 'active' || Temporal.Instant.compare(scene.now, hold.expiresAt) >= 0) return []
  const facts = { ...classFacts(card, scene.settings.current()), holdId, expiresAt: String(hold.expiresAt), creditsNeeded: creditsOf(hold) }
  return [telling(hold.userId, 'waitlist-offer', facts, hold.tellAt ?? null)]
}

function creditsOf({ quote }: SpotHold): number | null {
  return quote.find(option => option.method === 'credits')?.credits ?? null
}

// Long enough for whoever came and was overlooked to be marked after all, and for what it costs to be settled.
const noShowAfterMinutes = 15

/** Somebody did not come. What is held against them is read again when it is sent. */
export async function tellNoShow(scene: Scene, { bookingId }: EventFacts['booking.noshow']): Promise<Telling[]> {
  const seat = await seatOf(scene, bookingId as BookingId)
  if (seat?.booking.status !== 'no_show') return []
  return [telling(seat.booking.userId, 'no-show', await noShowFacts(scene, seat), scene.now.add({ minutes: noShowAfterMinutes }))]
}

/** What became of a standing place when its turn came. */
export async function tellStanding(scene: Scene, event: EventFacts['standing.decided']): Promise<Telling[]> {
  const [result, card] = await Promise.all([
    resultOf(scene.sql, event.standingId as StandingId, event.sessionId as SessionId),
    scene.read.card(event.sessionId as SessionId),
  ])
  if (!result || !card || Temporal.Instant.compare(scene.now, card.startsAt) >= 0) return []
  const nothing = { ...classFacts(card, scene.settings.current()), bookingId: null, qrToken: null, creditsUsed: 0, freeUntil: null }
  const seat = result.bookingId ? await liveSeat(scene, result.bookingId) : undefined
  // Booked and cancelled again since: the cancellation says so.
  if (result.bookingId && !seat) return []
  const booked = seat ? { ...(await bookedFacts(scene, seat)), freeUntil: await freeUntilOf(scene, seat.booking) } : nothing
  const userId = event.userId as Telling['userId']
  return [telling(userId, 'standing-decided', { ...booked, outcome: result.outcome, reason: result.reason })]
}
