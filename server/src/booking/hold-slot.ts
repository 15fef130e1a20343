// A member takes a 1:1 slot: its session and their hold are made in one transaction, or neither is.
import { liveBlocks } from '../credits/blocks.ts'
import { spendableLots } from '../credits/lots.ts'
import { lockMembers } from '../identity/lock-members.ts'
import { teaches } from '../identity/trainers.ts'
import type { Database } from '../platform/db.ts'
import { answerOnce, type Answer } from '../platform/idempotency.ts'
import { newId, type AvailabilityId, type HoldId, type SessionId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import type { Context } from '../platform/context.ts'
import type { Sql } from '../platform/sql.ts'
import type { Tx } from '../platform/tx.ts'
import { readAvailability, type AvailabilityCard } from '../schedule/availabilities.ts'
import { attendingClashes } from '../schedule/attending.ts'
import { lockSessions, type ClassSession } from '../schedule/class-sessions.ts'
import { openSlotAt } from '../schedule/open-slots.ts'
import { newestSettings, type Settings, type SettingsStore } from '../schedule/settings.ts'
import { insertSlot, slotSession, unbornSlot } from '../schedule/slot-sessions.ts'
import { teachingOf } from '../schedule/teaching.ts'
import { isBusy } from '../schedule/trainer-clash.ts'
import { decideMember, ownSpot } from './admission.rule.ts'
import { attendedBy } from './attended.ts'
import { liveBookingsOf } from './bookings.ts'
import { looksBack } from './caps.rule.ts'
import { dueHolds, releaseDue } from './due-holds.ts'
import { insertHolds, liveHoldsOf, toWireHold, type SpotHold } from './holds.ts'
import { keepHolds } from './kept-holds.ts'
import { gatherMembers, type KnownMember } from './members.ts'
import { openSpots } from './spots.ts'
import { ownClass } from './teaching.rule.ts'
import { refuseOverLimit, type Ask } from './turnstile.ts'

interface House {
  db: Database
  settings: SettingsStore
}

interface Command extends Ask {
  context: Context
  startsAt: Temporal.Instant
}

/**
 * Answers 201 with the hold, 200 when the member holds that very slot. Throws `not-found`, `already-booked`, `slot-not-open`,
 * `own-class`, `teaching-then`, `trainer-busy`, `member-blocked`, `too-many-holds`, `too-many-bookings`, `overlapping-booking`, `insufficient-credits`.
 */
export async function holdSlot(house: House, id: AvailabilityId, { startsAt, ...command }: Command): Promise<Answer> {
  const { db } = house
  const { userId } = command.keyed
  const seen = await readAvailability(db.sql, id)
  if (!seen) throw noSuchSlots()
  if (seen.trainerId === userId) throw ownClass()
  // Whoever holds the slot by now, perhaps past the end of their hold: looked at again under the lock.
  const standing = await slotSession(db.sql, seen, startsAt)
  const sessions: SessionId[] = standing ? [standing.id] : []
  const lock = (sql: Sql) => {
    const now = db.clock.expression(sql)
    return {
      sessions: lockSessions(sql, sessions),
      // The trainer too: what they teach then stays as it is.
      people: lockMembers(sql, [userId, seen.trainerId]),
      due: dueHolds(sql, sessions, now),
      holds: liveHoldsOf(sql, [userId]),
      bookings: liveBookingsOf(sql, [userId], now, looksBack(house.settings.current())),
      teaching: teachingOf(sql, [userId], now),
      lots: spendableLots(sql, [userId]),
      blocks: liveBlocks(sql, [userId], now),
      newest: newestSettings(sql),
    }
  }
  return answerOnce(db, command, { sessions, lock }, async (tx, locked) => {
    refuseOverLimit(command)
    const settings = await house.settings.at(locked.newest[0].newest, tx.now)
    const spots = openSpots(locked.sessions)
    releaseDue(tx, spots, locked.due)
    spots.write(tx)
    const member = gatherMembers(locked, tx.now)(userId)
    const own = standing && ownSpot(member, standing)
    if (own) return { status: 200, body: toWireHold(member.holds.get(own) as SpotHold) }
    const wanted = await wantedSlot(tx, { id, startsAt, settings })
    return { status: 201, body: toWireHold(await take(tx, member, { wanted, settings, userId })) }
  })
}

const noSuchSlots = () => new Problem('not-found', 'Nobody takes 1:1s here.')

/** The session as it would be. Throws `not-found`, `trainer-busy` or `slot-not-open`. */
async function wantedSlot(tx: Tx, of: { id: AvailabilityId; startsAt: Temporal.Instant; settings: Settings }): Promise<ClassSession> {
  const card = await readAvailability(tx.sql, of.id, 'to use')
  if (!card || card.archivedAt || card.templateArchivedAt || !(await teaches(tx.sql, card.trainerId))) throw noSuchSlots()
  const slot = await openSlotAt({ sql: tx.sql, now: tx.now, attendedBy }, card, of.startsAt, of.settings)
  if (slot) return unbornSlot(card, slot)
  const wanted = unbornSlot(card, timeFrom(card, of.startsAt))
  if ((await isBusy(tx.sql, wanted)) || (await attendingClashes(tx, [wanted], attendedBy)).length > 0) throw trainerBusy(of.startsAt)
  throw new Problem('slot-not-open', 'This time is not open for a 1:1. Choose another.', { startsAt: String(of.startsAt) })
}

/** With what they are busy is not the member's to know: it may be somebody else's 1:1. */
function trainerBusy(startsAt: Temporal.Instant): Problem {
  return new Problem('trainer-busy', 'The trainer has something else then. Choose another time.', { startsAt: String(startsAt) })
}

function timeFrom({ slotMinutes }: AvailabilityCard, startsAt: Temporal.Instant) {
  return { startsAt, endsAt: startsAt.add({ minutes: slotMinutes }) }
}

interface Taking {
  wanted: ClassSession
  settings: Settings
  userId: SpotHold['userId']
}

async function take(tx: Tx, member: KnownMember, { wanted, settings, userId }: Taking): Promise<SpotHold> {
  const { expiresAt, options } = decideMember(member, { session: wanted, nextReleaseAt: null, settings, now: tx.now })
  const session = await insertSlot(tx, wanted)
  if (!session) throw trainerBusy(wanted.startsAt)
  const { id: sessionId, startsAt, endsAt } = session
  const hold: SpotHold = {
    ...{ id: newId<HoldId>(), sessionId, userId, kind: 'public', status: 'active', startsAt, endsAt },
    ...{ expiresAt, quote: options, settingsVersion: settings.version, createdAt: tx.now },
  }
  const spots = openSpots([session])
  spots.change(sessionId, { taken: 1 })
  spots.write(tx)
  tx.send(insertHolds(tx.sql, [hold]))
  keepHolds(tx, [hold])
  const { version } = spots.session(sessionId) as ClassSession
  tx.emit('hold.created', { holdId: hold.id, sessionId, userId, kind: 'public', version, expiresAt: String(expiresAt) })
  tx.audit({ entityType: 'hold', entityId: hold.id, action: 'created', details: { sessionId, kind: 'public', expiresAt: String(expiresAt) } })
  return hold
}
