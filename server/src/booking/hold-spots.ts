// Many requests for spots in one transaction: lock, release what is due, decide in the order of arrival, write, emit.
import { liveBlocks } from '../credits/blocks.ts'
import { spendableLots } from '../credits/lots.ts'
import { lockMembers } from '../identity/lock-members.ts'
import type { Database } from '../platform/db.ts'
import type { Sql } from '../platform/sql.ts'
import { inLockOrder, newId, type EntryId, type HoldId, type SessionId } from '../platform/ids.ts'
import { storeAnswers, storedAnswers } from '../platform/idempotency.ts'
import { instantText } from '../platform/instant-text.ts'
import { Problem } from '../platform/problem.ts'
import type { Context } from '../platform/context.ts'
import { transact, type Tx } from '../platform/tx.ts'
import { lockSessions, type ClassSession } from '../schedule/class-sessions.ts'
import { newestSettings, type Settings } from '../schedule/settings.ts'
import { teachingAmong } from '../schedule/teaching.ts'
import type { AdmissionHouse } from './admission-house.ts'
import { decideHold } from './admission.rule.ts'
import { liveBookingsOf } from './bookings.ts'
import { looksBack } from './caps.rule.ts'
import { asReleased, dueHolds, releaseDue } from './due-holds.ts'
import { insertHolds, liveHoldsOf, nextReleases, toWireHold, type SpotHold } from './holds.ts'
import { keepHolds } from './kept-holds.ts'
import { addHold, gatherMembers, type KnownMember } from './members.ts'
import { openSpots, type Spots } from './spots.ts'
import { openTurnstile, type Ask, type Decided, type Verdict } from './turnstile.ts'
import { endEntries, liveEntries, type WaitlistEntry } from './waitlist-entries.ts'

export interface HoldAsk extends Ask {
  sessionId: SessionId
  context: Context
}

/** Decides every request under the locks and replies in the order asked; `made` is told of each new hold, which may still come to nothing. */
export async function holdSpots(house: AdmissionHouse, asks: readonly HoldAsk[], made: (hold: SpotHold) => void): Promise<Verdict[]> {
  const sessions = inLockOrder(asks.map(ask => ask.sessionId))
  const lock = (sql: Sql) => lockAndRead(house, sql, { asks, sessions })
  const { context } = asks[0] as HoldAsk
  return transact(house.db, context, { sessions, lock }, async (tx, locked) => {
    const settings = await house.settings.at(locked.newest[0].newest, tx.now)
    const spots = openSpots(locked.sessions)
    releaseDue(tx, spots, locked.due)
    const teaching = await teachingAmong(tx.sql, locked.members, tx.sql`${tx.now}::timestamptz`)
    const memberOf = gatherMembers({ ...locked, teaching }, tx.now)
    const turnstile = openTurnstile(locked.records)
    const releases = await releasesOf(tx, house.db, tightSessions(spots, asks))
    const batch: Batch = { tx, spots, settings, releases, entries: asReleased(locked.entries, locked.due), made: [], left: [] }
    const verdicts = asks.map(ask => turnstile.pass(ask, () => decide(batch, ask, memberOf(ask.keyed.userId))))
    write(batch)
    batch.made.forEach(made)
    if (turnstile.fresh.length > 0) tx.send(storeAnswers(tx.sql, tx.now, turnstile.fresh))
    return verdicts
  })
}

interface Batch {
  tx: Tx
  spots: Spots
  settings: Settings
  releases: Map<SessionId, Temporal.Instant>
  entries: WaitlistEntry[]
  made: SpotHold[]
  left: EntryId[]
}

/** The locks in their order, then everything the decisions read: one round trip for the whole batch. */
function lockAndRead({ db, settings }: AdmissionHouse, sql: Sql, of: { asks: readonly HoldAsk[]; sessions: readonly SessionId[] }) {
  const now = db.clock.expression(sql)
  const keyed = of.asks.map(ask => ask.keyed)
  const userIds = inLockOrder(keyed.map(one => one.userId))
  return {
    sessions: lockSessions(sql, of.sessions),
    members: lockMembers(sql, userIds),
    records: storedAnswers(sql, keyed),
    due: dueHolds(sql, of.sessions, now),
    holds: liveHoldsOf(sql, userIds),
    bookings: liveBookingsOf(sql, userIds, now, looksBack(settings.current())),
    lots: spendableLots(sql, userIds),
    blocks: liveBlocks(sql, userIds, now),
    entries: liveEntries(sql, of.asks.map(ask => ({ sessionId: ask.sessionId, userId: ask.keyed.userId }))),
    newest: newestSettings(sql),
  }
}

