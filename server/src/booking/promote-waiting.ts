// A freed spot is handed on: under the session's lock, until nothing is free or nobody can be served.
import { liveBlocks } from '../credits/blocks.ts'
import { lockLots, spendableLots } from '../credits/lots.ts'
import { lockMembers } from '../identity/lock-members.ts'
import type { Database } from '../platform/db.ts'
import { newId, type BookingId, type EntryId, type HoldId, type UserId } from '../platform/ids.ts'
import type { Tx } from '../platform/tx.ts'
import type { ClassSession } from '../schedule/class-sessions.ts'
import { readTemplate, type ClassTemplate } from '../schedule/class-templates.ts'
import { newestSettings, type Settings, type SettingsStore } from '../schedule/settings.ts'
import { teachingAmong } from '../schedule/teaching.ts'
import { bookOutright } from './book-outright.ts'
import { liveBookingsOf } from './bookings.ts'
import { looksBack } from './caps.rule.ts'
import { dueHolds, releaseDue } from './due-holds.ts'
import { insertHolds, liveHoldsOf, type SpotHold } from './holds.ts'
import { keepHolds } from './kept-holds.ts'
import { addHold, gatherMembers, type KnownMember } from './members.ts'
import { missedSpots, releaseMissed, type MissedSpots } from './no-shows.ts'
import { decidePromotion, handsOn, type Offer } from './promotion.rule.ts'
import type { Spots } from './spots.ts'
import { endEntries, isAwake, offerEntries, passOverEntries, queueAfter, type QueuedEntry } from './waitlist-entries.ts'

export interface PromotionHouse {
  db: Database
  settings: SettingsStore
}

interface Round {
  tx: Tx
  spots: Spots
  session: ClassSession
  template: ClassTemplate | undefined
  settings: Settings
  /** Since the start only what no-shows left is handed on; null before it. */
  missed: MissedSpots | null
  /** Members whose pass-over reason may have gone: asked again even when nothing is free. */
  reconsidered: ReadonlySet<UserId>
  offers: { entryId: EntryId; holdId: HoldId; asleepUntil: Temporal.Instant | null }[]
  reasons: { entryId: EntryId; reason: string | null }[]
  made: SpotHold[]
  booked: EntryId[]
  released: BookingId[]
}

// Whoever is looked at is locked: most freed spots go to the first in line, and a queue of people who cannot be served is still walked fast.
const spare = 4
const chunkMax = 100

/**
 * Hands on the free spots of one locked session in the order of the queue, as offers or, where the template says so, as
 * bookings; whoever is blocked, overlaps or cannot pay is passed over. `spots` holds the locked row; the caller writes its counts.
 */
export async function promoteWaiting(
  tx: Tx,
  house: PromotionHouse,
  spots: Spots,
  of: { session: ClassSession; reconsidered: ReadonlySet<UserId> },
): Promise<void> {
  const { session } = of
  if (session.waitlistLength === 0) return
  releaseDue(tx, spots, await dueHolds(tx.sql, [session.id], house.db.clock.expression(tx.sql)))
  const [{ newest }] = await newestSettings(tx.sql)
  const settings = await house.settings.at(newest, tx.now)
  const what = handsOn({ session, settings, now: tx.now })
  if (what === 'nothing') return
  const template = await readTemplate(tx.sql, session.templateId)
  const missed = what === 'no-shows' ? await missedSpots(tx.sql, session.id) : null
  const round: Round = { ...of, tx, spots, template, settings, missed, offers: [], reasons: [], made: [], booked: [], released: [] }
  let after: QueuedEntry | undefined
  let limit = of.reconsidered.size > 0 ? chunkMax : Math.min(chunkMax, freeSpots(round) + spare)
  do {
    const chunk: QueuedEntry[] = await queueAfter(tx.sql, { sessionId: session.id, after, limit })
    await serve(round, chunk)
    after = chunk.length === limit ? chunk.at(-1) : undefined
    limit = chunkMax
  } while (after && (isFree(round) || of.reconsidered.size > 0))
  write(round)
}

function write({ tx, made, offers, booked, reasons, released }: Round): void {
  if (made.length > 0) {
    tx.send(insertHolds(tx.sql, made))
    keepHolds(tx, made)
  }
  if (offers.length > 0) tx.send(offerEntries(tx.sql, offers))
  if (booked.length > 0) tx.send(endEntries(tx.sql, { ids: booked, state: 'accepted', now: tx.now }))
  if (reasons.length > 0) tx.send(passOverEntries(tx.sql, reasons))
  if (released.length > 0) tx.send(releaseMissed(tx.sql, released, tx.now))
}

function freeSpots({ session, missed }: Round): number {
  const room = session.capacity - session.taken
  return missed ? Math.min(missed.free, room) + missed.keeping.length : room
}

const isFree = (round: Round) => freeSpots(round) > 0

/** Since the start: what a no-show left before, else a no-show gives up their spot now. */
function takeMissed({ missed, released, spots, session }: Round): void {
  if (!missed) return
  if (missed.free > 0 && session.taken < session.capacity) {
    missed.free -= 1
    return
  }
  const bookingId = missed.keeping.shift()
  if (!bookingId) throw new Error(`nothing is free in session ${session.id}`)
  released.push(bookingId)
  spots.change(session.id, { taken: -1 })
}

