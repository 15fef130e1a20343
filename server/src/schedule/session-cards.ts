// A class session with the words people know it by: its name, its type, who teaches it.
import { peopleById } from '../identity/display-names.ts'
import type { Sql } from '../platform/sql.ts'
import type { SessionId } from '../platform/ids.ts'
import type { ClassSession } from './class-sessions.ts'

export interface SessionCard extends ClassSession {
  name: string
  type: string
  description: string
  trainerName: string
}

type CardRow = Omit<SessionCard, 'trainerName'>

/** The columns of a card from `class_sessions s join class_templates t`. */
export const cardColumns = (sql: Sql) => sql`
  s.id, s.template_id, s.trainer_id, s.starts_at, s.ends_at, s.capacity, s.taken, s.waiting, s.waitlist_length, s.status,
  s.price_credits, s.drop_in_cents, s.kind, s.series_id, s.occurrence_on, s.availability_id, s.waitlist_paused, s.published_at, s.version, t.name, t.type, t.description`

/** The cards of these sessions, by id; ids that are not there are left out. */
export async function sessionCards(sql: Sql, ids: Iterable<SessionId>): Promise<Map<SessionId, SessionCard>> {
  const rows = await sql<CardRow[]>`
    select ${cardColumns(sql)} from class_sessions s join class_templates t on t.id = s.template_id
    where s.id = any(${[...new Set(ids)]}::uuid[])`
  const cards = await withTrainers(sql, rows)
  return new Map(cards.map(card => [card.id, card]))
}

/** Adds each trainer's name. */
export async function withTrainers<Row extends Pick<ClassSession, 'trainerId'>>(sql: Sql, rows: readonly Row[]) {
  const people = await peopleById(sql, rows.map(row => row.trainerId))
  return rows.map(row => ({ ...row, trainerName: people.get(row.trainerId)?.name ?? '' }))
}
