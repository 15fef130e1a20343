// Sessions move with the people in them: whoever cannot be there then is let go with everything back, the others may leave free.
import { lockMembers } from '../identity/lock-members.ts'
import type { Sql } from '../platform/sql.ts'
import type { UserId } from '../platform/ids.ts'
import type { Tx } from '../platform/tx.ts'
import { refuseAttending } from '../schedule/attending.ts'
import type { ClassSession } from '../schedule/class-sessions.ts'
import { moveSessions, trainersOf, type Move } from '../schedule/move-sessions.ts'
import { teachingOf } from '../schedule/teaching.ts'
import { isLive as goesOn } from '../schedule/trainer-clash.ts'
import { sessionCards } from '../schedule/session-cards.ts'
import { newestSettings } from '../schedule/settings.ts'
import { seatedIn, whoIsIn, type Seated } from './affected.ts'
import { attendedBy } from './attended.ts'
import { bookingWindow } from './booking-window.rule.ts'
import { moveBookings, type SeatedBooking } from './bookings.ts'
import { releaseHolds, type StudioHouse } from './cancel-by-studio.ts'
import { endByStudio } from './end-by-studio.ts'
import { moveHolds, type SpotHold } from './holds.ts'
import { isLive } from './members.ts'
import { whoOverlaps, type Claim } from './overlap-after-move.rule.ts'
import { openSpots, type Spots } from './spots.ts'
import { withdrawOffers } from './waitlist-entries.ts'

/**
 * Moves locked sessions with their bookings and holds; a move to where a session is already is none. Members may cancel free
 * until the new start, one who would overlap is cancelled by the studio with everything returned, holds end with the new close
 * at the latest. Throws `session-state`, `studio-closed`, and `trainer-busy` with the list of all clashes. Answers the sessions as they are then.
 */
export async function rescheduleSessions(tx: Tx, house: StudioHouse, all: readonly Move[]): Promise<ClassSession[]> {
  const moves = all.filter(move => !move.startsAt.equals(move.session.startsAt) || !move.endsAt.equals(move.session.endsAt))
  if (moves.length === 0) return []
  const ids = moves.map(({ session }) => session.id)
  const seated = await seatedIn(tx.sql, ids)
  await lockMembers(tx.sql, [...trainersOf(moves), ...whoIsIn(seated)])
  const dropped = await dropsOf(tx.sql, tx.now, { moves, seated })
  const [{ newest }] = await newestSettings(tx.sql)
  const settings = await house.settings.at(newest, tx.now)
  const cards = await sessionCards(tx.sql, ids)
  const moved = await moveSessions(tx, moves)
  const places = moved.map(({ id: sessionId, startsAt, endsAt }) => ({ sessionId, startsAt, endsAt }))
  tx.send(moveBookings(tx.sql, places))
  tx.send(moveHolds(tx.sql, places.map(place => ({ ...place, closesAt: bookingWindow(place.startsAt, settings).closesAt }))))
  const spots = openSpots(moved)
  const deed = ({ id, sessionId }: SeatedBooking) => movedDeed(cards.get(sessionId)?.name, dropped.ways.get(id))
  const way = ({ id }: SeatedBooking) => dropped.ways.get(id)
  await endByStudio(tx, spots, { bookings: dropped.bookings, deed, way, reason: overlapReason, timeZone: settings.timeZone })
  releaseHolds(tx, spots, dropped.holds)
  backToTheQueue(tx, spots, { seated, holds: dropped.holds })
  spots.write(tx)
  await refuseAttending(tx, moved.filter(goesOn), attendedBy)
  return moved.map(session => spots.session(session.id) ?? session)
}

/** Why a booking ended that its class could not take along; nobody typed it. */
export const overlapReason = 'overlap'

const inTheWay = { booked: 'another class is booked', held: 'a spot in another class is held', taught: 'there is another class to teach' }

/** "The studio moved Morning Strength to a time at which another class is booked and cancelled the booking" */
function movedDeed(className = 'the class', way: Way = 'booked'): string {
  return `The studio moved ${className} to a time at which ${inTheWay[way]} and cancelled the booking`
}

/** What keeps somebody from coming along. */
export type Way = keyof typeof inTheWay

/** A hold ends, a booking does not; what is taught has no id of its own. */
function wayOf(other: Claim): Way {
  if ('expiresAt' in other) return 'held'
  return 'id' in other ? 'booked' : 'taught'
}

interface Dropped {
  bookings: SeatedBooking[]
  /** What is in each one's way. */
  ways: Map<SeatedBooking['id'], Way>
  holds: SpotHold[]
}

/** Who could not be there: bookings keep their place before holds, and the earlier before the later. A hold under payment stays. */
export async function dropsOf(
  sql: Sql,
  now: Temporal.Instant,
  { moves, seated }: { moves: readonly Move[]; seated: Seated },
): Promise<Dropped> {
  const bookings = seated.bookings.filter(booking => booking.status === 'confirmed')
  const holds = seated.holds.filter(hold => isLive(hold, now))
  const relocations = moves.map(({ session, startsAt, endsAt }) => ({ sessionId: session.id, startsAt, endsAt }))
  const dropped = whoOverlaps(relocations, [...bookings, ...holds], await elsewhereOf(sql, now, whoIsIn(seated)))
  return {
    bookings: bookings.filter(booking => dropped.has(booking)),
    ways: new Map(Array.from(dropped, ([{ id }, other]) => [id as SeatedBooking['id'], wayOf(other)])),
    holds: holds.filter(hold => hold.status === 'active' && dropped.has(hold)),
  }
}

async function elsewhereOf(sql: Sql, now: Temporal.Instant, userIds: readonly UserId[]): Promise<Claim[]> {
  const [attended, taught] = await Promise.all([attendedBy({ sql, now }, userIds), teachingOf(sql, userIds, sql`${now}::timestamptz`)])
  return [...attended, ...taught]
}

/** An offer that cannot be taken any more leaves its entry where it was, passed over until the overlap is gone. */
function backToTheQueue(tx: Tx, spots: Spots, { seated, holds }: { seated: Seated; holds: readonly SpotHold[] }): void {
  const gone = new Set(holds.map(hold => hold.id))
  const entries = seated.entries.filter(entry => entry.holdId !== null && gone.has(entry.holdId))
  if (entries.length === 0) return
  tx.send(withdrawOffers(tx.sql, entries.map(entry => entry.id), 'overlapping-booking'))
  for (const { id: entryId, sessionId, userId } of entries) {
    spots.change(sessionId, { waitlistLength: 1 })
    const version = spots.session(sessionId)?.version ?? 0
    tx.emit('waitlist.passed-over', { entryId, sessionId, userId, version, reason: 'overlapping-booking' })
  }
}
