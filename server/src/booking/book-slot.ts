// Staff give a client a 1:1 at a time of their trainer's: session and booking in one transaction.
import type { BookedForClient, BookForClient } from '@fitflow/contract/session-changes.ts'
import { toWireReceipt } from '../credits/decisions.ts'
import { lockLots } from '../credits/lots.ts'
import { lockMembers } from '../identity/lock-members.ts'
import type { Database } from '../platform/db.ts'
import { answerOnce, type Answer, type Keyed } from '../platform/idempotency.ts'
import type { AvailabilityId, UserId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import type { Context } from '../platform/context.ts'
import type { Sql } from '../platform/sql.ts'
import { ownAvailability, readAvailability } from '../schedule/availabilities.ts'
import { refuseClosed } from '../schedule/closures.ts'
import { sessionCards } from '../schedule/session-cards.ts'
import { refuseStart } from '../schedule/session-state.rule.ts'
import { newestSettings, type SettingsStore } from '../schedule/settings.ts'
import { insertSlot, unbornSlot } from '../schedule/slot-sessions.ts'
import { refuseClash } from '../schedule/trainer-clash.ts'
import { refuseAttending } from '../schedule/attending.ts'
import { teachingOf } from '../schedule/teaching.ts'
import { bookOutright, type OutrightMeans } from './book-outright.ts'
import { attendedBy } from './attended.ts'
import { liveBookingsOf } from './bookings.ts'
import { liveHoldsOf } from './holds.ts'
import { gatherMembers } from './members.ts'
import { openSpots } from './spots.ts'
import { decideStaffBooking } from './staff-booking.rule.ts'
import { ownClass } from './teaching.rule.ts'
import { toWireBooking } from './wire-booking.ts'

interface House {
  db: Database
  settings: SettingsStore
}

interface Command {
  keyed: Keyed
  context: Context
  wish: BookForClient
  startsAt: Temporal.Instant
}

/**
 * Answers 201 with the booking and its receipt. Any time ahead will do: blocks, notice and horizon bind members, not staff; a closure binds all.
 * Throws `not-found`, `session-state` for a start that is not ahead, `studio-closed`, `own-class`, `teaching-then`, `trainer-busy`, `overlapping-booking`, `insufficient-credits`.
 */
export async function bookSlot(house: House, id: AvailabilityId, command: Command): Promise<Answer> {
  const userId = command.wish.userId as UserId
  const seen = ownAvailability(command.context.actor, await readAvailability(house.db.sql, id))
  const who = command.context.actor.userId === userId ? 'you' : 'they'
  if (seen.trainerId === userId) throw ownClass(who)
  const lock = (sql: Sql) => ({
    people: lockMembers(sql, [userId, seen.trainerId]),
    lots: lockLots(sql, [userId]),
    holds: liveHoldsOf(sql, [userId]),
    bookings: liveBookingsOf(sql, [userId], house.db.clock.expression(sql)),
    teaching: teachingOf(sql, [userId], house.db.clock.expression(sql)),
    newest: newestSettings(sql),
  })
  return answerOnce(house.db, command, { lock }, async (tx, locked) => {
    if (!locked.people.some(person => person.id === userId)) throw new Problem('not-found', 'There is no such client.')
    refuseStart(command.startsAt, tx.now)
    const settings = await house.settings.at(locked.newest[0].newest, tx.now)
    const endsAt = command.startsAt.add({ minutes: seen.slotMinutes })
    const wanted = unbornSlot(seen, { startsAt: command.startsAt, endsAt })
    await refuseClosed(tx, [wanted])
    const member = gatherMembers({ ...locked, blocks: [] }, tx.now)(userId)
    decideStaffBooking(member, { session: wanted, settings, now: tx.now, squeeze: false, who })
    await refuseClash(tx, wanted)
    await refuseAttending(tx, [wanted], attendedBy)
    const session = await insertSlot(tx, wanted)
    if (!session) throw new Problem('trainer-busy', 'The trainer teaches something else then.', { startsAt: String(command.startsAt) })
    const spots = openSpots([session])
    const card = (await sessionCards(tx.sql, [session.id])).get(session.id)
    const wish = { session, userId, kind: 'staff', lots: locked.lots, settings, freeCancelUntil: null } as const
    const { booking, receipt } = bookOutright(tx, spots, { ...wish, className: card?.name, means: command.wish.means as OutrightMeans })
    spots.write(tx)
    const body: BookedForClient = { booking: toWireBooking(booking, card), receipt: toWireReceipt(receipt, tx.now), capacity: 1 }
    return { status: 201, body }
  })
}
