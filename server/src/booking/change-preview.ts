// Who would be affected if staff changed a class like that, and what would stand in the way; the deed decides by the same functions.
import type { AffectedPerson, ChangePreview, ChangePreviewQuery } from '@fitflow/contract/session-changes.ts'
import { debitsOf } from '../credits/debits.ts'
import { studioSentence } from '../credits/sentences.ts'
import { peopleById } from '../identity/display-names.ts'
import type { Sql } from '../platform/sql.ts'
import type { SessionId, UserId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import type { Tx } from '../platform/tx.ts'
import { refuseCapacity } from '../schedule/change-session.ts'
import { attendingClashes } from '../schedule/attending.ts'
import { clashesOf, toWireClash, trainerBusy, type Clash, type Move } from '../schedule/move-sessions.ts'
import { refuseClosed } from '../schedule/closures.ts'
import { ownFields } from '../schedule/own-fields.ts'
import { mayChange, refuseNaming } from '../schedule/rights.ts'
import type { SessionCard } from '../schedule/session-cards.ts'
import { decideMove, decideStatus, refuseOver } from '../schedule/session-state.rule.ts'
import type { Settings } from '../schedule/settings.ts'
import { isLive, refuseWhoDoesNotTeach } from '../schedule/trainer-clash.ts'
import { affectedBy, endedWith, type Affected } from './affected.ts'
import type { SeatedBooking } from './bookings.ts'
import type { StudioHouse } from './cancel-by-studio.ts'
import { changeSentence, fateSentence, ownSentence } from './change-sentences.ts'
import { attendedBy } from './attended.ts'
import { occupancyOf } from './edit-session.ts'
import { plansOf } from './end-by-studio.ts'
import { wouldGet } from './promotion-preview.ts'
import { dropsOf, type Way } from './reschedule.ts'
import { shortMeans } from './short-means.ts'

interface Question {
  tx: Tx
  session: SessionCard
  change: ChangePreviewQuery
  /** As it would be placed. */
  placed: Pick<SessionCard, 'id' | 'trainerId' | 'startsAt' | 'endsAt'>
  timeZone: string
}

/** One person and what becomes of what they have. */
export type AffectedOne = Omit<AffectedPerson, 'user' | 'freeCancelUntil' | 'creditsReturned'> & {
  userId: UserId
  freeUntil: Temporal.Instant | null
  returned: number
}

/** Reads on one snapshot; what is refused affects nobody. */
export async function previewChange(tx: Tx, house: StudioHouse, of: { session: SessionCard; change: ChangePreviewQuery }): Promise<ChangePreview> {
  const { session, change } = of
  const startsAt = change.startsAt === undefined ? session.startsAt : Temporal.Instant.from(change.startsAt)
  const endsAt = startsAt.add(session.startsAt.until(session.endsAt))
  const placed = { id: session.id, trainerId: (change.trainerId as UserId | undefined) ?? session.trainerId, startsAt, endsAt }
  const question: Question = { tx, session, change, placed, timeZone: house.settings.current().timeZone }
  const { refusals, clashes } = await standingInTheWay(question)
  const people = refusals.length > 0 ? [] : await whoIsAffected(question, house.settings.current())
  return {
    people: await toWirePeople(tx.sql, people),
    clashes: clashes.map(toWireClash),
    refusals,
    sentence: refusals[0]?.detail ?? `${changeSentence(people)}${await ownWords(question)}`,
  }
}

/** Of a class that its series has left behind while it was cancelled. */
async function ownWords({ tx, session, change }: Question): Promise<string> {
  if (session.status !== 'cancelled' || change.status !== 'published') return ''
  return ownSentence(await ownFields(tx.sql, session))
}

/** With their names, as they cross the wire. */
export async function toWirePeople(sql: Sql, people: readonly AffectedOne[]): Promise<AffectedPerson[]> {
  const names = await peopleById(sql, people.map(one => one.userId))
  return people.map(({ userId, freeUntil, returned, ...rest }) => ({
    ...rest,
    user: { id: userId, name: names.get(userId)?.name ?? '' },
    freeCancelUntil: freeUntil === null ? null : String(freeUntil),
    creditsReturned: returned / 100,
  }))
}

async function standingInTheWay({ tx, session, change, placed }: Question) {
  const refusals: ChangePreview['refusals'] = []
  const ask = async (guard: () => unknown) => {
    try {
      await guard()
    } catch (error) {
      // A refusal is what the preview is asked for.
      if (!(error instanceof Problem)) throw error
      refusals.push({ code: error.code, detail: error.message })
    }
  }
  const { capacity, status } = change
  if (isMoved(session, placed)) await ask(() => decideMove({ session, now: tx.now }, placed.startsAt))
  if (isMoved(session, placed) || (status === 'published' && status !== session.status)) await ask(() => refuseClosed(tx, [placed]))
  if (placed.trainerId !== session.trainerId) await ask(() => refuseTrainer(tx, session, placed.trainerId))
  if (capacity !== undefined && capacity !== session.capacity) await ask(() => refuseCapacity(session, capacity, tx.now))
  if (status !== undefined && status !== session.status) await ask(() => refuseStatus(tx, session, status))
  // Whom a trainer may not name, they learn nothing of: what that one teaches may be somebody's 1:1.
  const mayKnow = mayChange(tx.actor, placed.trainerId)
  const clashes: Clash[] = mayKnow && goesLive(session, change, placed) ? [...(await clashesOf(tx.sql, [placed])), ...(await attendingClashes(tx, [placed], attendedBy))] : []
  if (clashes.length > 0) await ask(() => Promise.reject(trainerBusy(clashes, tx.actor)))
  return { refusals, clashes }
}

async function refuseTrainer(tx: Tx, session: SessionCard, trainerId: UserId): Promise<void> {
  refuseNaming(tx.actor, trainerId)
  refuseOver(session, tx.now)
  await refuseWhoDoesNotTeach(tx.sql, trainerId)
}

async function refuseStatus(tx: Tx, session: SessionCard, to: 'draft' | 'published' | 'cancelled'): Promise<void> {
  const [counts] = await occupancyOf(tx.sql, session.id)
  decideStatus({ session, now: tx.now, occupancy: { ...counts, waiting: session.waitlistLength } }, to)
  if (to === 'published') await refuseWhoDoesNotTeach(tx.sql, session.trainerId)
}

const isMoved = (session: SessionCard, placed: Question['placed']) => !placed.startsAt.equals(session.startsAt)

function goesLive(session: SessionCard, { status }: ChangePreviewQuery, placed: Question['placed']): boolean {
  if (status === 'published') return session.status !== 'published'
  const elsewhere = isMoved(session, placed) || placed.trainerId !== session.trainerId
  return elsewhere && isLive(session) && status !== 'cancelled'
}

async function whoIsAffected(question: Question, settings: Settings): Promise<AffectedOne[]> {
  const { tx, session, change, placed } = question
  const affected = await affectedBy(tx.sql, [session.id])
  if (change.status === 'cancelled' && session.status !== 'cancelled') return cancelledPeople(question, affected)
  if (change.status === 'published' && session.status === 'cancelled') return uncancelled(tx.sql, session.id)
  const people = await placedPeople(question, affected)
  const left = people.filter(({ fate }) => fate === 'returned' || fate === 'released').length
  const then = { session: { ...session, ...placed }, free: (change.capacity ?? session.capacity) - session.taken + left, entries: affected.entries, settings }
  const offered = change.capacity === undefined && left === 0 ? [] : await offeredPeople(tx, then)
  return [...people.filter(one => !offered.some(({ id }) => id === one.id)), ...offered]
}

async function placedPeople(question: Question, affected: Affected): Promise<AffectedOne[]> {
  const { session, placed } = question
  if (isMoved(session, placed)) return movedPeople(question, [{ session, startsAt: placed.startsAt, endsAt: placed.endsAt }], affected)
  return placed.trainerId === session.trainerId ? [] : substituted(question, affected)
}

const person = (one: { id: string; userId: UserId }, is: Pick<AffectedOne, 'has' | 'fate'>, timeZone = 'UTC', freeUntil: Temporal.Instant | null = null): AffectedOne => ({
  ...{ id: one.id, userId: one.userId, ...is, freeUntil, returned: 0 },
  sentence: is.fate === 'returned' ? '' : fateSentence(is.fate, { has: is.has, freeUntil, timeZone }),
})

/** Everybody gets everything back. */
export async function cancelledPeople(question: Pick<Question, 'tx' | 'timeZone'>, { bookings, holds, entries }: Affected): Promise<AffectedOne[]> {
  return [
    ...(await returned(question, bookings, () => 'Cancelled with the class')),
    ...holds.map(hold => person(hold, { has: hold.kind === 'offer' ? 'offer' : 'hold', fate: 'released' })),
    ...entries.filter(entry => entry.state === 'waiting').map(entry => person(entry, { has: 'waiting', fate: 'closed' })),
  ]
}

async function returned({ tx, timeZone }: Pick<Question, 'tx' | 'timeZone'>, bookings: readonly SeatedBooking[], deed: (booking: SeatedBooking) => string): Promise<AffectedOne[]> {
  const plans = plansOf(bookings, await debitsOf(tx.sql, bookings.map(booking => booking.id)), tx.now)
  return bookings.map(booking => {
    const plan = plans.get(booking.id) ?? { returns: [], kept: [] }
    const sum = plan.returns.reduce((total, share) => total + share.credits, 0)
    const sentence = studioSentence(deed(booking), { plan, now: tx.now, timeZone }, { one: 'would be', many: 'would be' })
    return { ...person(booking, { has: 'booking', fate: 'returned' }), returned: sum, sentence }
  })
}

const hasThen = { booked: 'Has another class then', held: 'Holds a spot in another class then', taught: 'Teaches another class then' } satisfies Record<Way, string>

/** Who moves along, and who is let go because of another class. */
export async function movedPeople(of: Pick<Question, 'tx' | 'timeZone'>, moves: readonly Move[], affected: Affected): Promise<AffectedOne[]> {
  const dropped = await dropsOf(of.tx.sql, of.tx.now, { moves, seated: affected })
  const stays = affected.bookings.filter(booking => !dropped.bookings.includes(booking))
  const startOf = new Map(moves.map(({ session, startsAt }) => [session.id, startsAt]))
  const short = await shortMeans(of, stays.map(booking => ({ booking, startsAt: startOf.get(booking.sessionId) ?? booking.startsAt })))
  return [
    ...(await returned(of, dropped.bookings, ({ id }) => `${hasThen[dropped.ways.get(id) ?? 'booked']} and is cancelled`)),
    ...stays.map(booking => {
      const along = person(booking, { has: 'booking', fate: 'moved' }, of.timeZone, startOf.get(booking.sessionId))
      return { ...along, sentence: [along.sentence, ...(short.get(booking.id) ?? [])].join(' ') }
    }),
    ...affected.holds.map(hold => person(hold, { has: hold.kind === 'offer' ? 'offer' : 'hold', fate: dropped.holds.includes(hold) ? 'released' : 'moved' })),
    ...affected.entries.filter(entry => entry.state === 'waiting').map(entry => person(entry, { has: 'waiting', fate: 'moved' })),
  ]
}

/** Whoever booked a 1:1 may leave another trainer free. */
function substituted({ session, timeZone }: Question, affected: Affected): AffectedOne[] {
  const freeUntil = (booking: SeatedBooking) => (session.kind === 'one_to_one' && booking.status === 'confirmed' ? session.startsAt : null)
  return toldPeople(affected, booking => person(booking, { has: 'booking', fate: 'told' }, timeZone, freeUntil(booking)))
}

/** Everybody who has something there is told. */
export function toldPeople(
  { bookings, holds, entries }: Affected,
  told = (booking: SeatedBooking) => person(booking, { has: 'booking', fate: 'told' }),
): AffectedOne[] {
  return [
    ...bookings.map(told),
    ...holds.map(hold => person(hold, { has: hold.kind === 'offer' ? 'offer' : 'hold', fate: 'told' })),
    ...entries.filter(entry => entry.state === 'waiting').map(entry => person(entry, { has: 'waiting', fate: 'told' })),
  ]
}

/** Whoever waits gets what is free then, in order, as far as they can be served. */
export async function offeredPeople(tx: Tx, then: Parameters<typeof wouldGet>[1]): Promise<AffectedOne[]> {
  return (await wouldGet(tx, then)).map(entry => person(entry, { has: 'waiting', fate: 'offered' }))
}

async function uncancelled(sql: Sql, id: SessionId): Promise<AffectedOne[]> {
  return (await endedWith(sql, id)).map(one => person(one, { has: 'cancelled', fate: 'told' }))
}
