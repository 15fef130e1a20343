// Reminders: whoever is booked hears of it a day and an hour before, once for each start the class ever has.
import { liveBookingsIn } from '../booking/bookings.ts'
import type { Context } from '../platform/context.ts'
import type { Database } from '../platform/db.ts'
import type { BookingId, UserId } from '../platform/ids.ts'
import { together } from '../platform/read-by-id.ts'
import { newTraceId } from '../platform/trace.ts'
import { readTogether, transact, type Tx } from '../platform/tx.ts'
import { sessionsStarting } from '../schedule/class-sessions.ts'
import { bookedFacts, openScene, seatOf, type Scene } from './class-facts.ts'
import { changesTold, knownReasons } from './messages.ts'
import { firstReminderHours, reminderDue, type Reminder } from './remind.rule.ts'
import type { Way } from './ways.ts'
import { telling, writeMessages } from './write-messages.ts'

export interface RemindingHouse extends Pick<Scene, 'settings' | 'qr'> {
  db: Database
  ways: readonly Way[]
}

/** One transaction writes no more. */
const batchMax = 100

/** Writes the reminders that are due; answers how many. Any number of workers may: a reminder is a row that exists once. */
export async function remind(house: RemindingHouse): Promise<number> {
  const due = await dueReminders(house.db)
  let written = 0
  for (let at = 0; at < due.length; at += batchMax) {
    const batch = due.slice(at, at + batchMax)
    const context: Context = { actor: { userId: null, role: 'system', via: 'job' }, traceId: newTraceId() }
    written += await transact(house.db, context, { isolation: 'read committed' }, tx => write(tx, house, batch))
  }
  if (written > 0) house.db.signals.send({ messages: true })
  return written
}

interface Due {
  bookingId: BookingId
  kind: Reminder
  reason: string
}

async function dueReminders(db: Database): Promise<Due[]> {
  const clock = db.clock.expression(db.sql)
  const { values, now } = await readTogether(db, sql => ({ sessions: sessionsStarting(sql, { after: clock, hours: firstReminderHours }) }))
  const ids = values.sessions.map(session => session.id)
  if (ids.length === 0) return []
  const [bookings, changes] = await Promise.all([liveBookingsIn(db.sql, ids), changesTold(db.sql, ids)])
  const toldAt = new Map(changes.map(one => [key(one), one.toldAt]))
  const due = bookings.flatMap(booking => {
    const knownSince = later(booking.createdAt, toldAt.get(key(booking)))
    const kind = booking.status === 'confirmed' ? reminderDue({ startsAt: booking.startsAt, knownSince }, now) : null
    return kind === null ? [] : [{ bookingId: booking.id, kind, reason: `${kind}:${booking.id}:${booking.startsAt}` }]
  })
  const known = await knownReasons(db.sql, due.map(one => one.reason))
  return due.filter(one => !known.has(one.reason))
}

const key = ({ sessionId, userId }: { sessionId: string; userId: UserId }) => `${sessionId} ${userId}`

function later(a: Temporal.Instant, b: Temporal.Instant | undefined): Temporal.Instant {
  return b === undefined || Temporal.Instant.compare(a, b) > 0 ? a : b
}

/** From what is true now: who cancelled meanwhile, or was moved, is not reminded. */
async function write(tx: Tx, house: RemindingHouse, batch: readonly Due[]): Promise<number> {
  const scene = openScene(tx, house)
  const seats = await together(batch.map(one => seatOf(scene, one.bookingId)))
  const told = []
  for (const [at, { kind, reason }] of batch.entries()) {
    const seat = seats[at]
    const isSo = seat?.booking.status === 'confirmed' && seat.card.status === 'published' && reason.endsWith(`:${seat.card.startsAt}`)
    if (!seat || !isSo || Temporal.Instant.compare(tx.now, seat.card.startsAt) >= 0) continue
    const { creditsUsed: _, ...facts } = await bookedFacts(scene, seat)
    told.push({ ...telling(seat.booking.userId, kind, facts), reason })
  }
  return writeMessages(tx, { settings: house.settings.current(), ways: house.ways }, told)
}
