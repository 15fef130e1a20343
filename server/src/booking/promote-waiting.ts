// A freed spot is handed on: under the session's lock, offers are made until nothing is free or nobody can be served.
import { spendableLots } from '../credits/lots.ts'
import { lockMembers } from '../identity/lock-members.ts'
import type { Database } from '../platform/db.ts'
import { newId, type EntryId, type HoldId, type UserId } from '../platform/ids.ts'
import type { Tx } from '../platform/tx.ts'
import type { ClassSession } from '../schedule/class-sessions.ts'
import { newestSettings, type Settings, type SettingsStore } from '../schedule/settings.ts'
import { liveBookingsOf } from './bookings.ts'
import { dueHolds, releaseDue } from './due-holds.ts'
import { insertHolds, liveHoldsOf, type SpotHold } from './holds.ts'
import { addHold, gatherMembers, type KnownMember } from './members.ts'
import { decideOffer, isOffering, type OfferDecision } from './promotion.rule.ts'
import type { Spots } from './spots.ts'
import { offerEntries, passOverEntries, queueAfter, type QueuedEntry } from './waitlist-entries.ts'

export interface PromotionHouse {
  db: Database
  settings: SettingsStore
}

interface Round {
  tx: Tx
  spots: Spots
  session: ClassSession
  settings: Settings
  /** Members whose pass-over reason may have gone: asked again even when nothing is free. */
  reconsidered: ReadonlySet<UserId>
  offers: { entryId: EntryId; holdId: HoldId }[]
  reasons: { entryId: EntryId; reason: string | null }[]
  made: SpotHold[]
}

// Enough to serve most freed spots in one look, few enough to lock briefly.
const chunkMax = 100

/**
 * Makes offers in one locked session, in the order of the queue, passing over whoever overlaps or cannot pay.
 * `spots` holds the session's locked row; the caller writes its counts.
 */
export async function promoteWaiting(
  tx: Tx,
  house: PromotionHouse,
  spots: Spots,
  of: { session: ClassSession; reconsidered: ReadonlySet<UserId> },
): Promise<void> {
  const { session } = of
  releaseDue(tx, spots, await dueHolds(tx.sql, [session.id], house.db.clock.expression(tx.sql)))
  if (!isOffering(session, tx.now) || session.waitlistLength === 0) return
  const [{ newest }] = await newestSettings(tx.sql)
  const settings = await house.settings.at(newest, tx.now)
  const round: Round = { ...of, tx, spots, settings, offers: [], reasons: [], made: [] }
  let after: QueuedEntry | undefined
  do {
    const chunk: QueuedEntry[] = await queueAfter(tx.sql, { sessionId: session.id, after, limit: chunkMax })
    await serve(round, chunk)
    after = chunk.length === chunkMax ? chunk.at(-1) : undefined
  } while (after && (isFree(session) || of.reconsidered.size > 0))
  if (round.made.length > 0) tx.send(insertHolds(tx.sql, round.made))
  if (round.offers.length > 0) tx.send(offerEntries(tx.sql, round.offers))
  if (round.reasons.length > 0) tx.send(passOverEntries(tx.sql, round.reasons))
}

const isFree = (session: ClassSession) => session.taken < session.capacity

async function serve(round: Round, chunk: readonly QueuedEntry[]): Promise<void> {
  const asked = chunk.filter(entry => isFree(round.session) || round.reconsidered.has(entry.userId))
  if (asked.length === 0) return
  const userIds = asked.map(entry => entry.userId)
  const { sql, now } = round.tx
  await lockMembers(sql, userIds)
  const instant = sql`${now}::timestamptz`
  const [holds, bookings, lots] = await Promise.all([
    liveHoldsOf(sql, userIds),
    liveBookingsOf(sql, userIds, instant),
    spendableLots(sql, userIds),
  ])
  const memberOf = gatherMembers({ holds, bookings, lots }, now)
  for (const entry of asked) {
    const mayServe = isFree(round.session)
    if (!mayServe && !round.reconsidered.has(entry.userId)) continue
    const member = memberOf(entry.userId)
    const decision = decideOffer(member, { session: round.session, settings: round.settings, now })
    if (decision.passedOver !== null) passOver(round, entry, decision.passedOver)
    else if (mayServe) offer(round, { entry, member, decision })
    else countAgain(round, entry)
  }
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

function offer(round: Round, to: { entry: QueuedEntry; member: KnownMember; decision: OfferDecision & { passedOver: null } }): void {
  const { session, settings, tx } = round
  const { id: entryId, userId } = to.entry
  const { startsAt, endsAt, id: sessionId } = session
  const hold: SpotHold = {
    ...{ id: newId<HoldId>(), sessionId, userId, kind: 'offer', status: 'active', startsAt, endsAt },
    ...{ expiresAt: to.decision.expiresAt, quote: to.decision.options, settingsVersion: settings.version, createdAt: tx.now },
  }
  addHold(to.member, hold)
  round.made.push(hold)
  round.offers.push({ entryId, holdId: hold.id })
  round.spots.change(sessionId, { taken: 1, waiting: to.entry.passedOverReason === null ? -1 : 0, waitlistLength: -1 })
  const of = { sessionId, userId, version: session.version, holdId: hold.id, expiresAt: String(hold.expiresAt) }
  tx.emit('hold.created', { ...of, kind: 'offer' })
  tx.emit('waitlist.promoted', { ...of, entryId })
  tx.audit({ entityType: 'waitlist_entry', entityId: entryId, action: 'promoted', details: of })
}
