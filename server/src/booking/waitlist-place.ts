// A waitlist as a member sees it, their own place only, and as staff see it, whole.
import type { MyWait, WaitlistEntry as WireEntry, WaitlistForStaff, WaitlistPlace } from '@fitflow/contract/booking.ts'
import type { Page } from '@fitflow/contract/scalars.ts'
import { peopleById } from '../identity/display-names.ts'
import type { Database } from '../platform/db.ts'
import type { EntryId, HoldId, SessionId, UserId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import type { Context } from '../platform/context.ts'
import { readOnly, type Tx } from '../platform/tx.ts'
import { readSessions } from '../schedule/class-sessions.ts'
import { sessionCards } from '../schedule/session-cards.ts'
import { isUnseen } from '../schedule/spots-left.rule.ts'
import { holdsById, type SpotHold } from './holds.ts'
import { isLive } from './members.ts'
import { refusePrivate } from './private-sessions.ts'
import { entriesInOrder, liveEntries, liveEntriesOf, positionsOf, type WaitlistEntry } from './waitlist-entries.ts'
import { oddsOf } from './waitlist-odds.ts'
import { toWireClass } from './wire-booking.ts'

interface By {
  userId: UserId
  context: Context
}

/** The asker's place; `position` is null when they are not waiting, and the odds are then those of the next place. Throws `not-found` for a class that is not there. */
export function readPlace(db: Database, sessionId: SessionId, by: By): Promise<WaitlistPlace> {
  return readOnly(db, by.context, async tx => {
    const [session] = await readSessions(tx.sql, [sessionId])
    if (!session || isUnseen(session)) throw new Problem('not-found', 'There is no such class.')
    await refusePrivate(tx, session, by.userId)
    const entries = await liveEntries(tx.sql, [{ sessionId, userId: by.userId }])
    const [place] = await withOdds(tx, entries, await placesOf(tx, entries))
    const length = session.waitlistLength
    if (place) return { ...place, length }
    const [odds] = await oddsOf(tx.sql, [{ templateId: session.templateId, position: length + 1 }])
    return { position: null, odds: odds ?? null, passedOver: null, offer: null, length }
  })
}

/** All of the asker's waitlists and offers. */
export function listWaits(db: Database, by: By): Promise<Page<MyWait>> {
  return readOnly(db, by.context, async tx => {
    const entries = await liveEntriesOf(tx.sql, by.userId)
    const cards = await sessionCards(tx.sql, entries.map(entry => entry.sessionId))
    const places = await withOdds(tx, entries, await placesOf(tx, entries))
    const items = entries.flatMap((entry, at) => {
      const card = cards.get(entry.sessionId)
      const place = places[at]
      if (!card || !place) return []
      return [{ ...place, length: card.waitlistLength, entryId: entry.id, sessionId: entry.sessionId, session: toWireClass(card, card) }]
    })
    return { items: items.sort((a, b) => (a.session.startsAt < b.session.startsAt ? -1 : 1)), nextCursor: null }
  })
}

/** The whole list, in order, with names. */
export async function readWaitlist(tx: Tx, sessionId: SessionId): Promise<WaitlistForStaff> {
  const entries = await entriesInOrder(tx.sql, sessionId)
  const people = await peopleById(tx.sql, entries.map(entry => entry.userId))
  const places = await placesOf(tx, entries)
  const items = entries.map((entry, at): WireEntry => {
    const { position = null, passedOver = null, offer = null } = places[at] ?? {}
    const state = entry.state === 'offered' ? 'offered' : 'waiting'
    const user = { id: entry.userId, name: people.get(entry.userId)?.name ?? '' }
    return { id: entry.id, user, position, state, passedOver, joinedAt: String(entry.createdAt), offer }
  })
  const [session] = await readSessions(tx.sql, [sessionId])
  return { length: entries.filter(entry => entry.state === 'waiting').length, paused: session?.waitlistPaused ?? false, items }
}

type Place = Omit<WaitlistPlace, 'length'>

async function withOdds(tx: Tx, entries: readonly WaitlistEntry[], places: readonly Place[]): Promise<Place[]> {
  const asked = entries.flatMap(({ templateId }, at) => {
    const position = places[at]?.position ?? null
    return position === null ? [] : [{ templateId, position, at }]
  })
  const odds = await oddsOf(tx.sql, asked)
  const oddsAt = new Map(asked.map(({ at }, n) => [at, odds[n] ?? null]))
  return places.map((place, at) => ({ ...place, odds: oddsAt.get(at) ?? null }))
}

async function placesOf(tx: Tx, entries: readonly WaitlistEntry[]): Promise<Place[]> {
  const positions = new Map((await positionsOf(tx.sql, entries.map(entry => entry.id))).map(row => [row.id, row.position]))
  const holds = await holdsById(tx.sql, entries.flatMap(entry => entry.holdId ?? []))
  const offers = new Map(holds.filter(hold => isLive(hold, tx.now)).map(hold => [hold.id, hold]))
  return entries.map(entry => placeOf(entry, positions, offers))
}

function placeOf(entry: WaitlistEntry, positions: Map<EntryId, number>, offers: Map<HoldId, SpotHold>): Place {
  const offer = entry.holdId === null ? undefined : offers.get(entry.holdId)
  return {
    position: positions.get(entry.id) ?? null,
    odds: null,
    passedOver: entry.passedOverReason,
    offer: offer ? toWireOffer(offer) : null,
  }
}

function toWireOffer({ id, expiresAt, createdAt, tellAt }: SpotHold): NonNullable<WaitlistPlace['offer']> {
  return { holdId: id, expiresAt: String(expiresAt), madeAt: String(createdAt), tellAt: tellAt ? String(tellAt) : null }
}
