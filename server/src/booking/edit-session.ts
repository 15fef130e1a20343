// Staff change a class: capacity, trainer, time, state; decided under the lock of all who have something in it.
import type { SessionChange } from '@fitflow/contract/sessions.ts'
import type { Database } from '../platform/db.ts'
import type { Sql } from '../platform/sql.ts'
import { answerOnce, type Answer, type Keyed } from '../platform/idempotency.ts'
import type { SessionId, UserId } from '../platform/ids.ts'
import type { Context } from '../platform/context.ts'
import type { Tx } from '../platform/tx.ts'
import { refuseAttending } from '../schedule/attending.ts'
import { hourOf, readSeries } from '../schedule/class-series.ts'
import { setCapacity, setStatus, setTrainer } from '../schedule/change-session.ts'
import { lockSessions, type ClassSession } from '../schedule/class-sessions.ts'
import { occurrenceOn as seriesPlace } from '../schedule/occurrences.ts'
import { keepOwnFields } from '../schedule/own-fields.ts'
import type { Occupancy } from '../schedule/session-state.rule.ts'
import { sessionCards, type SessionCard } from '../schedule/session-cards.ts'
import type { SettingsStore } from '../schedule/settings.ts'
import { emptyRoom, ownSession, toWireStaffSession } from '../schedule/staff-sessions.ts'
import { isLive } from '../schedule/trainer-clash.ts'
import { attendedBy } from './attended.ts'
import { letLeaveFree } from './bookings.ts'
import { cancelByStudio } from './cancel-by-studio.ts'
import { rescheduleSessions } from './reschedule.ts'
import { takenBy } from './roster.ts'

interface House {
  db: Database
  settings: SettingsStore
}

export interface EditCommand {
  keyed: Keyed
  context: Context
  change: SessionChange
  /** Throws `precondition-failed` when the asker's `If-Match` names another version. */
  refuseStale(version: number): void
}

/**
 * Answers 200 with the session as staff see it. Throws `not-found`, `precondition-failed`, `session-state` with the counts,
 * `capacity-below-taken`, `studio-closed`, `trainer-busy` with the clashes, `forbidden` or `invalid-request`. Raised capacity promotes whoever
 * waits; a moved class takes its people along; a cancelled one gives them everything back.
 */
export function editSession(house: House, id: SessionId, command: EditCommand): Promise<Answer> {
  const lock = (sql: Sql) => ({ sessions: lockSessions(sql, [id]), occupancy: occupancyOf(sql, id) })
  return answerOnce(house.db, command, { sessions: [id], lock }, async (tx, locked) => {
    const session = ownSession(tx.actor, locked.sessions[0])
    command.refuseStale(session.version)
    const occupancy = { ...locked.occupancy[0], waiting: session.waitlistLength }
    await apply(tx, house, { session, change: command.change, occupancy })
    const cards = await sessionCards(tx.sql, [id])
    const counts = (await takenBy(tx.sql, [id])).get(id) ?? emptyRoom
    return { status: 200, body: toWireStaffSession(cards.get(id) as SessionCard, counts, house.settings.current().currency) }
  })
}

interface Edit {
  session: ClassSession
  change: SessionChange
  occupancy: Occupancy
}

/** One after the other, so that each is judged by what the one before it made of the session. */
async function apply(tx: Tx, house: House, { session, change, occupancy }: Edit): Promise<void> {
  let now = session
  if (change.startsAt !== undefined) now = await reschedule(tx, house, { session, startsAt: Temporal.Instant.from(change.startsAt) })
  if (change.trainerId !== undefined) now = await substitute(tx, now, change.trainerId as UserId)
  if (change.capacity !== undefined) now = await setCapacity(tx, now, change.capacity)
  if (change.status === undefined) return
  if (change.status === 'cancelled' && now.status !== 'cancelled') await cancelByStudio(tx, house, { sessions: [now], reason: change.reason ?? '' })
  else {
    if (now.status === 'cancelled' && change.status === 'published') await keepOwnFields(tx, now)
    const changed = await setStatus(tx, now, { to: change.status, occupancy })
    if (changed.status === 'published') await refuseAttending(tx, [changed], attendedBy)
  }
}

/** It stays as long as it was. */
async function reschedule(tx: Tx, house: House, { session, startsAt }: { session: ClassSession; startsAt: Temporal.Instant }): Promise<ClassSession> {
  const endsAt = startsAt.add(session.startsAt.until(session.endsAt))
  const [moved] = await rescheduleSessions(tx, house, [{ session, startsAt, endsAt, timeOverridden: !(await isSeriesTime(tx, session, { startsAt, endsAt })) }])
  return moved ?? session
}

/** Moved back to where its series has it, it moves along with its series again. */
async function isSeriesTime(tx: Tx, { seriesId, occurrenceOn }: ClassSession, to: Pick<ClassSession, 'startsAt' | 'endsAt'>): Promise<boolean> {
  const series = seriesId === null ? undefined : await readSeries(tx.sql, seriesId)
  if (!series || occurrenceOn === null) return false
  const own = seriesPlace(occurrenceOn, hourOf(series))
  return own.startsAt.equals(to.startsAt) && own.endsAt.equals(to.endsAt)
}

/** A 1:1 was booked with its trainer: with another one, whoever booked it may leave free. */
async function substitute(tx: Tx, session: ClassSession, trainerId: UserId): Promise<ClassSession> {
  const changed = await setTrainer(tx, session, trainerId)
  if (changed !== session && isLive(changed)) await refuseAttending(tx, [changed], attendedBy)
  if (changed.kind === 'one_to_one' && changed !== session) tx.send(letLeaveFree(tx.sql, [session.id]))
  return changed
}

/** Who has something in the session now, and whether anybody ever had a booking. */
export function occupancyOf(sql: Sql, sessionId: SessionId) {
  return sql<[Omit<Occupancy, 'waiting'>]>`
    select (select count(*)::int from spot_holds where session_id = ${sessionId} and status in ('active', 'confirming')) as held,
      (select count(*)::int from bookings where session_id = ${sessionId} and status in ('confirmed', 'attended', 'no_show')) as booked,
      exists (select from bookings where session_id = ${sessionId}) as ever_booked`
}
