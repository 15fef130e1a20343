// The public schedule of a span: what people may book, what is under way or was, and what was called off.
import type { Session } from '@fitflow/contract/sessions.ts'
import type { Sql } from '../platform/sql.ts'
import { wirePrice } from './price.rule.ts'
import { cardColumns, withTrainers, type SessionCard } from './session-cards.ts'
import type { Span } from './studio-days.rule.ts'

/** Cards of the sessions that start in the span, by start. Never a draft, nor a draft that was cancelled. */
export async function scheduleBetween(sql: Sql, { from, to }: Span): Promise<SessionCard[]> {
  const rows = await sql<Omit<SessionCard, 'trainerName'>[]>`
    select ${cardColumns(sql)} from class_sessions s join class_templates t on t.id = s.template_id
    where s.starts_at >= ${from} and s.starts_at < ${to}
      and s.status <> 'draft' and (s.status <> 'cancelled' or s.published_at is not null)
    order by s.starts_at, s.id`
  return withTrainers(sql, rows)
}

/** A card as it crosses the wire, but for the asker's own state. A class that is over or off has no spots to take. */
export function wireCard(card: SessionCard, currency: string): Omit<Session, 'mine'> {
  const { id, templateId, name, type, trainerId, trainerName, capacity, waitlistLength, status } = card
  return {
    id,
    templateId,
    name,
    type,
    trainer: { id: trainerId, name: trainerName },
    startsAt: String(card.startsAt),
    endsAt: String(card.endsAt),
    capacity,
    spotsLeft: spotsLeft(card),
    waitlistLength,
    status,
    price: wirePrice(card, currency),
  }
}

function spotsLeft({ status, capacity, taken, waiting }: SessionCard): number {
  if (status === 'cancelled' || status === 'completed') return 0
  return Math.max(0, capacity - taken - waiting)
}
