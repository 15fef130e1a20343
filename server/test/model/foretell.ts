// What the model says each step comes to: `ok` or the code of the refusal, and what is true afterwards.
import { bookIn } from './book-in.ts'
import { dueIn, goesBack, hasSpotWithout } from './due.ts'
import { hour } from './night.ts'
import { asleep, freeAfterOffer, lateJoin, type ModelEntry, type Studio } from './studio.ts'
import type { Deed, Step } from './steps.ts'

/** `not now` is a step that names nothing: there is no such hold, booking or way, and the real studio is not asked. */
type Outcome = string

const rules: Record<Deed, (studio: Studio, step: Step) => Outcome> = {
  hold,
  confirm,
  release,
  cancel,
  'book in': bookIn,
  join,
  leave,
  settle,
  capacity,
  grant,
  'call off': callOff,
  'call on again': callOnAgain,
  'move on': moveOn,
  sweep,
  wait(studio, { amount }) {
    studio.now += amount * 60_000
    return 'ok'
  },
}

export function foretell(studio: Studio, step: Step): Outcome {
  return rules[step.deed](studio, step)
}

/** What keeps a class from being booked at all. */
function unbookable(studio: Studio, session: number): string | undefined {
  const { status, startsAt } = studio.session(session)
  if (status === 'cancelled' || status === 'completed') return 'session-not-bookable'
  return studio.now >= startsAt ? 'booking-closed' : undefined
}

function hold(studio: Studio, { member, session }: Step): Outcome {
  studio.releaseDue(session)
  if (studio.hold(member, session)) return 'ok'
  if (studio.booking(member, session) && !isOver(studio, session)) return 'already-booked'
  const no = unbookable(studio, session)
  if (no) return no
  if (!studio.hasPublicSpot(session)) return isHeld(studio, session) ? 'session-held' : 'session-full'
  if (studio.strikes.isBlocked(member, studio.now)) return 'member-blocked'
  if (studio.isAtHoldCap(member)) return 'too-many-holds'
  if (studio.overlaps(member, session)) return 'overlapping-booking'
  const made = studio.newHold(member, session)
  if (!made) return 'insufficient-credits'
  studio.dequeue(member, session)
  studio.setHold(member, session, made)
  return 'ok'
}

/** A booking of a class that is over is looked up no more: the class itself says no. */
const isOver = (studio: Studio, session: number) => studio.now >= studio.session(session).endsAt

function isHeld(studio: Studio, session: number): boolean {
  const mayFree = studio.members.some((_, at) => studio.hold(at, session)?.kind === 'public')
  return mayFree && studio.claims(session) === 0
}

function confirm(studio: Studio, { member, session, amount }: Step): Outcome {
  const held = studio.hold(member, session)
  if (!held) return 'not now'
  if (!studio.isLive(held)) return 'hold-expired'
  const byMembership = amount === 1
  if (byMembership ? !held.membership : held.credits === null) return 'insufficient-credits'
  const debits = byMembership ? [] : studio.spend(member, session, held.credits as number)
  if (!debits) return 'insufficient-credits'
  studio.setHold(member, session, null)
  const freeUntil = held.kind === 'offer' ? Math.min(studio.now + freeAfterOffer, studio.session(session).startsAt) : 0
  studio.setBooking(member, session, { debits, freeUntil, byMembership })
  return 'ok'
}

function release(studio: Studio, { member, session }: Step): Outcome {
  const held = studio.hold(member, session)
  if (!held) return 'not now'
  if (!studio.isLive(held)) return 'hold-expired'
  studio.setHold(member, session, null)
  studio.happened.push({ session, member })
  return 'ok'
}

const severity = ['full', 'half', 'none']

function cancel(studio: Studio, { member, session, amount }: Step): Outcome {
  const booking = studio.booking(member, session)
  if (!booking) return 'not now'
  const left = studio.session(session).startsAt - studio.now
  if (left <= 0) return 'booking-not-cancellable'
  const now = left > 24 * hour || studio.now < booking.freeUntil ? 0 : left >= 12 * hour ? 1 : 2
  // 3 expects nothing.
  if (amount < 3 && now > severity.indexOf(expectation(amount))) return 'consequence-changed'
  const paid = booking.debits.reduce((sum, debit) => sum + debit.credits, 0)
  if (now === 2 && booking.byMembership) studio.strikes.give(member, studio.now)
  studio.giveBack(member, booking, now === 0 ? paid : now === 1 ? Math.ceil(paid / 2) : 0)
  studio.setBooking(member, session, null)
  studio.happened.push({ session, member })
  return 'ok'
}

export const expectation = (amount: number): 'full' | 'half' | 'none' => severity[amount] as 'full' | 'half' | 'none'

function join(studio: Studio, { member, session }: Step): Outcome {
  // A refusal rolls back what it released on its way.
  const due = dueIn(studio, session)
  if (studio.isLive(studio.hold(member, session))) return 'already-held'
  if (studio.booking(member, session) && !isOver(studio, session)) return 'already-booked'
  if (studio.entry(member, session) || due.some(one => one.member === member && goesBack(one))) return 'already-waiting'
  const no = unbookable(studio, session)
  if (no) return no === 'booking-closed' ? 'waitlist-closed' : no
  if (hasSpotWithout(studio, session, due)) return 'session-not-full'
  if (studio.strikes.isBlocked(member, studio.now)) return 'member-blocked'
  studio.releaseDue(session)
  studio.enqueue(session, { member, rank: studio.now, order: ++studio.joined, passedOver: null, offersExpired: 0, asleepUntil: null })
  return 'ok'
}

