// The ways one class session changes; `booking` calls them under the session's lock, because it knows who is in it.
import type { SessionStatus } from '@fitflow/contract/sessions.ts'
import type { Topic } from '@fitflow/contract/events.ts'
import type { UserId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import type { Tx } from '../platform/tx.ts'
import { sessionColumns, type ClassSession } from './class-sessions.ts'
import { refuseNaming } from './rights.ts'
import { decideMove, decideStatus, refuseOver, type Occupancy } from './session-state.rule.ts'
import { isLive, refuseBusyTrainer, refuseWhoDoesNotTeach } from './trainer-clash.ts'

/** Sets how many fit in. Throws `session-state` when it is over, `capacity-below-taken` with the count. */
export async function setCapacity(tx: Tx, session: ClassSession, capacity: number): Promise<ClassSession> {
  if (capacity === session.capacity) return session
  refuseOver(session, tx.now)
  if (capacity < session.taken) {
    throw new Problem('capacity-below-taken', `${session.taken} spots of this class are taken.`, { capacity, taken: session.taken })
  }
  const [changed] = await tx.sql<[ClassSession]>`
    update class_sessions s set capacity = ${capacity}, version = version + 1,
      capacity_overridden = ${capacity} <> (select t.default_capacity from class_templates t where t.id = s.template_id)
    where id = ${session.id} returning ${sessionColumns(tx.sql)}`
  return announce(tx, session, { changed, action: 'changed', topic: 'session.changed' })
}

/** Lets somebody else teach. Throws `session-state`, `forbidden`, `invalid-request` for nobody who teaches, `trainer-busy`. */
export async function setTrainer(tx: Tx, session: ClassSession, trainerId: UserId): Promise<ClassSession> {
  if (trainerId === session.trainerId) return session
  refuseNaming(tx.actor, trainerId)
  refuseOver(session, tx.now)
  await refuseWhoDoesNotTeach(tx.sql, trainerId)
  if (isLive(session)) await refuseBusyTrainer(tx.sql, { ...session, trainerId })
  const [changed] = await tx.sql<[ClassSession]>`
    update class_sessions s set trainer_id = ${trainerId}, version = version + 1,
      trainer_overridden = ${trainerId} <> (select t.trainer_id from class_templates t where t.id = s.template_id)
    where id = ${session.id} returning ${sessionColumns(tx.sql)}`
  return announce(tx, session, { changed, action: 'changed', topic: 'session.changed' })
}

/** Moves a session nobody has a part in; it stays as long as it was. Throws `session-state` with the counts, `trainer-busy`. */
export async function moveSession(
  tx: Tx,
  session: ClassSession,
  { startsAt, occupancy }: { startsAt: Temporal.Instant; occupancy: Occupancy },
): Promise<ClassSession> {
  if (startsAt.equals(session.startsAt)) return session
  decideMove({ session, now: tx.now, occupancy }, startsAt)
  const endsAt = startsAt.add(session.startsAt.until(session.endsAt))
  if (isLive(session)) await refuseBusyTrainer(tx.sql, { ...session, startsAt, endsAt })
  const [changed] = await tx.sql<[ClassSession]>`
    update class_sessions set starts_at = ${startsAt}, ends_at = ${endsAt}, version = version + 1
    where id = ${session.id} returning ${sessionColumns(tx.sql)}`
  return announce(tx, session, { changed, action: 'moved', topic: 'session.changed' })
}

const became: Record<SessionStatus, { action: string; topic: Topic & `session.${string}` }> = {
  draft: { action: 'taken back', topic: 'session.changed' },
  published: { action: 'published', topic: 'session.published' },
  in_progress: { action: 'started', topic: 'session.started' },
  completed: { action: 'completed', topic: 'session.completed' },
  cancelled: { action: 'cancelled', topic: 'session.cancelled' },
}

/** Takes a session to another state. Throws `session-state` with the counts; going public also `trainer-busy`, and `invalid-request` when its trainer has retired. */
export async function setStatus(
  tx: Tx,
  session: ClassSession,
  { to, occupancy }: { to: SessionStatus; occupancy: Occupancy },
): Promise<ClassSession> {
  if (to === session.status) return session
  decideStatus({ session, now: tx.now, occupancy }, to)
  if (to === 'published') {
    await refuseWhoDoesNotTeach(tx.sql, session.trainerId)
    await refuseBusyTrainer(tx.sql, session)
  }
  const [changed] = await tx.sql<[ClassSession]>`
    update class_sessions set status = ${to}, version = version + 1,
      published_at = ${to === 'draft' ? null : to === 'published' ? tx.now : tx.sql`published_at`}
    where id = ${session.id} returning ${sessionColumns(tx.sql)}`
  return announce(tx, session, { changed, ...became[to] })
}

interface Change {
  changed: ClassSession
  action: string
  topic: Topic & `session.${string}`
}

function announce(tx: Tx, was: ClassSession, { changed, action, topic }: Change): ClassSession {
  const names = ['capacity', 'trainerId', 'startsAt', 'endsAt', 'status'] as const
  const differing = names.filter(name => String(was[name]) !== String(changed[name]))
  const details = Object.fromEntries(differing.map(name => [name, { was: String(was[name]), is: String(changed[name]) }]))
  tx.audit({ entityType: 'class_session', entityId: was.id, action, details })
  tx.emit(topic, { sessionId: was.id, version: changed.version })
  return changed
}
