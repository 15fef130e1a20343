// Staff change a class: capacity, trainer, time, state; decided under the lock of all who have something in it.
import type { SessionChange } from '@fitflow/contract/sessions.ts'
import type { Database } from '../platform/db.ts'
import type { Sql } from '../platform/sql.ts'
import { answerOnce, type Answer, type Keyed } from '../platform/idempotency.ts'
import type { SessionId, UserId } from '../platform/ids.ts'
import type { Context } from '../platform/context.ts'
import type { Tx } from '../platform/tx.ts'
import { moveSession, setCapacity, setStatus, setTrainer } from '../schedule/change-session.ts'
import { lockSessions, type ClassSession } from '../schedule/class-sessions.ts'
import type { Occupancy } from '../schedule/session-state.rule.ts'
import { sessionCards, type SessionCard } from '../schedule/session-cards.ts'
import type { SettingsStore } from '../schedule/settings.ts'
import { ownSession, toWireStaffSession } from '../schedule/staff-sessions.ts'
import { moveBookings } from './bookings.ts'
import { moveHolds } from './holds.ts'
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
 * `capacity-below-taken`, `trainer-busy`, `forbidden` or `invalid-request`. Raised capacity promotes whoever waits.
 */
export function editSession(house: House, id: SessionId, command: EditCommand): Promise<Answer> {
  const lock = (sql: Sql) => ({ sessions: lockSessions(sql, [id]), occupancy: occupancyOf(sql, id) })
  return answerOnce(house.db, command, { sessions: [id], lock }, async (tx, locked) => {
    const session = ownSession(tx.actor, locked.sessions[0])
    command.refuseStale(session.version)
    const occupancy = { ...locked.occupancy[0], waiting: session.waitlistLength }
    await apply(tx, session, { change: command.change, occupancy })
    const cards = await sessionCards(tx.sql, [id])
    const counts = (await takenBy(tx.sql, [id])).get(id) ?? { held: 0, booked: 0 }
    return { status: 200, body: toWireStaffSession(cards.get(id) as SessionCard, counts, house.settings.current().currency) }
  })
}

/** One after the other, so that each is judged by what the one before it made of the session. */
async function apply(tx: Tx, session: ClassSession, { change, occupancy }: { change: SessionChange; occupancy: Occupancy }) {
  let now = session
  if (change.startsAt !== undefined) {
    now = await moveSession(tx, now, { startsAt: Temporal.Instant.from(change.startsAt), occupancy })
    tx.send(moveBookings(tx.sql, now))
    tx.send(moveHolds(tx.sql, now))
  }
  if (change.trainerId !== undefined) now = await setTrainer(tx, now, change.trainerId as UserId)
  if (change.capacity !== undefined) now = await setCapacity(tx, now, change.capacity)
  if (change.status !== undefined) await setStatus(tx, now, { to: change.status, occupancy })
}

/** Who has something in the session now, and whether anybody ever had a booking. */
function occupancyOf(sql: Sql, sessionId: SessionId) {
  return sql<[Omit<Occupancy, 'waiting'>]>`
    select (select count(*)::int from spot_holds where session_id = ${sessionId} and status in ('active', 'confirming')) as held,
      (select count(*)::int from bookings where session_id = ${sessionId} and status in ('confirmed', 'attended', 'no_show')) as booked,
      exists (select from bookings where session_id = ${sessionId}) as ever_booked`
}