function leave(studio: Studio, { member, session }: Step): Outcome {
  const held = studio.hold(member, session)
  if (held?.kind === 'offer') {
    studio.setHold(member, session, null)
    studio.happened.push({ session, member })
    return 'ok'
  }
  return studio.dequeue(member, session) ? 'ok' : 'not-found'
}

function settle(studio: Studio): Outcome {
  for (let event = studio.happened.shift(); event; event = studio.happened.shift()) {
    const { session, member } = event
    const passedOver = studio.sessions.flatMap((_, at) => (member !== undefined && studio.entry(member, at)?.passedOver ? at : []))
    const touched = [...new Set([...(session === undefined ? [] : [session]), ...passedOver])]
    for (const at of touched.sort((a, b) => a - b)) promote(studio, at, member === undefined ? [] : [member])
  }
  return 'ok'
}

/** Offers until nothing is free or nobody can be served; `again` is asked anew even when nothing is free. */
function promote(studio: Studio, session: number, again: readonly number[]): void {
  if (studio.queue(session).length > 0) studio.releaseDue(session)
  const { status, startsAt } = studio.session(session)
  if (status !== 'published' && status !== 'in_progress') return
  // Since the start only spots of those who did not come are handed on, and nobody is marked so here.
  const isOn = studio.now < startsAt ? status === 'published' && studio.isBeforeCutoff(session) : studio.now < startsAt + lateJoin
  if (!isOn) return
  for (const entry of [...studio.queue(session)]) {
    const isFree = studio.now < startsAt && studio.taken(session) < studio.session(session).capacity
    const sleeps = entry.passedOver === asleep && entry.asleepUntil !== null && studio.now < entry.asleepUntil
    if (!sleeps && (isFree || again.includes(entry.member))) serve(studio, session, entry, isFree)
  }
}

/** What time does by itself: spots of holds past their end, people who wake, and lists that nobody gets into any more. */
function sweep(studio: Studio): Outcome {
  studio.releaseDue(...studio.sessions.keys())
  for (const [session] of studio.sessions.entries()) {
    const woken = studio.queue(session).filter(entry => entry.asleepUntil !== null && entry.asleepUntil <= studio.now)
    if (woken.length > 0) promote(studio, session, woken.map(entry => entry.member))
    for (const entry of studio.queue(session)) if (entry.asleepUntil !== null && entry.asleepUntil <= studio.now) entry.asleepUntil = null
  }
  for (const [session, { startsAt }] of studio.sessions.entries()) {
    if (studio.now >= startsAt + lateJoin) studio.queue(session).length = 0
  }
  return 'ok'
}

function serve(studio: Studio, session: number, entry: ModelEntry, isFree: boolean): void {
  const { member } = entry
  if (studio.strikes.isBlocked(member, studio.now)) passOver(entry, 'member-blocked')
  else if (studio.overlaps(member, session)) passOver(entry, 'overlapping-booking')
  else if (!studio.quote(member, session)) passOver(entry, 'insufficient-credits')
  else if (isFree) studio.offer(session, entry)
  else if (entry.passedOver !== null) passOver(entry, null)
}

function passOver(entry: ModelEntry, reason: string | null): void {
  if (entry.passedOver !== reason) entry.asleepUntil = null
  entry.passedOver = reason
}

function capacity(studio: Studio, { session, amount }: Step): Outcome {
  const of = studio.session(session)
  if (amount === of.capacity) return 'ok'
  if (of.status === 'cancelled' || of.status === 'completed' || studio.now >= of.endsAt) return 'session-state'
  if (amount < studio.taken(session)) return 'capacity-below-taken'
  of.capacity = amount
  studio.happened.push({ session })
  return 'ok'
}

function callOff(studio: Studio, { session }: Step): Outcome {
  const of = studio.session(session)
  if (of.status === 'cancelled') return 'ok'
  if (of.status === 'completed' || studio.now >= of.endsAt) return 'session-state'
  of.status = 'cancelled'
  for (const [member] of studio.members.entries()) {
    const booking = studio.booking(member, session)
    if (booking) studio.giveBack(member, booking, booking.debits.reduce((sum, debit) => sum + debit.credits, 0))
    if (booking || studio.hold(member, session)) studio.happened.push({ session, member })
    studio.setBooking(member, session, null)
    studio.setHold(member, session, null)
    studio.dequeue(member, session)
  }
  return 'ok'
}

function callOnAgain(studio: Studio, { session }: Step): Outcome {
  const of = studio.session(session)
  if (of.status === 'published') return 'ok'
  if (of.status !== 'cancelled' || studio.now >= of.startsAt) return 'session-state'
  of.status = 'published'
  return 'ok'
}

function grant(studio: Studio, { member, amount }: Step): Outcome {
  studio.members[member]?.push({ balance: amount, validUntil: studio.now + 90 * 24 * hour })
  studio.happened.push({ member })
  return 'ok'
}

function moveOn(studio: Studio): Outcome {
  for (const session of studio.sessions) {
    if (session.status === 'published' && studio.now >= session.startsAt) session.status = 'in_progress'
    if (session.status === 'in_progress' && studio.now >= session.endsAt) session.status = 'completed'
  }
  return 'ok'
}
