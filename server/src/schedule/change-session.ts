// The ways one class session changes; `booking` calls them under the session's lock, because it knows who is in it.
import type { SessionStatus } from '@fitflow/contract/sessions.ts'
import type { UserId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import type { Tx } from '../platform/tx.ts'
import { announceChange, became } from './announce-change.ts'
import { sessionColumns, type ClassSession } from './class-sessions.ts'
import { refuseClosed } from './closures.ts'
import { refuseNaming } from './rights.ts'
import { decideStatus, refuseOver, type Occupancy } from './session-state.rule.ts'
import { isLive, refuseBusyTrainer, refuseWhoDoesNotTeach } from './trainer-clash.ts'

/** Sets how many fit in. Throws `session-state` when it is over, `capacity-below-taken` with the count. */
export async function setCapacity(tx: Tx, session: ClassSession, capacity: number): Promise<ClassSession> {
  if (capacity === session.capacity) return session
  refuseCapacity(session, capacity, tx.now)
  const [changed] = await tx.sql<[ClassSession]>`
    update class_sessions s set capacity = ${capacity}, version = version + 1,
      capacity_overridden = ${capacity} <> coalesce((select r.capacity from class_series r where r.id = s.series_id),
        (select t.default_capacity from class_templates t where t.id = s.template_id))
    where id = ${session.id} returning ${sessionColumns(tx.sql)}`
  return announceChange(tx, session, { changed, action: 'changed', topic: 'session.changed' })
}

/** One more fits in, whatever the state: somebody whose spot was given away is there. */
export async function addSpot(tx: Tx, session: ClassSession): Promise<ClassSession> {
  const [changed] = await tx.sql<[ClassSession]>`
    update class_sessions s set capacity = capacity + 1, version = version + 1,
      capacity_overridden = capacity + 1 <> (select t.default_capacity from class_templates t where t.id = s.template_id)
    where id = ${session.id} returning ${sessionColumns(tx.sql)}`
  return announceChange(tx, session, { changed, action: 'squeezed in', topic: 'session.changed' })
}

/** Lets somebody else teach. Throws `session-state`, `forbidden`, `invalid-request` for nobody who teaches, `trainer-busy`. */
export async function setTrainer(tx: Tx, session: ClassSession, trainerId: UserId): Promise<ClassSession> {
  if (trainerId === session.trainerId) return session
  refuseNaming(tx.actor, trainerId)
  refuseOver(session, tx.now)
  await refuseWhoDoesNotTeach(tx.sql, trainerId)
  if (isLive(session)) await refuseBusyTrainer(tx, { ...session, trainerId })
  const [changed] = await tx.sql<[ClassSession]>`
    update class_sessions s set trainer_id = ${trainerId}, version = version + 1,
      trainer_overridden = ${trainerId} <> coalesce((select r.trainer_id from class_series r where r.id = s.series_id),
        (select t.trainer_id from class_templates t where t.id = s.template_id))
    where id = ${session.id} returning ${sessionColumns(tx.sql)}`
  return announceChange(tx, session, { changed, action: 'changed', topic: 'session.changed' })
}

/** Pauses its waitlist or opens it again: no joins and no offers while it is paused. */
export async function setWaitlistPaused(tx: Tx, session: ClassSession, paused: boolean): Promise<ClassSession> {
  const [changed] = await tx.sql<[ClassSession]>`
    update class_sessions set waitlist_paused = ${paused}, version = version + 1 where id = ${session.id} returning ${sessionColumns(tx.sql)}`
  return announceChange(tx, session, { changed, action: paused ? 'waitlist paused' : 'waitlist opened', topic: 'session.changed' })
}

/** Takes a session to another state. Throws `session-state` with the counts; going public also `studio-closed`, `trainer-busy`, and `invalid-request` when its trainer has retired. */
export async function setStatus(
  tx: Tx,
  session: ClassSession,
  { to, occupancy }: { to: SessionStatus; occupancy: Occupancy },
): Promise<ClassSession> {
  if (to === session.status) return session
  decideStatus({ session, now: tx.now, occupancy }, to)
  if (session.availabilityId !== null && session.status === 'cancelled') {
    throw new Problem('session-state', 'A 1:1 ends with its booking. Book the client into the slot again.', { state: session.status })
  }
  if (to === 'published') {
    await refuseClosed(tx, [session])
    await refuseWhoDoesNotTeach(tx.sql, session.trainerId)
    await refuseBusyTrainer(tx, session)
  }
  const [changed] = await tx.sql<[ClassSession]>`
    update class_sessions set status = ${to}, version = version + 1,
      published_at = ${to === 'draft' ? null : to === 'published' ? tx.now : tx.sql`published_at`}, closure_id = null
    where id = ${session.id} returning ${sessionColumns(tx.sql)}`
  return announceChange(tx, session, { changed, ...became[to] })
}

/** Throws what `setCapacity` would. */
export function refuseCapacity(session: ClassSession, capacity: number, now: Temporal.Instant): void {
  refuseOver(session, now)
  const { kind, status, taken } = session
  if (kind === 'one_to_one' && capacity !== 1) throw new Problem('session-state', 'A 1:1 is for one person.', { state: status })
  if (capacity >= taken) return
  throw new Problem('capacity-below-taken', `${taken} spots of this class are taken.`, { capacity, taken })
}
