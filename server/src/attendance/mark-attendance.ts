// Staff say who came and who did not, and take it back: by hand, for a client of a class of theirs.
import type { AttendanceMarked, CheckedIn } from '@fitflow/contract/attendance.ts'
import { seatedBookings, type SeatedBooking } from '../booking/bookings.ts'
import { asFacts, markBookings, meanwhile, roomFor, type Attendance } from '../booking/mark-bookings.ts'
import { openSpots, type Spots } from '../booking/spots.ts'
import { peopleById } from '../identity/display-names.ts'
import { lockMembers } from '../identity/lock-members.ts'
import type { Context } from '../platform/context.ts'
import type { Database } from '../platform/db.ts'
import { answerOnce, type Answer, type Keyed } from '../platform/idempotency.ts'
import { newId, type BookingId, type CheckinId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import type { Sql } from '../platform/sql.ts'
import type { Tx } from '../platform/tx.ts'
import { lockSessions, type ClassSession } from '../schedule/class-sessions.ts'
import { mayChange } from '../schedule/rights.ts'
import { newestSettings, type SettingsStore } from '../schedule/settings.ts'
import { insertCheckin, standingCheckins, undoCheckin, type CheckinRow } from './checkins.ts'
import { correct } from './correct-no-show.ts'
import { decideMark, isLate, type Mark } from './mark.rule.ts'

export interface AttendanceHouse {
  db: Database
  settings: SettingsStore
}

export interface Marking {
  keyed: Keyed
  context: Context
  mark: Mark
}

/**
 * Answers 200 with the booking as it is now, and with the check-in of somebody who is present. Throws `not-found`, `forbidden`
 * for one's own booking, `booking-cancelled`, `already-checked-in` saying when and by whom, `checkin-window`, and for a no-show who
 * counts again `overlapping-booking`.
 */
export async function markAttendance(house: AttendanceHouse, id: BookingId, command: Marking): Promise<Answer> {
  const { db } = house
  const [seen] = await seatedBookings(db.sql, [id])
  if (!seen) throw noSuchBooking()
  const { sessionId } = seen
  const lock = (sql: Sql) => ({
    sessions: lockSessions(sql, [sessionId]),
    members: lockMembers(sql, [seen.userId]),
    bookings: seatedBookings(sql, [id]),
    checkins: standingCheckins(sql, [id]),
    newest: newestSettings(sql),
  })
  return answerOnce(db, command, { sessions: [sessionId], lock }, async (tx, locked) => {
    const [[session], [booking], [checkin]] = [locked.sessions, locked.bookings, locked.checkins]
    if (!session || !booking || !mayChange(tx.actor, session.trainerId)) throw noSuchBooking()
    if (booking.userId === tx.actor.userId) throw new Problem('forbidden', 'Nobody marks themselves: ask somebody else of the staff.')
    const settings = await house.settings.at(locked.newest[0].newest, tx.now)
    const to = decideMark(command.mark, { ...booking, startsAt: session.startsAt, now: tx.now, settings })
    if (to === null && command.mark === 'present') throw await alreadyIn(tx.sql, checkin)
    const { capacity, made }: Became = to === null ? { capacity: session.capacity } : await become(tx, house, { session, booking, checkin, to })
    const body: AttendanceMarked = { booking: { id, status: to ?? booking.status }, capacity }
    return { status: 200, body: made ? ({ checkin: toWire(made), ...body } satisfies CheckedIn) : body }
  })
}

interface Becoming {
  session: ClassSession
  booking: SeatedBooking
  /** The one that stands. */
  checkin: CheckinRow | undefined
  to: Attendance
}

interface Became {
  capacity: number
  /** The check-in that this has made. */
  made?: CheckinRow
}

async function become(tx: Tx, house: AttendanceHouse, { session, booking, checkin, to }: Becoming): Promise<Became> {
  const wasMissed = booking.status === 'no_show'
  if (wasMissed) await refuseTwoPlaces(tx.sql, booking)
  const gone = wasMissed && booking.spotReleasedAt !== null
  const spots = gone ? await roomFor(tx, session, house.db.clock.expression(tx.sql)) : openSpots([session])
  markBookings(tx, spots, [booking], to)
  spots.write(tx)
  if (wasMissed) await correct(tx, house, { booking, to, spots })
  if (checkin) takeBack(tx, { booking, checkin, spots })
  tx.audit({ entityType: 'booking', entityId: booking.id, action: `marked ${to}`, details: { ...about(booking), was: booking.status } })
  if (to === 'no_show') tx.emit('booking.noshow', asFacts(booking, spots))
  const capacity = spots.session(session.id)?.capacity ?? session.capacity
  return to === 'attended' ? { capacity, made: checkIn(tx, { booking, startsAt: session.startsAt, spots }) } : { capacity }
}

const about = ({ sessionId, userId }: SeatedBooking) => ({ sessionId, userId })

function checkIn(tx: Tx, of: { booking: SeatedBooking; startsAt: Temporal.Instant; spots: Spots }): CheckinRow {
  const { id: bookingId } = of.booking
  const late = isLate(tx.now, of.startsAt)
  const row: CheckinRow = { id: newId<CheckinId>(), bookingId, method: 'manual', checkedInAt: tx.now, late, recordedBy: tx.actor.userId }
  tx.send(insertCheckin(tx.sql, row))
  tx.emit('checkin.recorded', { ...asFacts(of.booking, of.spots), checkinId: row.id, late })
  return row
}

function takeBack(tx: Tx, of: { booking: SeatedBooking; checkin: CheckinRow; spots: Spots }): void {
  const { id: checkinId } = of.checkin
  tx.send(undoCheckin(tx.sql, checkinId, { actorId: tx.actor.userId, now: tx.now }))
  tx.emit('checkin.undone', { ...asFacts(of.booking, of.spots), checkinId })
}

/** A no-show may have taken another class meanwhile. */
async function refuseTwoPlaces(sql: Sql, booking: SeatedBooking): Promise<void> {
  const other = await meanwhile(sql, booking)
  if (!other) return
  throw new Problem('overlapping-booking', 'They have another booking at that time: they cannot have been in both.', {
    ...{ bookingId: other.id, sessionId: other.sessionId, startsAt: String(other.startsAt), endsAt: String(other.endsAt) },
  })
}

async function alreadyIn(sql: Sql, checkin: CheckinRow | undefined): Promise<Problem> {
  const { checkedInAt = null, recordedBy = null } = checkin ?? {}
  const [who] = recordedBy === null ? [] : (await peopleById(sql, [recordedBy])).values()
  const said = who ? `They are in already: ${who.name} checked them in.` : 'They are in already.'
  return new Problem('already-checked-in', said, { checkedInAt: checkedInAt && String(checkedInAt), by: who?.name ?? null })
}

function toWire({ id, bookingId, method, checkedInAt, late }: CheckinRow): CheckedIn['checkin'] {
  return { id, bookingId, method, checkedInAt: String(checkedInAt), late }
}

const noSuchBooking = () => new Problem('not-found', 'There is no such booking.')
