// Whoever has not come when the grace has passed is a no-show: marked by job, a class at a time.
import { liveBookingsIn } from '../booking/bookings.ts'
import { asFacts, markBookings, unspokenFor } from '../booking/mark-bookings.ts'
import { openSpots } from '../booking/spots.ts'
import type { SessionId } from '../platform/ids.ts'
import { migratedAt } from '../platform/migrate.ts'
import type { Sql } from '../platform/sql.ts'
import { newTraceId } from '../platform/trace.ts'
import { transact } from '../platform/tx.ts'
import { lockSessions } from '../schedule/class-sessions.ts'
import { newestSettings } from '../schedule/settings.ts'
import type { AttendanceHouse } from './mark-attendance.ts'
import { hasGracePassed } from './mark.rule.ts'

// A class at a time: each is locked for one short transaction.
const sessionsMax = 32
/** The migration that brought check-in: of classes that began before it nobody could say who came. */
const checkinMigration = 9

/** Answers how many it marked: while that is not 0 there may be more. Any number of workers may run it, beside staff at the door. */
export async function markNoShows(house: AttendanceHouse, traceId = newTraceId()): Promise<number> {
  const { db, settings } = house
  const until = db.clock.now().subtract({ minutes: settings.current().graceMinutes })
  const from = await migratedAt(db.sql, checkinMigration)
  let marked = 0
  for (const id of await unspokenFor(db.sql, { from, until, limit: sessionsMax })) marked += await markIn(house, id, traceId)
  return marked
}

function markIn({ db, settings }: AttendanceHouse, id: SessionId, traceId: string): Promise<number> {
  const lock = (sql: Sql) => ({ sessions: lockSessions(sql, [id]), bookings: liveBookingsIn(sql, [id]), newest: newestSettings(sql) })
  const context = { actor: { userId: null, role: 'system', via: 'job' }, traceId } as const
  return transact(db, context, { sessions: [id], lock }, async (tx, { sessions, bookings, newest }) => {
    const inForce = await settings.at(newest[0].newest, tx.now)
    const [session] = sessions
    if (!session) return 0
    const { startsAt } = session
    const missing = bookings.filter(
      ({ status, createdAt }) => status === 'confirmed' && hasGracePassed({ startsAt, createdAt, now: tx.now, settings: inForce }),
    )
    if (missing.length === 0) return 0
    const spots = openSpots(sessions)
    markBookings(tx, spots, missing, 'no_show')
    spots.write(tx)
    for (const booking of missing) {
      const { id: entityId, sessionId, userId, status: was } = booking
      tx.emit('booking.noshow', asFacts(booking, spots))
      tx.audit({ entityType: 'booking', entityId, action: 'marked no_show', details: { sessionId, userId, was } })
    }
    return missing.length
  })
}
