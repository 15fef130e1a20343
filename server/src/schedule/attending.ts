// Whoever takes part in a class cannot stand in front of another then: what they take part in is booking's, and handed down.
import type { InTheWay } from '@fitflow/contract/series.ts'
import type { Actor } from '../platform/context.ts'
import type { Sql } from '../platform/sql.ts'
import type { SessionId, UserId } from '../platform/ids.ts'
import type { ClassSession } from './class-sessions.ts'
import type { Clash } from './move-sessions.ts'
import { trainerBusy } from './move-sessions.ts'
import { sessionCards } from './session-cards.ts'

/** A live spot of somebody: a hold or a booking of a class that is not over. */
export interface Attended {
  userId: UserId
  sessionId: SessionId
  startsAt: Temporal.Instant
  endsAt: Temporal.Instant
}

interface At {
  sql: Sql
  now: Temporal.Instant
}

export type AttendedBy = (at: At, people: readonly UserId[]) => Promise<readonly Attended[]>

type Placed = Pick<ClassSession, 'id' | 'trainerId' | 'startsAt' | 'endsAt'>

const overlap = (a: Pick<Attended, 'startsAt' | 'endsAt'>, b: Pick<Attended, 'startsAt' | 'endsAt'>) =>
  Temporal.Instant.compare(a.startsAt, b.endsAt) < 0 && Temporal.Instant.compare(b.startsAt, a.endsAt) < 0

/** Every spot of a trainer that sessions would overlap as they would be placed; also one in such a session itself. */
export async function attendingClashes(at: At, placed: readonly Placed[], attendedBy: AttendedBy): Promise<Clash[]> {
  if (placed.length === 0) return []
  const attended = await attendedBy(at, [...new Set(placed.map(one => one.trainerId))])
  const met = placed.flatMap(one => attended.filter(other => other.userId === one.trainerId && overlap(one, other)).map(other => ({ one, other })))
  if (met.length === 0) return []
  const cards = await sessionCards(at.sql, met.map(({ other }) => other.sessionId))
  return met.map(({ one, other }) => ({
    ...{ sessionId: one.id, startsAt: one.startsAt, trainerId: one.trainerId, takesPart: true },
    ...{ otherSessionId: other.sessionId, otherName: cards.get(other.sessionId)?.name ?? '', otherStartsAt: other.startsAt, otherEndsAt: other.endsAt },
  }))
}

/** Throws `trainer-busy` with every one of them; sure under the trainers' locks. */
export async function refuseAttending(at: At & { actor: Actor }, placed: readonly Placed[], attendedBy: AttendedBy): Promise<void> {
  const clashes = await attendingClashes(at, placed, attendedBy)
  if (clashes.length > 0) throw trainerBusy(clashes, at.actor)
}

/** Which of these times the trainer takes part in something at, by their place in the list: the first of each. */
export async function attendingAt(at: At, { trainerId, times }: { trainerId: UserId; times: readonly Pick<Attended, 'startsAt' | 'endsAt'>[] }, attendedBy: AttendedBy) {
  const attended = await attendedBy(at, [trainerId])
  const met = times.flatMap((time, place) => attended.filter(other => overlap(time, other)).slice(0, 1).map(other => ({ place, other })))
  const cards = await sessionCards(at.sql, met.map(({ other }) => other.sessionId))
  const toWay = ({ sessionId, startsAt, endsAt }: Attended): InTheWay => ({ sessionId, name: cards.get(sessionId)?.name ?? '', startsAt: String(startsAt), endsAt: String(endsAt) })
  return new Map(met.map(({ place, other }) => [place, toWay(other)]))
}
