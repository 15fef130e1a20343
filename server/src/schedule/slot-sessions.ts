// The session of a 1:1 slot: made when the slot is taken, called off when nobody is in it any more.
import { newId, type SessionId } from '../platform/ids.ts'
import type { Sql } from '../platform/sql.ts'
import type { Tx } from '../platform/tx.ts'
import { announceChange, became } from './announce-change.ts'
import type { AvailabilityCard } from './availabilities.ts'
import { insertSession, sessionColumns, type ClassSession } from './class-sessions.ts'
import type { Time } from './slots.rule.ts'
import { isLive } from './trainer-clash.ts'

/** The session as it would be: published, for one, at the template's price; nobody is in it yet. */
export function unbornSlot(card: AvailabilityCard, { startsAt, endsAt }: Time): ClassSession {
  const { templateId, trainerId, priceCredits, dropInCents } = card
  return {
    ...{ id: newId<SessionId>(), templateId, trainerId, startsAt, endsAt, capacity: 1, status: 'published', priceCredits, dropInCents },
    ...{ kind: 'one_to_one', availabilityId: card.id, seriesId: null, occurrenceOn: null, waitlistPaused: false, publishedAt: null },
    ...{ taken: 0, waiting: 0, waitlistLength: 0, version: 1 },
  }
}

/** Makes it; undefined when its trainer teaches something else then: two members never get one slot. */
export async function insertSlot(tx: Tx, unborn: ClassSession): Promise<ClassSession | undefined> {
  const { availabilityId, seriesId: _series, occurrenceOn: _day, ...plain } = unborn
  const own = availabilityId === null ? {} : { availabilityId }
  const made = await insertSession(tx, { ...plain, ...own, capacityOverridden: false, trainerOverridden: false })
  if (!made) return undefined
  const { id, templateId, trainerId, startsAt, endsAt, version } = made
  const details = { templateId, trainerId, availabilityId, startsAt: String(startsAt), endsAt: String(endsAt) }
  tx.audit({ entityType: 'class_session', entityId: id, action: 'created', details })
  tx.emit('session.published', { sessionId: id, version })
  return made
}

/** The live session of a slot of this availability, unlocked. */
export async function slotSession(sql: Sql, { id, trainerId }: AvailabilityCard, startsAt: Temporal.Instant): Promise<ClassSession | undefined> {
  const [row] = await sql<ClassSession[]>`
    select ${sessionColumns(sql)} from class_sessions
    where trainer_id = ${trainerId} and starts_at = ${startsAt} and availability_id = ${id} and status in ('published', 'in_progress')`
  return row
}

/** Whether a session was a slot whose only hold or booking has ended: it ends with it. */
export function isDeserted(session: ClassSession): boolean {
  return session.availabilityId !== null && session.taken === 0 && isLive(session)
}

/** Calls off, under its lock, a 1:1 that nobody is in any more: the slot is open again. */
export function callOffDeserted(tx: Tx, session: ClassSession): void {
  tx.send(tx.sql`update class_sessions set status = 'cancelled' where id = ${session.id}`)
  announceChange(tx, session, { changed: { ...session, status: 'cancelled' }, ...became.cancelled, why: { reason: 'nobody is in it any more' } })
}
