// The facts of messages about a class, read from what is true now through the modules that own it.
import { bookingsById, type BookingRow } from '../booking/bookings.ts'
import type { QrTokens } from '../booking/qr-token.ts'
import type { BookingId, SessionId } from '../platform/ids.ts'
import type { Tx } from '../platform/tx.ts'
import { sessionCards, type SessionCard } from '../schedule/session-cards.ts'
import type { Settings, SettingsStore } from '../schedule/settings.ts'
import type { ClassFacts, FactsOf } from './message-kinds.ts'

/** What facts are read with. */
export interface Scene extends Pick<Tx, 'sql' | 'now'> {
  settings: SettingsStore
  qr: QrTokens
}

/** A class as a message speaks of it. */
export function classFacts(card: SessionCard, { timeZone }: Pick<Settings, 'timeZone'>): ClassFacts {
  const { id, name, trainerName, startsAt, endsAt, version } = card
  return { sessionId: id, className: name, trainerName: trainerName || null, startsAt: String(startsAt), endsAt: String(endsAt), timeZone, version }
}

/** The card of one class; undefined when it is not there. */
export async function cardOf({ sql }: Pick<Scene, 'sql'>, id: SessionId): Promise<SessionCard | undefined> {
  return (await sessionCards(sql, [id])).get(id)
}

export interface Seat {
  booking: BookingRow
  card: SessionCard
}

/** Bookings with their classes, those that are there. */
export async function seatsOf({ sql }: Pick<Scene, 'sql'>, ids: readonly BookingId[]): Promise<Seat[]> {
  const bookings = await bookingsById(sql, ids)
  const cards = await sessionCards(sql, bookings.map(booking => booking.sessionId))
  return bookings.flatMap(booking => {
    const card = cards.get(booking.sessionId)
    return card ? [{ booking, card }] : []
  })
}

/** A booking with its class. */
export async function seatOf(scene: Pick<Scene, 'sql'>, id: BookingId): Promise<Seat | undefined> {
  return (await seatsOf(scene, [id]))[0]
}

/** A place in a class, with the code to show at the door. */
export async function bookedFacts(scene: Scene, { booking, card }: Seat): Promise<FactsOf['booking-confirmed']> {
  const { id: bookingId, creditsUsed } = booking
  const freeUntil = await freeUntilOf(scene, booking)
  return { ...classFacts(card, scene.settings.current()), bookingId, qrToken: scene.qr.mint(bookingId), creditsUsed, freeUntil }
}

/** Until when cancelling returns everything, by the policy its hold was made under; null when that is over. */
export async function freeUntilOf({ settings, now }: Pick<Scene, 'settings' | 'now'>, booking: BookingRow): Promise<string | null> {
  const { fullReturnHours } = await settings.version(booking.settingsVersion)
  const byPolicy = booking.startsAt.subtract({ hours: fullReturnHours })
  const { freeCancelUntil } = booking
  const until = freeCancelUntil !== null && Temporal.Instant.compare(freeCancelUntil, byPolicy) > 0 ? freeCancelUntil : byPolicy
  return Temporal.Instant.compare(now, until) < 0 ? String(until) : null
}
