// The public schedule of a span: what people may book, what is under way or was, and what was called off. A booked 1:1 is nobody else's to see.
import type { Session } from '@fitflow/contract/sessions.ts'
import type { Sql } from '../platform/sql.ts'
import { wirePrice } from './price.rule.ts'
import { cardColumns, withTrainers, type SessionCard } from './session-cards.ts'
import type { Settings } from './settings.ts'
import { spotsLeft } from './spots-left.rule.ts'
import type { Span } from './studio-days.rule.ts'

/** Cards of the sessions that start in the span, by start. Never a draft, nor a draft that was cancelled. */
export async function scheduleBetween(sql: Sql, { from, to }: Span): Promise<SessionCard[]> {
  const rows = await sql<Omit<SessionCard, 'trainerName'>[]>`
    select ${cardColumns(sql)} from class_sessions s join class_templates t on t.id = s.template_id
    where s.starts_at >= ${from} and s.starts_at < ${to}
      and s.availability_id is null and s.status <> 'draft' and (s.status <> 'cancelled' or s.published_at is not null)
    order by s.starts_at, s.id`
  return withTrainers(sql, rows)
}

/** When and under which settings somebody looks: after the cutoff freed spots are public. Without it, as before the cutoff. */
export interface Look {
  settings: Pick<Settings, 'waitlistCutoffMinutes'>
  now: Temporal.Instant
}

/** A card as it crosses the wire, but for the asker's own state. A class that is over or off has no spots to take. */
export function wireCard(card: SessionCard, currency: string, look?: Look): Omit<Session, 'mine'> {
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
    spotsLeft: spotsLeft(card, look?.settings ?? noCutoff, look?.now ?? card.startsAt.subtract({ nanoseconds: 1 })),
    waitlistLength,
    status,
    price: wirePrice(card, currency),
  }
}

const noCutoff = { waitlistCutoffMinutes: 0 }
