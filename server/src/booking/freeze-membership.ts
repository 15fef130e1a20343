// A membership is frozen with a look at the bookings inside: they stay, or the studio cancels them and returns everything.
import type { FreezePreview, Frozen } from '@fitflow/contract/clients.ts'
import type { FreezeQuery, NewFreeze } from '@fitflow/contract/credits.ts'
import { debitsOf } from '../credits/debits.ts'
import { toWireReceipt } from '../credits/decisions.ts'
import { freezeLot } from '../credits/freeze-lot.ts'
import { decideFreeze, freezeSpan } from '../credits/freeze.rule.ts'
import { lockLotsById, toWireMembership, type Lot } from '../credits/lots.ts'
import { lotToChange, type LotCommand } from '../credits/with-lot.ts'
import { lockMembers } from '../identity/lock-members.ts'
import type { Context } from '../platform/context.ts'
import type { Database } from '../platform/db.ts'
import { answerOnce, type Answer } from '../platform/idempotency.ts'
import { inLockOrder, type MembershipId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import type { Sql } from '../platform/sql.ts'
import { readOnly, type Tx } from '../platform/tx.ts'
import { lockSessions } from '../schedule/class-sessions.ts'
import { sessionCards } from '../schedule/session-cards.ts'
import type { Span } from '../schedule/studio-days.rule.ts'
import { bookingColumns, type BookingRow } from './bookings.ts'
import { endByStudio } from './end-by-studio.ts'
import { openSpots } from './spots.ts'
import { toWireBooking } from './wire-booking.ts'

/** What the freeze would do. Throws `not-found`, `membership-ended`, `membership-frozen`, `invalid-request`. */
export function previewFreeze(db: Database, id: MembershipId, asked: FreezeQuery, by: { context: Context; timeZone: string }): Promise<FreezePreview> {
  return readOnly(db, by.context, async tx => {
    const lot = await lotToChange(tx.sql, id)
    const at = { now: tx.now, timeZone: by.timeZone }
    const { from, to, validUntil } = decideFreeze(lot, freezeSpan(asked, at, 'query'), at)
    const bookings = await bookingsInside(tx.sql, lot, { from, to })
    const cards = await sessionCards(tx.sql, bookings.map(row => row.sessionId))
    const items = bookings.map(row => toWireBooking(row, cards.get(row.sessionId)))
    return { from: String(from), until: String(to), validUntil: String(validUntil), bookings: items }
  })
}

/**
 * Answers 200 with the lot, its receipt and what was cancelled with it. Throws what the preview throws, and
 * `consequence-changed` when a booking was made inside meanwhile that would have to be cancelled too.
 */
export async function freezeMembership(db: Database, id: MembershipId, wish: NewFreeze, command: LotCommand): Promise<Answer> {
  const { timeZone } = command
  const seen = await lotToChange(db.sql, id)
  const sessions = wish.bookings === 'cancel' ? await sessionsInside(db, seen, { wish, timeZone }) : []
  const lock = (sql: Sql) => ({
    sessions: lockSessions(sql, sessions),
    members: lockMembers(sql, [seen.userId]),
    lots: lockLotsById(sql, [id]),
  })
  const cards = await sessionCards(db.sql, sessions)
  return answerOnce(db, command, { sessions, lock }, async (tx, locked) => {
    const at = { now: tx.now, timeZone }
    const freeze = decideFreeze(locked.lots[0] as Lot, freezeSpan(wish, at, 'body'), at)
    const { lot, receipt } = freezeLot(tx, locked.lots[0] as Lot, freeze, { reason: wish.reason, timeZone })
    const spots = openSpots(locked.sessions)
    const bookings = wish.bookings === 'cancel' ? await toCancel(tx, lot, { freeze, spots }) : []
    // Behind the freeze: what comes back finds its lot with its new end.
    const deed = ({ sessionId }: BookingRow) => `The studio cancelled ${cards.get(sessionId)?.name ?? 'the class'} (the membership is frozen)`
    const seated = bookings.map(booking => ({ ...booking, spotReleasedAt: null }))
    await endByStudio(tx, spots, { bookings: seated, deed, reason: wish.reason, timeZone })
    spots.write(tx)
    const wire = toWireReceipt(receipt, tx.now)
    const body: Frozen = {
      membership: toWireMembership(lot, { warnedDays: null, changes: [wire] }),
      receipt: wire,
      cancelled: bookings.map(row => toWireBooking(asEnded(row, tx.now), cards.get(row.sessionId))),
    }
    return { status: 200, body }
  })
}

function asEnded(booking: BookingRow, now: Temporal.Instant): BookingRow {
  return { ...booking, status: 'cancelled', cancelKind: 'studio', creditsUsed: 0, cancelledAt: now }
}

async function sessionsInside(db: Database, lot: Lot, { wish, timeZone }: { wish: NewFreeze; timeZone: string }) {
  const [clock] = await db.sql<[{ now: Temporal.Instant }]>`select ${db.clock.expression(db.sql)} as now`
  const span = freezeSpan(wish, { now: clock.now, timeZone }, 'body')
  return inLockOrder((await bookingsInside(db.sql, lot, span)).map(row => row.sessionId))
}

/** Looks again under the locks. */
async function toCancel(tx: Tx, lot: Lot, { freeze, spots }: { freeze: Span; spots: ReturnType<typeof openSpots> }): Promise<BookingRow[]> {
  const bookings = await bookingsInside(tx.sql, lot, freeze)
  if (bookings.every(row => spots.session(row.sessionId))) return bookings
  throw new Problem('consequence-changed', 'A class was booked inside the freeze meanwhile. Nothing was changed: please look again.')
}

/** The open bookings that start inside and were paid by this lot, soonest first. */
async function bookingsInside(sql: Sql, { id, userId }: Lot, { from, to }: Span): Promise<BookingRow[]> {
  const rows = await sql<BookingRow[]>`
    select ${bookingColumns(sql)} from bookings
    where user_id = ${userId} and status = 'confirmed' and starts_at >= ${from} and starts_at < ${to} order by starts_at, id`
  const debits = await debitsOf(sql, rows.filter(row => row.method === 'credits').map(row => row.id))
  const debited = new Set(debits.filter(debit => debit.lot.id === id).map(debit => debit.bookingId))
  return rows.filter(row => row.membershipId === id || debited.has(row.id))
}
