// The facts of messages about a class, read from what is true now through the modules that own it.
import { bookingsById, type BookingRow } from '../booking/bookings.ts'
import { holdsById, type SpotHold } from '../booking/holds.ts'
import type { QrTokens } from '../booking/qr-token.ts'
import type { BookingId, HoldId, SessionId } from '../platform/ids.ts'
import { readById, type ReadById } from '../platform/read-by-id.ts'
import type { Tx } from '../platform/tx.ts'
import { sessionCards, type SessionCard } from '../schedule/session-cards.ts'
import type { Settings, SettingsStore } from '../schedule/settings.ts'
import type { ClassFacts, FactsOf } from './message-kinds.ts'

/** What facts are read with, in one transaction. */
export interface Scene extends Pick<Tx, 'sql' | 'now'>, Stage {
  /** Each reads once what is asked for in one breath, however many messages ask. */
  read: { booking: ReadById<BookingId, BookingRow>; card: ReadById<SessionId, SessionCard>; hold: ReadById<HoldId, SpotHold> }
}

interface Stage {
  settings: SettingsStore
  qr: QrTokens
}

/** The facts as they are in this transaction. */
export function openScene({ sql, now }: Pick<Tx, 'sql' | 'now'>, { settings, qr }: Stage): Scene {
  return {
    ...{ sql, now, settings, qr },
    read: {
      booking: readById(ids => bookingsById(sql, ids)),
      card: readById(async ids => (await sessionCards(sql, ids)).values()),
      hold: readById(ids => holdsById(sql, ids)),
    },
  }
}

/** A class as a message speaks of it. */
export function classFacts(card: SessionCard, { timeZone }: Pick<Settings, 'timeZone'>): ClassFacts {
  const { id, name, trainerName, startsAt, endsAt, version } = card
  return { sessionId: id, className: name, trainerName: trainerName || null, startsAt: String(startsAt), endsAt: String(endsAt), timeZone, version }
}

export interface Seat {
  booking: BookingRow
  card: SessionCard
}

/** A booking with its class. */
export async function seatOf({ read }: Scene, id: BookingId): Promise<Seat | undefined> {
  const booking = await read.booking(id)
  const card = booking && (await read.card(booking.sessionId))
  return card && { booking, card }
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
