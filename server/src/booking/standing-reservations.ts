// Rows of standing reservations and of what became of each occurrence.
import type { StandingOutcome } from '@fitflow/contract/standing.ts'
import type { BookingId, MembershipId, SeriesId, SessionId, StandingId, UserId } from '../platform/ids.ts'
import type { Sql } from '../platform/sql.ts'
import type { ClassSession } from '../schedule/class-sessions.ts'
import { lineOf, sessionsOfLines } from '../schedule/followed-series.ts'

export interface StandingReservation {
  id: StandingId
  userId: UserId
  /** The first series of its line: kept there, it goes on in whatever continues it, and a member has one for all of them. */
  seriesId: SeriesId
  membershipId: MembershipId | null
  joinsWaitlist: boolean
  startsOn: Temporal.PlainDate
  endsOn: Temporal.PlainDate | null
  endedAt: Temporal.Instant | null
}

export interface StandingResult {
  reservationId: StandingId
  sessionId: SessionId
  outcome: StandingOutcome
  reason: string | null
  sentence: string
  bookingId: BookingId | null
}

const columns = (sql: Sql) => sql`r.id, r.user_id, r.series_id, r.membership_id, r.joins_waitlist, r.starts_on, r.ends_on, r.ended_at`

/** Sessions up to `until` in which a live reservation still has no result, the first to start first. */
export async function undecidedSessions(sql: Sql, of: { now: Temporal.Instant; until: Temporal.Instant; limit: number }) {
  const held = await sql<{ seriesId: SeriesId }[]>`select distinct series_id from standing_reservations where ended_at is null`
  if (held.length === 0) return []
  const lines = held.map(one => one.seriesId)
  const coming = await sessionsOfLines(sql, { lines, after: of.now, by: of.until, statuses: ['published'] })
  return sql<{ id: SessionId; startsAt: Temporal.Instant }[]>`
    select distinct c.id, c.starts_at
    from unnest(${coming.map(one => one.id)}::uuid[], ${coming.map(one => String(one.startsAt))}::timestamptz[],
      ${coming.map(one => String(one.on))}::date[], ${coming.map(one => one.lineId)}::uuid[]) as c (id, starts_at, held_on, line_id)
    join standing_reservations r on r.series_id = c.line_id and r.ended_at is null
      and r.starts_on <= c.held_on and (r.ends_on is null or r.ends_on >= c.held_on)
    where not exists (select from standing_results d where d.reservation_id = r.id and d.session_id = c.id)
    order by c.starts_at, c.id limit ${of.limit}`
}

/** Live reservations without a result in this session, the oldest first: that is their order of precedence. */
export async function undecidedIn(sql: Sql, { id, seriesId, occurrenceOn }: ClassSession): Promise<StandingReservation[]> {
  const line = seriesId && (await lineOf(sql, seriesId))
  if (!line) return []
  return sql<StandingReservation[]>`
    select ${columns(sql)} from standing_reservations r
    where r.series_id = ${line} and r.ended_at is null and r.starts_on <= ${occurrenceOn} and (r.ends_on is null or r.ends_on >= ${occurrenceOn})
      and not exists (select from standing_results d where d.reservation_id = r.id and d.session_id = ${id})
    order by r.created_at, r.id`
}

/** Writes what became of one occurrence. */
export function insertResult(sql: Sql, result: StandingResult, now: Temporal.Instant) {
  return sql`
    insert into standing_results (reservation_id, session_id, outcome, reason, sentence, booking_id, decided_at)
    values (${result.reservationId}, ${result.sessionId}, ${result.outcome}, ${result.reason}, ${result.sentence}, ${result.bookingId}, ${now})`
}

/** Makes it, unless its member has a live one in the line already: false. */
export async function insertStanding(sql: Sql, one: Omit<StandingReservation, 'endedAt'> & { createdBy: UserId | null; createdAt: Temporal.Instant }) {
  const made = await sql`
    insert into standing_reservations (id, user_id, series_id, membership_id, joins_waitlist, starts_on, ends_on, created_by, created_at)
    values (${one.id}, ${one.userId}, ${one.seriesId}, ${one.membershipId}, ${one.joinsWaitlist}, ${one.startsOn}, ${one.endsOn}, ${one.createdBy}, ${one.createdAt})
    on conflict (user_id, series_id) where ended_at is null do nothing returning id`
  return made.length > 0
}

/** How many live ones of the series reach to this day or beyond. */
export async function countStandings(sql: Sql, seriesId: SeriesId, day: Temporal.PlainDate): Promise<number> {
  const line = await lineOf(sql, seriesId)
  if (!line) return 0
  const rows = await sql`select from standing_reservations where series_id = ${line} and ended_at is null and (ends_on is null or ends_on >= ${day})`
  return rows.length
}

/** Ends live ones; answers those that it ended. */
export function endStandings(sql: Sql, ids: readonly StandingId[], now: Temporal.Instant) {
  return sql<Pick<StandingReservation, 'id' | 'userId' | 'seriesId'>[]>`
    update standing_reservations set ended_at = ${now} where id = any(${[...ids]}::uuid[]) and ended_at is null
    returning id, user_id, series_id`
}

/** Live ones whose last day is over. */
export async function outlivedStandings(sql: Sql, today: Temporal.PlainDate): Promise<StandingId[]> {
  const rows = await sql<{ id: StandingId }[]>`select id from standing_reservations where ended_at is null and ends_on < ${today}`
  return rows.map(row => row.id)
}

/** One by its id, live or ended. */
export async function standingById(sql: Sql, id: StandingId): Promise<StandingReservation | undefined> {
  const [row] = await sql<StandingReservation[]>`select ${columns(sql)} from standing_reservations r where r.id = ${id}`
  return row
}

// Far more than anybody keeps; a series has a place for each spot of its class and some who wait.
const listedMax = 200

/** Of a member, live ones first, then the latest. */
export function standingsOf(sql: Sql, userId: UserId) {
  return sql<StandingReservation[]>`
    select ${columns(sql)} from standing_reservations r where r.user_id = ${userId}
    order by r.ended_at is not null, r.created_at desc limit ${listedMax}`
}

/** The live ones of a line, in the order of their precedence. */
export function standingsIn(sql: Sql, line: SeriesId) {
  return sql<StandingReservation[]>`
    select ${columns(sql)} from standing_reservations r where r.series_id = ${line} and r.ended_at is null
    order by r.created_at, r.id limit ${listedMax}`
}

/** The live one of each of these lines that a member has. */
export function liveStandingsOf(sql: Sql, userId: UserId, lines: readonly SeriesId[]) {
  return sql<Pick<StandingReservation, 'id' | 'seriesId'>[]>`
    select id, series_id from standing_reservations
    where user_id = ${userId} and series_id = any(${[...lines]}::uuid[]) and ended_at is null`
}

/** What became of one reservation in one session; undefined before its turn. */
export async function resultOf(sql: Sql, reservationId: StandingId, sessionId: SessionId): Promise<StandingResult | undefined> {
  const [row] = await sql<StandingResult[]>`
    select reservation_id, session_id, outcome, reason, sentence, booking_id from standing_results
    where reservation_id = ${reservationId} and session_id = ${sessionId}`
  return row
}
