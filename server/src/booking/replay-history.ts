// What happened before the house was told of it, replayed through the rules that would have decided it, each at its own instant.
import type { LedgerLine, ReceiptDraft } from '../credits/decisions.ts'
import type { Lot } from '../credits/lots.ts'
import type { Debit } from '../credits/returns.rule.ts'
import { newId, type BookingId, type EntryId, type HoldId, type SessionId, type TemplateId, type UserId } from '../platform/ids.ts'
import type { SessionCard } from '../schedule/session-cards.ts'
import { inForce, type Settings } from '../schedule/settings.ts'
import { decideHold, hasPublicSpot, ownSpot } from './admission.rule.ts'
import type { BookingRow } from './bookings.ts'
import { decideConfirm } from './confirm.rule.ts'
import { asCancelled, considerCancellation, settlementOf } from './consider-cancellation.ts'
import type { SpotHold } from './holds.ts'
import { addHold, gatherMembers, type KnownMember } from './members.ts'
import { bookingOf, payBooking } from './pay-booking.ts'
import { decidePromotion } from './promotion.rule.ts'
import { openSpots, type Spots } from './spots.ts'
import type { WaitlistEntry } from './waitlist-entries.ts'

/** What a member did about a class. `book` is hold and confirm; of one who waits it accepts an offer. */
export interface Happening {
  at: Temporal.Instant
  did: 'hold' | 'book' | 'cancel' | 'wait' | 'attend' | 'miss'
  userId: UserId
  sessionId: SessionId
}

export interface Known {
  /** Classes that nobody has a part in yet. */
  classes: readonly SessionCard[]
  lots: readonly Lot[]
  settings: readonly Settings[]
  /** Until when it is told. */
  now: Temporal.Instant
}

type Ended = { endedAt: Temporal.Instant | null }

/** With the place at which it was joined, by which odds are counted. */
export type PastEntry = WaitlistEntry & Ended & { templateId: TemplateId; joinedPosition: number }

/** The rows that it all comes to. */
export interface Replayed {
  spots: Spots
  holds: Map<HoldId, SpotHold & Ended>
  bookings: Map<BookingId, BookingRow>
  entries: Map<EntryId, PastEntry>
  receipts: ReceiptDraft[]
  lines: LedgerLine[]
  /** Lots of returned credits that began on the way. */
  newLots: Lot[]
  /** Lots whose time a booking began. */
  activated: Lot[]
}

interface Stage extends Replayed {
  known: Known
  cards: Map<SessionId, SessionCard>
  memberOf(userId: UserId): KnownMember
  /** What each live booking was debited, beside the lot it came from. */
  debits: Map<BookingId, Debit[]>
  /** The live entry and booking of a member in a class. */
  waits: Map<string, EntryId>
  booked: Map<string, BookingId>
}

/** Replays what happened, told in the order of time. Throws the problem that a happening would have met: such a history is false. */
export function replayHistory(happenings: readonly Happening[], known: Known): Replayed {
  const stage: Stage = {
    known,
    cards: new Map(known.classes.map(card => [card.id, card])),
    memberOf: gatherMembers({ holds: [], bookings: [], lots: known.lots, blocks: [], teaching: [] }, known.now),
    // Each was open for booking when it was booked.
    spots: openSpots(known.classes.map(card => ({ ...card, status: 'published' }))),
    ...{ holds: new Map(), bookings: new Map(), entries: new Map(), receipts: [], lines: [], newLots: [], activated: [] },
    ...{ debits: new Map(), waits: new Map(), booked: new Map() },
  }
  for (const happening of happenings) acts[happening.did](stage, happening)
  closeQueues(stage)
  return stage
}

const acts: Record<Happening['did'], (stage: Stage, happening: Happening) => void> = {
  hold,
  book,
  cancel,
  wait,
  attend: (stage, happening) => turnUp(stage, happening, 'attended'),
  miss: (stage, happening) => turnUp(stage, happening, 'no_show'),
}

const nameOf = ({ userId, sessionId }: Happening) => `${userId} ${sessionId}`

function contradiction({ at, did, userId, sessionId }: Happening, why: string): Error {
  return new Error(`${userId} cannot ${did} in class ${sessionId} at ${at}: ${why}`)
}

function sessionOf({ spots }: Stage, happening: Happening) {
  const session = spots.session(happening.sessionId)
  if (!session) throw contradiction(happening, 'there is no such class')
  return session
}

/** Who waits takes the offer they got; everybody else asks at the door. */
function hold(stage: Stage, happening: Happening): SpotHold {
  const { at: now, userId, sessionId } = happening
  const session = sessionOf(stage, happening)
  const settings = inForce(stage.known.settings, now)
  const member = stage.memberOf(userId)
  const entry = stage.entries.get(stage.waits.get(nameOf(happening)) as EntryId)
  if (session.taken >= session.capacity) throw contradiction(happening, 'no spot is free')
  const decision = entry ? decidePromotion(member, { session, settings, now, mode: 'offer' }) : decideHold(member, { session, settings, now, nextReleaseAt: null })
  if (!('options' in decision)) throw contradiction(happening, JSON.stringify(decision))
  const { startsAt, endsAt } = session
  const made: SpotHold = {
    ...{ id: newId<HoldId>(), sessionId, userId, kind: entry ? 'offer' : 'public', status: 'active', startsAt, endsAt },
    ...{ expiresAt: decision.expiresAt, quote: decision.options, settingsVersion: settings.version, createdAt: now },
  }
  stage.holds.set(made.id, { ...made, endedAt: null })
  addHold(member, made)
  const leaves = entry ? -1 : 0
  stage.spots.change(sessionId, { taken: 1, waiting: leaves, waitlistLength: leaves })
  if (entry) stage.entries.set(entry.id, { ...entry, state: 'offered', holdId: made.id })
  return made
}