/** The sessions with less room than askers: only there will somebody hear when the next spot may be free. */
function tightSessions(spots: Spots, asks: readonly HoldAsk[]): SessionId[] {
  const askers = Map.groupBy(asks, ask => ask.sessionId)
  return [...askers].flatMap(([id, { length }]) => {
    const session = spots.session(id)
    return session && session.capacity - session.taken - session.waiting < length ? id : []
  })
}

/** Asked only where it is needed: a big class has many holds to look through. */
async function releasesOf(tx: Tx, db: Database, sessions: readonly SessionId[]): Promise<Map<SessionId, Temporal.Instant>> {
  if (sessions.length === 0) return new Map()
  const rows = await nextReleases(tx.sql, sessions, db.clock.expression(tx.sql))
  return new Map(rows.map(row => [row.sessionId, row.nextReleaseAt]))
}

function decide(batch: Batch, ask: HoldAsk, member: KnownMember): Decided {
  const { tx, spots, settings, releases } = batch
  const session = spots.session(ask.sessionId)
  if (!session) throw new Problem('not-found', 'There is no such class.')
  const nextReleaseAt = releases.get(session.id) ?? null
  const decision = decideHold(member, { session, nextReleaseAt, settings, now: tx.now })
  if (decision.outcome === 'own') {
    return { status: 200, body: toWireHold(member.holds.get(decision.holdId) as SpotHold), effect: false }
  }
  const hold: SpotHold = {
    id: newId<HoldId>(),
    sessionId: session.id,
    userId: ask.keyed.userId,
    kind: 'public',
    status: 'active',
    expiresAt: decision.expiresAt,
    quote: decision.options,
    settingsVersion: settings.version,
    startsAt: session.startsAt,
    endsAt: session.endsAt,
    createdAt: tx.now,
  }
  take(batch, ask, session, hold)
  addHold(member, hold)
  return { status: 201, body: toWireHold(hold), effect: true }
}

/** The spot is this hold's; whoever takes one waits no longer. */
function take(batch: Batch, ask: HoldAsk, session: ClassSession, hold: SpotHold): void {
  const { id: holdId, sessionId, userId, kind } = hold
  const expiresAt = instantText(hold.expiresAt)
  batch.made.push(hold)
  const at = batch.entries.findIndex(entry => entry.sessionId === sessionId && entry.userId === userId)
  const [entry] = at < 0 ? [] : batch.entries.splice(at, 1)
  if (entry) batch.left.push(entry.id)
  batch.spots.change(sessionId, {
    taken: 1,
    waiting: entry && entry.passedOverReason === null ? -1 : 0,
    waitlistLength: entry ? -1 : 0,
  })
  const tx = batch.tx.as(ask.context)
  const releasesAt = batch.releases.get(sessionId)
  if (!releasesAt || Temporal.Instant.compare(hold.expiresAt, releasesAt) < 0) batch.releases.set(sessionId, hold.expiresAt)
  tx.emit('hold.created', { holdId, sessionId, userId, kind, version: session.version, expiresAt })
  if (entry) tx.emit('waitlist.left', { entryId: entry.id, sessionId, userId, version: session.version })
  tx.audit({ entityType: 'hold', entityId: holdId, action: 'created', details: { sessionId, kind, expiresAt } })
}

function write({ tx, spots, made, left }: Batch): void {
  spots.write(tx)
  if (made.length > 0) tx.send(insertHolds(tx.sql, made))
  if (made.length > 0) keepHolds(tx, made)
  if (left.length > 0) tx.send(endEntries(tx.sql, { ids: left, state: 'left', now: tx.now }))
}
