// Sessions as staff see them: every state, a trainer's own or an admin's all.
import { Id, Instant, type Page } from '@fitflow/contract/scalars.ts'
import type { StaffSession, StaffSessionQuery } from '@fitflow/contract/sessions.ts'
import Type from 'typebox'
import type { SessionId, UserId } from '../platform/ids.ts'
import { openKeyset, pageSize } from '../platform/keyset.ts'
import { Problem } from '../platform/problem.ts'
import type { Actor } from '../platform/context.ts'
import type { Sql } from '../platform/sql.ts'
import type { Tx } from '../platform/tx.ts'
import type { ClassSession } from './class-sessions.ts'
import { mayChange, ownerSeen } from './rights.ts'
import { wireCard } from './schedule-between.ts'
import { cardColumns, sessionCards, withTrainers, type SessionCard } from './session-cards.ts'
import type { Settings } from './settings.ts'
import { spanOf, startOfDay, studioDay } from './studio-days.rule.ts'

const byStart = openKeyset<[string, string]>(Type.Tuple([Instant, Id]))

/**
 * One page of the actor's sessions by start, from the studio's today on when no first day is asked for. A 1:1 that nobody has any
 * more is shown to who asks for cancelled ones only: its time is free again, and taken anew it is another session.
 */
export async function staffSessions(tx: Tx, query: StaffSessionQuery, { timeZone }: Settings): Promise<Page<SessionCard>> {
  const { sql } = tx
  const limit = query.limit ?? pageSize
  const after = byStart.read(query.cursor)
  const today = startOfDay(studioDay(tx.now, timeZone), timeZone)
  const { from, to } = spanOf(query, today, timeZone)
  const owner = ownerSeen(tx.actor)
  const rows = await sql<Omit<SessionCard, 'trainerName'>[]>`
    select ${cardColumns(sql)} from class_sessions s join class_templates t on t.id = s.template_id
    where s.starts_at >= ${from} and s.starts_at < ${to}
      ${owner ? sql`and s.trainer_id = ${owner}` : sql``}
      ${query.trainer_id ? sql`and s.trainer_id = ${query.trainer_id}` : sql``}
      ${query.status ? sql`and s.status = ${query.status}` : sql`and (s.availability_id is null or s.status <> 'cancelled')`}
      ${after ? sql`and (s.starts_at, s.id) > (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
    order by s.starts_at, s.id limit ${limit + 1}`
  return byStart.page(await withTrainers(sql, rows), limit, card => [String(card.startsAt), card.id])
}

/** One session for staff. Throws `not-found` when it is not there, or another trainer's. */
export async function staffSession(tx: Tx, id: SessionId): Promise<SessionCard> {
  const cards = await sessionCards(tx.sql, [id])
  return ownSession(tx.actor, cards.get(id))
}

/** The session itself when the actor may change it. Throws `not-found` otherwise, and when there is none. */
export function ownSession<Row extends Pick<ClassSession, 'trainerId'>>(actor: Actor, session: Row | undefined): Row {
  if (session && mayChange(actor, session.trainerId)) return session
  throw new Problem('not-found', 'There is no such class.')
}

/** What `booking` knows of a session's people: live holds, offers among them, live bookings, who of these checked in, and whether anybody ever booked. */
export interface Headcount {
  held: number
  booked: number
  arrived: number
  everBooked: boolean
}

export const emptyRoom: Headcount = { held: 0, booked: 0, arrived: 0, everBooked: false }

/** A session as it crosses the wire to staff; a member's state has no place there. */
export function toWireStaffSession(card: SessionCard, { held, booked, arrived, everBooked }: Headcount, currency: string): StaffSession {
  const { kind, availabilityId, taken, waiting, seriesId, version } = card
  return { ...wireCard(card, currency), mine: null, kind, availabilityId, taken, waiting, held, booked, arrived, everBooked, seriesId, version }
}

/** Every session that somebody teaches or taught and that had not ended by `since`. */
export async function sessionsTaughtBy(sql: Sql, trainerId: UserId, since: Temporal.Instant): Promise<SessionId[]> {
  const rows = await sql<{ id: SessionId }[]>`select id from class_sessions where trainer_id = ${trainerId} and ends_at > ${since}`
  return rows.map(row => row.id)
}
