// How a booking looks on the wire, with the class it is for and its QR code.
import type { Booking } from '@fitflow/contract/booking.ts'
import type { BookingId } from '../platform/ids.ts'
import type { SessionCard } from '../schedule/session-cards.ts'
import type { BookingRow } from './bookings.ts'
import type { QrTokens } from './qr-token.ts'

/** A booking on the wire: credits as decimals. */
export function toWireBooking(row: BookingRow, card: SessionCard | undefined): Booking {
  return {
    id: row.id,
    sessionId: row.sessionId,
    status: row.status,
    cancelKind: row.cancelKind,
    creditsUsed: row.creditsUsed / 100,
    method: row.method,
    freeCancelUntil: row.freeCancelUntil === null ? null : String(row.freeCancelUntil),
    createdAt: String(row.createdAt),
    cancelledAt: row.cancelledAt === null ? null : String(row.cancelledAt),
    session: toWireClass(row, card),
  }
}

/** The class as it is shown beside something of the member's own. */
export function toWireClass(times: Pick<BookingRow, 'startsAt' | 'endsAt'>, card: SessionCard | undefined): Booking['session'] {
  return {
    name: card?.name ?? '',
    type: card?.type ?? '',
    trainer: { id: card?.trainerId ?? '', name: card?.trainerName ?? '' },
    startsAt: String(card?.startsAt ?? times.startsAt),
    endsAt: String(card?.endsAt ?? times.endsAt),
    status: card?.status ?? '',
  }
}

/** The token to show at the door, and where it is drawn. */
export function qrOf(qr: QrTokens, bookingId: BookingId) {
  const url = `/api/v1/bookings/${bookingId}/qr`
  return { token: qr.mint(bookingId), svgUrl: `${url}.svg`, pngUrl: `${url}.png` }
}
