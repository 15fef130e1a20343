// What is told of classes: called off, or changed; to everybody who has something there, each once.
import type { EventFacts } from '@fitflow/contract/events.ts'
import { seatedIn, whoIsIn, type Seated } from '../booking/affected.ts'
import { returnedBy } from '../credits/receipts.ts'
import { peopleById } from '../identity/display-names.ts'
import type { HoldId, SessionId, UserId } from '../platform/ids.ts'
import type { SessionCard } from '../schedule/session-cards.ts'
import { classFacts, freeUntilOf, type Scene } from './class-facts.ts'
import type { ClassFacts, FactsOf } from './message-kinds.ts'
import { calledOffTo, lastTold, overtakeChanges } from './messages.ts'
import { telling, type Telling } from './write-messages.ts'

/** Whoever held a spot in a class that the studio called off. Bookings hear of it by their own end, waiters by the list's. */
export async function tellReleased(scene: Scene, { holdId, userId, kind, sessionId, reason }: EventFacts['hold.released']): Promise<Telling[]> {
  if (kind !== 'public') return []
  const hold = await scene.read.hold(holdId as HoldId)
  return hold ? calledOff(scene, { sessionId: sessionId as SessionId, userId: userId as UserId, had: 'hold', reason }) : []
}

/** Whoever waited for a class that was called off. A list that closes by itself is no news. */
export async function tellListClosed(scene: Scene, { sessionId, userId, reason }: EventFacts['waitlist.closed']): Promise<Telling[]> {
  return calledOff(scene, { sessionId: sessionId as SessionId, userId: userId as UserId, had: 'waiting', reason })
}

interface CalledOff {
  sessionId: SessionId
  userId: UserId
  had: FactsOf['session-changed']['had']
  reason: string | undefined
}

async function calledOff(scene: Scene, { sessionId, userId, had, reason }: CalledOff): Promise<Telling[]> {
  const card = await scene.read.card(sessionId)
  // A 1:1 that nobody keeps is cancelled by itself: whoever gave it up knows.
  if (card?.status !== 'cancelled' || card.kind !== 'class') return []
  const facts = { ...classFacts(card, scene.settings.current()), bookingId: null, creditsReturned: 0, had, reason: reason || null }
  return [telling(userId, 'session-cancelled', facts)]
}

/** It takes place after all: whoever was told that it does not, and has nothing there by now. What they had stays ended. */
export async function tellOnAgain(scene: Scene, { sessionId, afterCancellation }: EventFacts['session.published']): Promise<Telling[]> {
  const card = afterCancellation && (await scene.read.card(sessionId as SessionId))
  if (!card || card.kind !== 'class' || card.status !== 'published' || Temporal.Instant.compare(scene.now, card.startsAt) >= 0) return []
  const back = new Set(whoIsIn(await seatedIn(scene.sql, [card.id])))
  const facts = classFacts(card, scene.settings.current())
  const tellings: Telling[] = []
  for (const { userId, had, bookingId } of await calledOffTo(scene.sql, card.id)) {
    if (back.has(userId)) continue
    const creditsReturned = bookingId === null ? 0 : (await returnedBy(scene.sql, bookingId)).credits
    tellings.push(telling(userId, 'session-on-again', { ...facts, had, creditsReturned }))
  }
  return tellings
}

/**
 * Time or trainer changed. Everybody hears what is different from what they were last told, or from what the event says it was
 * when they were told nothing; whoever knows already hears nothing.
 */
export async function tellChanged(scene: Scene, { sessionId, was }: EventFacts['session.changed']): Promise<Telling[]> {
  const card = was && (await scene.read.card(sessionId as SessionId))
  if (!card || !['published', 'in_progress'].includes(card.status) || Temporal.Instant.compare(scene.now, card.startsAt) >= 0) return []
  const unsaid = new Map((await overtakeChanges(scene.sql, card.id, scene.now)).map(({ userId, facts }) => [userId, beforeOf(facts)]))
  const who = holders(await seatedIn(scene.sql, [card.id]))
  const told = await lastTold(scene.sql, card.id, who.map(one => one.userId))
  const before = await knownBefore(scene, card, was)
  const now = classFacts(card, scene.settings.current())
  const tellings: Telling[] = []
  for (const { userId, had, booking } of who) {
    const last = told.get(userId)
    // Whether one that is being sent just now arrives is known when this one goes out.
    const isUnsure = last?.kind === 'session-changed' && last.state === 'waiting'
    const known = isUnsure ? beforeOf(last.facts) : last?.facts
    const differs = differences(known ?? unsaid.get(userId) ?? before, now)
    if (Object.keys(differs).length === 0) continue
    const freeUntil = booking ? await freeUntilOf(scene, booking) : null
    tellings.push(telling(userId, 'session-changed', { ...now, had, bookingId: booking?.id ?? null, was: differs, freeUntil }))
  }
  return tellings
}

interface Holder {
  userId: UserId
  had: FactsOf['session-changed']['had']
  booking: Seated['bookings'][number] | null
}

/** Everybody once, by the best they have. */
function holders({ bookings, holds, entries }: Seated): Holder[] {
  const all: Holder[] = [
    ...bookings.filter(one => one.status === 'confirmed').map(one => ({ userId: one.userId, had: 'booking' as const, booking: one })),
    ...holds.map(one => ({ userId: one.userId, had: one.kind === 'offer' ? ('offer' as const) : ('hold' as const), booking: null })),
    ...entries.map(one => ({ userId: one.userId, had: 'waiting' as const, booking: null })),
  ]
  const first = new Map<UserId, Holder>()
  for (const one of all) if (!first.has(one.userId)) first.set(one.userId, one)
  return [...first.values()]
}

type Known = Pick<ClassFacts, 'startsAt' | 'endsAt' | 'trainerName'>

/** What was known before a change that nobody was told of. */
function beforeOf(facts: Known & { was?: Partial<Known> }): Known {
  return { ...facts, ...facts.was }
}

async function knownBefore({ sql }: Scene, card: SessionCard, was: NonNullable<EventFacts['session.changed']['was']>): Promise<Known> {
  const trainerId = (was.trainerId ?? card.trainerId) as UserId
  const trainerName = (await peopleById(sql, [trainerId])).get(trainerId)?.name ?? null
  return { startsAt: was.startsAt ?? String(card.startsAt), endsAt: was.endsAt ?? String(card.endsAt), trainerName }
}

/** What is not as somebody knows it. */
export function differences(known: Known, now: Known): FactsOf['session-changed']['was'] {
  const moved = known.startsAt !== now.startsAt || known.endsAt !== now.endsAt
  return {
    ...(moved ? { startsAt: known.startsAt, endsAt: known.endsAt } : {}),
    ...(known.trainerName === now.trainerName ? {} : { trainerName: known.trainerName }),
  }
}