async function serve(round: Round, chunk: readonly QueuedEntry[]): Promise<void> {
  const { now } = round.tx
  const asked = chunk.filter(entry => (isFree(round) || round.reconsidered.has(entry.userId)) && isAwake(entry, now))
  if (asked.length === 0) return
  const memberOf = await membersOf(round, asked.map(entry => entry.userId))
  for (const entry of asked) {
    const mayServe = isFree(round)
    if (!mayServe && !round.reconsidered.has(entry.userId)) continue
    const member = memberOf(entry.userId)
    const { session, settings, template } = round
    const decision = decidePromotion(member, { session, settings, now, mode: template?.waitlistMode ?? 'offer' })
    if (decision.outcome === 'passed-over') passOver(round, entry, decision.reason)
    else if (!mayServe) countAgain(round, entry)
    else if (decision.outcome === 'book') book(round, { entry, member, freeCancelUntil: decision.freeCancelUntil })
    else offer(round, { entry, member, decision })
  }
}

/** Locks whoever is asked; where they may be booked at once, what they pay with too. */
async function membersOf({ tx: { sql, now }, template, settings }: Round, userIds: readonly UserId[]): Promise<(userId: UserId) => KnownMember> {
  const members = await lockMembers(sql, userIds)
  const instant = sql`${now}::timestamptz`
  const [holds, bookings, lots, blocks, teaching] = await Promise.all([
    liveHoldsOf(sql, userIds),
    liveBookingsOf(sql, userIds, instant, looksBack(settings)),
    template?.waitlistMode === 'auto' ? lockLots(sql, userIds) : spendableLots(sql, userIds),
    liveBlocks(sql, userIds, instant),
    teachingAmong(sql, members, instant),
  ])
  return gatherMembers({ holds, bookings, lots, blocks, teaching }, now)
}

function passOver(round: Round, entry: QueuedEntry, reason: string): void {
  if (entry.passedOverReason === reason) return
  round.reasons.push({ entryId: entry.id, reason })
  if (entry.passedOverReason === null) round.spots.change(round.session.id, { waiting: -1 })
  const { id: entryId, sessionId, userId } = entry
  round.tx.emit('waitlist.passed-over', { entryId, sessionId, userId, version: round.session.version, reason })
  round.tx.audit({ entityType: 'waitlist_entry', entityId: entryId, action: 'passed-over', details: { sessionId, userId, reason } })
}

/** The reason has gone, but nothing is free: the entry claims the next spot again. */
function countAgain(round: Round, entry: QueuedEntry): void {
  if (entry.passedOverReason === null) return
  round.reasons.push({ entryId: entry.id, reason: null })
  round.spots.change(round.session.id, { waiting: 1 })
}

/** The entry has a spot now: nothing of it waits any more. */
function leaveQueue(round: Round, entry: QueuedEntry): void {
  takeMissed(round)
  round.spots.change(entry.sessionId, { waiting: entry.passedOverReason === null ? -1 : 0, waitlistLength: -1 })
}

function offer(round: Round, to: { entry: QueuedEntry; member: KnownMember; decision: Offer }): void {
  const { session, settings, tx } = round
  const { id: entryId, userId } = to.entry
  const { startsAt, endsAt, id: sessionId } = session
  const { expiresAt, tellAt, asleepUntil, options } = to.decision
  const hold: SpotHold = {
    ...{ id: newId<HoldId>(), sessionId, userId, kind: 'offer', status: 'active', startsAt, endsAt },
    ...{ expiresAt, tellAt, quote: options, settingsVersion: settings.version, createdAt: tx.now },
  }
  addHold(to.member, hold)
  round.made.push(hold)
  round.offers.push({ entryId, holdId: hold.id, asleepUntil })
  leaveQueue(round, to.entry)
  round.spots.change(sessionId, { taken: 1 })
  const of = { sessionId, userId, version: session.version, holdId: hold.id, expiresAt: String(expiresAt) }
  tx.emit('hold.created', { ...of, kind: 'offer' })
  announce(round, to.entry, of)
}

function book(round: Round, to: { entry: QueuedEntry; member: KnownMember; freeCancelUntil: Temporal.Instant }): void {
  const { session, settings, tx, template, spots } = round
  const { userId, sessionId } = to.entry
  const { lots } = to.member
  leaveQueue(round, to.entry)
  const { booking } = bookOutright(tx, spots, {
    ...{ session, userId, kind: 'auto', lots, settings, className: template?.name },
    ...{ means: { method: 'any' }, freeCancelUntil: to.freeCancelUntil },
  })
  to.member.commitments.push({ kind: 'booking', ...booking })
  round.booked.push(to.entry.id)
  const { version } = session
  announce(round, to.entry, { sessionId, userId, version, holdId: booking.holdId, bookingId: booking.id, expiresAt: String(tx.now) })
}

interface Promoted {
  sessionId: string
  userId: string
  version: number
  holdId: string
  expiresAt: string
  /** Set when the spot was booked at once. */
  bookingId?: string
}

function announce({ tx }: Round, { id: entryId }: QueuedEntry, promoted: Promoted): void {
  tx.emit('waitlist.promoted', { ...promoted, entryId })
  tx.audit({ entityType: 'waitlist_entry', entityId: entryId, action: 'promoted', details: { ...promoted } })
}
