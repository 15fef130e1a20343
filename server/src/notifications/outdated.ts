// Just before a message goes out: whether what it says is still so, and what of it has to be read anew.
import { seatedIn, whoIsIn } from '../booking/affected.ts'
import { isBlockLive } from '../credits/blocks.ts'
import { adminIds } from '../identity/users.ts'
import type { BlockId, BookingId, HoldId, SessionId } from '../platform/ids.ts'
import { classFacts, seatOf, type Scene } from './class-facts.ts'
import type { FactsOf, MessageFacts, MessageKind } from './message-kinds.ts'
import { lastSent, type Message } from './messages.ts'
import { noShowFacts } from './no-show-facts.ts'
import { differences } from './tell-of-classes.ts'
import { stillExpires, stillUnblocked } from './tell-of-credits.ts'

/** The facts to say, or null when there is nothing left to say. */
type Check<K extends MessageKind> = (scene: Scene, facts: FactsOf[K], row: Row) => Promise<FactsOf[K] | null>
type Row = Pick<Message, 'kind' | 'facts' | 'userId' | 'reason'>

const checks: { [K in MessageKind]: Check<K> } = {
  'booking-confirmed': booked,
  'waitlist-booked': booked,
  'reminder-day': reminded,
  'reminder-hour': reminded,
  'waitlist-offer': offered,
  'session-changed': changed,
  'session-cancelled': calledOff,
  'session-on-again': onAgain,
  'no-show': absent,
  'standing-decided': decided,
  // What was given back is a receipt: it stays true.
  'booking-cancelled': (_, facts) => Promise.resolve(facts),
  'credit-expiring': async (scene, facts) => ((await stillExpires(scene, facts)) ? facts : null),
  // To whoever still is an admin; of what it says only webhooks know more.
  'webhook-paused': async ({ sql }, facts, { userId }) => ((await adminIds(sql)).includes(userId) ? facts : null),
  'block-began': async ({ sql, now }, facts) => ((await isBlockLive(sql, facts.blockId as BlockId, now)) ? facts : null),
  'block-ended': async (scene, facts, { userId }) => ((await stillUnblocked(scene, facts, userId)) ? facts : null),
}

/** The message's facts as they are to be said now; null when they are outdated. */
export function factsNow(scene: Scene, row: Row): Promise<MessageFacts | null> {
  return (checks[row.kind] as Check<MessageKind>)(scene, row.facts, row)
}

const isPast = ({ now }: Scene, instant: string) => Temporal.Instant.compare(Temporal.Instant.from(instant), now) <= 0

/** Whoever is not booked any more heard of that; a class that was moved meanwhile is told as it is. */
async function booked(scene: Scene, facts: FactsOf['booking-confirmed']): Promise<FactsOf['booking-confirmed'] | null> {
  const seat = await seatOf(scene, facts.bookingId as BookingId)
  if (seat?.booking.status !== 'confirmed' || isPast(scene, String(seat.card.endsAt))) return null
  const { startsAt, endsAt, trainerName, version } = classFacts(seat.card, scene.settings.current())
  const isSame = startsAt === facts.startsAt && endsAt === facts.endsAt && trainerName === facts.trainerName
  // A class has a new version with each booking: of that alone there is nothing new to say.
  return isSame ? facts : { ...facts, startsAt, endsAt, trainerName, version }
}

/** For this start only, and never once it has come. */
async function reminded(scene: Scene, facts: FactsOf['reminder-day']): Promise<FactsOf['reminder-day'] | null> {
  const seat = await seatOf(scene, facts.bookingId as BookingId)
  const goesOn = seat?.booking.status === 'confirmed' && seat.card.status === 'published' && String(seat.card.startsAt) === facts.startsAt
  return goesOn && !isPast(scene, facts.startsAt) ? facts : null
}

async function offered(scene: Scene, facts: FactsOf['waitlist-offer']): Promise<FactsOf['waitlist-offer'] | null> {
  const hold = await scene.read.hold(facts.holdId as HoldId)
  return hold?.status === 'active' && !isPast(scene, String(hold.expiresAt)) ? { ...facts, expiresAt: String(hold.expiresAt) } : null
}

/** From what they were really told last: what was to be said in between may have been overtaken while it was on its way. */
async function changed(scene: Scene, facts: FactsOf['session-changed'], row: Row): Promise<FactsOf['session-changed'] | null> {
  if (isPast(scene, facts.startsAt)) return null
  const card = await scene.read.card(facts.sessionId as SessionId)
  if (card?.status !== 'published' || String(card.startsAt) !== facts.startsAt) return null
  const booking = facts.bookingId === null ? undefined : await scene.read.booking(facts.bookingId as BookingId)
  const sent = await lastSent(scene.sql, card.id, row)
  const was = sent ? differences(sent, facts) : facts.was
  return booking?.status === 'cancelled' || Object.keys(was).length === 0 ? null : { ...facts, was }
}

/** A class that takes place after all was not called off, and once it would be over nobody needs to stay away. */
async function calledOff(scene: Scene, facts: FactsOf['session-cancelled']): Promise<FactsOf['session-cancelled'] | null> {
  const card = await scene.read.card(facts.sessionId as SessionId)
  // With a booking it is a receipt, too.
  return card?.status === 'cancelled' && (facts.bookingId !== null || !isPast(scene, facts.endsAt)) ? facts : null
}

/** Called off again, or booked again meanwhile: nobody is asked to do what they did. */
async function onAgain(scene: Scene, facts: FactsOf['session-on-again'], { userId }: Row): Promise<FactsOf['session-on-again'] | null> {
  const card = await scene.read.card(facts.sessionId as SessionId)
  if (card?.status !== 'published' || isPast(scene, String(card.startsAt))) return null
  const isBack = whoIsIn(await seatedIn(scene.sql, [card.id])).includes(userId)
  return isBack ? null : { ...facts, ...classFacts(card, scene.settings.current()) }
}

async function absent(scene: Scene, facts: FactsOf['no-show']): Promise<FactsOf['no-show'] | null> {
  const seat = await seatOf(scene, facts.bookingId as BookingId)
  return seat?.booking.status === 'no_show' ? noShowFacts(scene, seat) : null
}

async function decided(scene: Scene, facts: FactsOf['standing-decided']): Promise<FactsOf['standing-decided'] | null> {
  if (isPast(scene, facts.startsAt)) return null
  const booking = facts.bookingId === null ? undefined : await scene.read.booking(facts.bookingId as BookingId)
  return booking?.status === 'cancelled' ? null : facts
}
