// A member's own bookings: upcoming soonest first, the rest latest first, and one with its receipts and QR code.
import type { Booking, BookingDetail, BookingQuery, Receipt } from '@fitflow/contract/booking.ts'
import { Id, Instant, type Page } from '@fitflow/contract/scalars.ts'
import Type from 'typebox'
import { receiptsOf } from '../credits/receipts.ts'
import type { Database } from '../platform/db.ts'
import type { BookingId, UserId } from '../platform/ids.ts'
import { openKeyset, pageSize } from '../platform/keyset.ts'
import { Problem } from '../platform/problem.ts'
import type { Context } from '../platform/context.ts'
import { readOnly, type Tx } from '../platform/tx.ts'
import { sessionCards } from '../schedule/session-cards.ts'
import { bookingColumns, bookingsById, type BookingRow } from './bookings.ts'
import type { QrTokens } from './qr-token.ts'
import { qrOf, toWireBooking } from './wire-booking.ts'

interface By {
  userId: UserId
  context: Context
}

const keyset = openKeyset<[string, string]>(Type.Tuple([Instant, Id]))

/** One page; `upcoming` unless asked for `past`. */
export function listBookings(db: Database, query: BookingQuery, by: By): Promise<Page<Booking>> {
  return readOnly(db, by.context, async tx => {
    const limit = query.limit ?? pageSize
    const after = keyset.read(query.cursor)
    const rows = await (query.scope === 'past' ? past : upcoming)(tx, by.userId, { limit, after })
    const page = keyset.page(rows, limit, row => [String(row.startsAt), row.id])
    const cards = await sessionCards(tx.sql, page.items.map(row => row.sessionId))
    return { ...page, items: page.items.map(row => toWireBooking(row, cards.get(row.sessionId))) }
  })
}

interface From {
  limit: number
  after: [string, string] | undefined
}

function upcoming({ sql, now }: Tx, userId: UserId, { limit, after }: From) {
  const behind = after ? sql`and (starts_at, id) > (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``
  return sql<BookingRow[]>`
    select ${bookingColumns(sql)} from bookings
    where user_id = ${userId} and status in ('confirmed', 'attended') and ends_at > ${now} ${behind}
    order by starts_at, id limit ${limit + 1}`
}

function past({ sql, now }: Tx, userId: UserId, { limit, after }: From) {
  const behind = after ? sql`and (starts_at, id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``
  return sql<BookingRow[]>`
    select ${bookingColumns(sql)} from bookings
    where user_id = ${userId} and (status in ('cancelled', 'no_show') or ends_at <= ${now}) ${behind}
    order by starts_at desc, id desc limit ${limit + 1}`
}

/** Throws `not-found`, also for somebody else's. */
export function readBooking(house: { db: Database; qr: QrTokens }, bookingId: BookingId, by: By): Promise<BookingDetail> {
  return readOnly(house.db, by.context, async tx => {
    const booking = await ownBooking(tx, bookingId, by.userId)
    const cards = await sessionCards(tx.sql, [booking.sessionId])
    const receipts: Receipt[] = await receiptsOf(tx.sql, bookingId)
    const qr = booking.status === 'confirmed' ? qrOf(house.qr, bookingId) : null
    return { ...toWireBooking(booking, cards.get(booking.sessionId)), receipts, qr }
  })
}

/** The token of a booking that may still be used. Throws `not-found`. */
export function readQrToken(house: { db: Database; qr: QrTokens }, bookingId: BookingId, by: By): Promise<string> {
  return readOnly(house.db, by.context, async tx => {
    const booking = await ownBooking(tx, bookingId, by.userId)
    if (booking.status !== 'confirmed') throw new Problem('not-found', 'This booking has no code to show any more.')
    return house.qr.mint(bookingId)
  })
}

async function ownBooking(tx: Tx, bookingId: BookingId, userId: UserId): Promise<BookingRow> {
  const [booking] = await bookingsById(tx.sql, [bookingId])
  if (!booking || booking.userId !== userId) throw new Problem('not-found', 'There is no such booking.')
  return booking
}
