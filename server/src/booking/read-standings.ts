// Standing reservations as people see them: what is ahead with the instant of its turn, and what became of each session.
import type { Standing, StandingOccurrence } from '@fitflow/contract/standing.ts'
import { lotsById } from '../credits/lots.ts'
import type { BookingId, SessionId, StandingId, UserId } from '../platform/ids.ts'
import type { Sql } from '../platform/sql.ts'
import type { Tx } from '../platform/tx.ts'
import { hourOf, trainerOf, type SeriesCard } from '../schedule/class-series.ts'
import { partsOn, sessionsOfLines, trainersOf, type FollowedSession } from '../schedule/followed-series.ts'
import type { Settings } from '../schedule/settings.ts'
import { studioDay } from '../schedule/studio-days.rule.ts'
import type { StandingReservation, StandingResult } from './standing-reservations.ts'
import { standingState, standingTurn, type Has } from './standing.rule.ts'

// Ahead: what is on the schedule at all, and no longer a list than a phone shows; back: some months of a weekly class.
const comingMax = 12
const pastMax = 20

/** These reservations on the wire, in the order given. */
export async function toWireStandings(tx: Pick<Tx, 'sql' | 'now'>, rows: readonly StandingReservation[], settings: Settings): Promise<Standing[]> {
  const { sql, now } = tx
  const lines = rows.map(row => row.seriesId)
  const parts = await partsOn(sql, lines, studioDay(now, settings.timeZone))
  const trainers = await trainersOf(sql, parts.values())
  const results = await resultsOf(sql, rows.map(row => row.id))
  const sessions = await sessionsAround(tx, lines, settings)
  const lots = new Map((await lotsById(sql, rows.flatMap(row => row.membershipId ?? []))).map(({ id, name }) => [id, { id, name }]))
  const standing = await whatTheyHave(sql, rows.map(row => row.userId), sessions.map(session => session.id))
  return rows.flatMap(row => {
    const part = parts.get(row.seriesId)
    if (!part) return []
    const own = sessions.filter(session => session.lineId === row.seriesId && isIn(row, session, results))
    const occurrences = own.map(session => occurrenceOf(session, { row, settings, now, result: results.get(key(row.id, session.id)), has: standing.get(key(row.userId, session.id)) }))
    const isAhead = (one: StandingOccurrence) => Temporal.Instant.compare(Temporal.Instant.from(one.endsAt), now) > 0
    return [
      {
        ...{ id: row.id, ...seriesFields(part, trainers), joinsWaitlist: row.joinsWaitlist, paysFirst: (row.membershipId && lots.get(row.membershipId)) ?? null },
        ...{ startsOn: String(row.startsOn), endsOn: row.endsOn && String(row.endsOn), endedAt: row.endedAt && String(row.endedAt) },
        coming: occurrences.filter(isAhead).slice(0, comingMax),
        past: occurrences.filter(one => !isAhead(one)).reverse().slice(0, pastMax),
      },
    ]
  })
}

/** A series as its people know it. */
export function seriesFields(part: SeriesCard, trainers: ReadonlyMap<UserId, string>) {
  const { wallTime, timeZone, durationMinutes } = hourOf(part)
  const trainer = { id: trainerOf(part), name: trainers.get(trainerOf(part)) ?? '' }
  return { seriesId: part.id, name: part.template.name, rrule: part.rrule, wallTime, timeZone, durationMinutes, trainer }
}

const key = (a: string, b: string) => `${a} ${b}`

// Half a year back is as far as a list goes.
const daysBack = 183

async function sessionsAround({ sql, now }: Pick<Tx, 'sql' | 'now'>, lines: readonly StandingReservation['seriesId'][], settings: Settings): Promise<FollowedSession[]> {
  const after = now.subtract({ hours: daysBack * 24 })
  const by = now.add({ hours: (settings.seriesHorizonWeeks + 1) * 7 * 24 })
  return sessionsOfLines(sql, { lines, after, by, statuses: ['published', 'in_progress', 'completed', 'cancelled'] })
}

type Decided = StandingResult & { decidedAt: Temporal.Instant }

async function resultsOf(sql: Sql, ids: readonly StandingId[]): Promise<Map<string, Decided>> {
  const rows = await sql<Decided[]>`
    select reservation_id, session_id, outcome, reason, sentence, booking_id, decided_at from standing_results
    where reservation_id = any(${[...ids]}::uuid[])`
  return new Map(rows.map(row => [key(row.reservationId, row.sessionId), row]))
}

/** Whatever was decided belongs to it; what was not, only while it is live and ahead, on its days. */
function isIn(row: StandingReservation, session: FollowedSession, results: ReadonlyMap<string, Decided>): boolean {
  if (results.has(key(row.id, session.id))) return true
  const isOnItsDays = Temporal.PlainDate.compare(session.on, row.startsOn) >= 0 && (!row.endsOn || Temporal.PlainDate.compare(session.on, row.endsOn) <= 0)
  return row.endedAt === null && isOnItsDays && session.status !== 'completed'
}

/** What each member has or had in each session: the booking that lives, else the last one, and their place in the queue. */
async function whatTheyHave(sql: Sql, userIds: readonly UserId[], sessionIds: readonly SessionId[]): Promise<Map<string, Has>> {
  const [bookings, entries] = await Promise.all([
    sql<({ userId: UserId; sessionId: SessionId; id: BookingId } & Pick<Has, 'status'>)[]>`
      select distinct on (user_id, session_id) user_id, session_id, id, status from bookings
      where user_id = any(${[...userIds]}::uuid[]) and session_id = any(${[...sessionIds]}::uuid[])
      order by user_id, session_id, status = 'cancelled', created_at desc`,
    sql<{ userId: UserId; sessionId: SessionId; state: 'waiting' | 'offered' }[]>`
      select user_id, session_id, state from waitlist_entries
      where user_id = any(${[...userIds]}::uuid[]) and session_id = any(${[...sessionIds]}::uuid[]) and state in ('waiting', 'offered')`,
  ])
  const nothing: Has = { bookingId: null, status: null, entry: null }
  const found = new Map(bookings.map(({ userId, sessionId, id, status }): [string, Has] => [key(userId, sessionId), { ...nothing, bookingId: id, status }]))
  for (const { userId, sessionId, state } of entries) {
    const at = key(userId, sessionId)
    found.set(at, { ...(found.get(at) ?? nothing), entry: state })
  }
  return found
}

interface Look {
  row: StandingReservation
  settings: Settings
  now: Temporal.Instant
  result: Decided | undefined
  has: Has | undefined
}

function occurrenceOf(session: FollowedSession, { settings, result, has, now }: Look): StandingOccurrence {
  return {
    ...{ sessionId: session.id, startsAt: String(session.startsAt), endsAt: String(session.endsAt) },
    state: standingState({ session, outcome: result?.outcome ?? null, has, now }),
    ...{ outcome: result?.outcome ?? null, reason: result?.reason ?? null, sentence: result?.sentence ?? null },
    bookingId: has?.bookingId ?? null,
    decidesAt: String(standingTurn(session.startsAt, settings)),
    decidedAt: result ? String(result.decidedAt) : null,
  }
}