// As long as it takes to look at the price and tap again.
const confirmAfterSeconds = 40

function book(stage: Stage, happening: Happening): void {
  const { at: now, userId, sessionId } = happening
  const held = hold(stage, { ...happening, at: now.subtract({ seconds: confirmAfterSeconds }) })
  const member = stage.memberOf(userId)
  const settings = inForce(stage.known.settings, now)
  const [option] = held.quote
  if (!option) throw contradiction(happening, 'nothing pays for it')
  const payment = decideConfirm({ hold: held, bookingId: null, session: sessionOf(stage, happening), lots: member.lots, settings, now }, { method: option.method })
  const booking = bookingOf(held, payment, now)
  stage.debits.set(booking.id, payment.debits.flatMap(({ membershipId, credits }) => {
    const lot = member.lots.find(one => one.id === membershipId)
    return lot ? [{ lot, credits }] : []
  }))
  const className = stage.cards.get(sessionId)?.name
  const paid = payBooking(booking, { ...payment, lots: member.lots, className, timeZone: settings.timeZone, now })
  keep(stage, now, paid)
  stage.activated.push(...paid.activated)
  stage.holds.set(held.id, { ...held, status: 'confirmed', endedAt: now })
  stage.bookings.set(booking.id, booking)
  stage.booked.set(nameOf(happening), booking.id)
  commit(member, held.id, [{ kind: 'booking', id: booking.id, sessionId, startsAt: booking.startsAt, endsAt: booking.endsAt }])
  endWait(stage, happening, { state: 'accepted', endedAt: now })
}

function cancel(stage: Stage, happening: Happening): void {
  const { at: now, userId, sessionId } = happening
  const booking = bookingIn(stage, happening)
  const policy = stage.known.settings.find(settings => settings.version === booking.settingsVersion)
  if (!policy) throw contradiction(happening, `there is no version ${booking.settingsVersion} of the settings`)
  const considered = considerCancellation(booking, { debits: stage.debits.get(booking.id) ?? [], policy, now })
  const { receipt, returned } = settlementOf(considered, userId)
  keep(stage, now, { receipt, lines: returned.lines })
  stage.newLots.push(...returned.newLots)
  stage.bookings.set(booking.id, asCancelled(considered))
  stage.booked.delete(nameOf(happening))
  stage.spots.change(sessionId, { taken: -1 })
  const member = stage.memberOf(userId)
  member.lots.push(...returned.newLots)
  commit(member, booking.id, [])
}

function wait(stage: Stage, happening: Happening): void {
  const { at: createdAt, userId, sessionId } = happening
  const session = sessionOf(stage, happening)
  const hasPart = stage.waits.has(nameOf(happening)) || ownSpot(stage.memberOf(userId), session) !== undefined
  const settings = inForce(stage.known.settings, createdAt)
  if (hasPart || hasPublicSpot({ session, settings, now: createdAt })) throw contradiction(happening, 'they have a part in it, or could have a spot')
  const id = newId<EntryId>()
  stage.spots.change(sessionId, { waiting: 1, waitlistLength: 1 })
  const joined = { id, sessionId, userId, createdAt, templateId: session.templateId, joinedPosition: session.waitlistLength }
  stage.entries.set(id, { ...joined, state: 'waiting', passedOverReason: null, holdId: null, offersExpired: 0, asleepUntil: null, endedAt: null })
  stage.waits.set(nameOf(happening), id)
}

function turnUp(stage: Stage, happening: Happening, status: 'attended' | 'no_show'): void {
  const booking = bookingIn(stage, happening)
  stage.bookings.set(booking.id, { ...booking, status })
}

function bookingIn(stage: Stage, happening: Happening): BookingRow {
  const booking = stage.bookings.get(stage.booked.get(nameOf(happening)) as BookingId)
  if (!booking) throw contradiction(happening, 'they have no booking there')
  return booking
}

/** Puts something else in the place of a hold or a booking among what the member is committed to. */
function commit(member: KnownMember, ended: HoldId | BookingId, instead: KnownMember['commitments']): void {
  member.holds.delete(ended as HoldId)
  member.commitments = [...member.commitments.filter(({ id }) => id !== ended), ...instead]
}

function keep(stage: Stage, at: Temporal.Instant, { receipt, lines }: { receipt: ReceiptDraft; lines: readonly LedgerLine[] }): void {
  stage.receipts.push({ ...receipt, decidedAt: at })
  stage.lines.push(...lines.map(line => ({ ...line, createdAt: at })))
}

function endWait(stage: Stage, happening: Happening, end: { state: WaitlistEntry['state']; endedAt: Temporal.Instant }): void {
  const entry = stage.entries.get(stage.waits.get(nameOf(happening)) as EntryId)
  if (!entry) return
  stage.entries.set(entry.id, { ...entry, ...end })
  stage.waits.delete(nameOf(happening))
}

/** Whoever still waits when a class begins waits no longer. */
function closeQueues(stage: Stage): void {
  for (const entry of stage.entries.values()) {
    const { startsAt } = stage.spots.session(entry.sessionId) ?? { startsAt: stage.known.now }
    const isOver = Temporal.Instant.compare(startsAt, stage.known.now) <= 0
    if (entry.state !== 'waiting' || !isOver) continue
    stage.entries.set(entry.id, { ...entry, state: 'closed', endedAt: startsAt })
    stage.spots.change(entry.sessionId, { waiting: -1, waitlistLength: -1 })
  }
}
