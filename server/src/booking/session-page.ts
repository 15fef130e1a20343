// The class page: the card, its words, its booking window, and what the asker has there.
import type { SessionDetail } from '@fitflow/contract/sessions.ts'
import type { Database } from '../platform/db.ts'
import type { BookingId, HoldId, SessionId, UserId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import type { Context } from '../platform/context.ts'
import { readOnly, type Tx } from '../platform/tx.ts'
import { wireCard } from '../schedule/schedule-between.ts'
import { sessionCards } from '../schedule/session-cards.ts'
import { newestSettings, type SettingsStore } from '../schedule/settings.ts'
import { isUnseen } from '../schedule/spots-left.rule.ts'
import { waitlistDoor } from './admission.rule.ts'
import { bookingWindow } from './booking-window.rule.ts'
import { liveHoldsOf, nextReleases } from './holds.ts'
import { isLive } from './members.ts'
import { refusePrivate } from './private-sessions.ts'
import { seriesOfClass } from './standing-series.ts'
import { liveEntries } from './waitlist-entries.ts'

/** Throws `not-found`, also for a draft, called off or not, which only staff see. */
export function readSessionPage(
  house: { db: Database; settings: SettingsStore },
  sessionId: SessionId,
  by: { userId: UserId | null; context: Context },
): Promise<SessionDetail> {
  return readOnly(house.db, by.context, async tx => {
    const card = (await sessionCards(tx.sql, [sessionId])).get(sessionId)
    if (!card || isUnseen(card)) throw new Problem('not-found', 'There is no such class.')
    const [{ newest }] = await newestSettings(tx.sql)
    const settings = await house.settings.at(newest, tx.now)
    const own = by.userId ? await readOwn(tx, by.userId, sessionId) : nothing
    if (!own.mine) await refusePrivate(tx, card, by.userId)
    const [release] = await nextReleases(tx.sql, [sessionId], tx.sql`${tx.now}::timestamptz`)
    const { opensAt, closesAt } = bookingWindow(card.startsAt, settings)
    return {
      ...wireCard(card, settings.currency, { settings, now: tx.now }),
      mine: own.mine,
      description: card.description,
      bookingOpensAt: String(opensAt),
      bookingClosesAt: String(closesAt),
      nextReleaseAt: release ? String(release.nextReleaseAt) : null,
      myHoldId: own.holdId,
      myBookingId: own.bookingId,
      availabilityId: card.availabilityId,
      series: await seriesOfClass(tx, card.seriesId, { userId: by.userId, timeZone: settings.timeZone }),
      waitlist: waitlistDoor(card, settings),
      version: card.version,
    }
  })
}

interface Own {
  mine: SessionDetail['mine']
  holdId: HoldId | null
  bookingId: BookingId | null
}

const nothing: Own = { mine: null, holdId: null, bookingId: null }

async function readOwn(tx: Tx, userId: UserId, sessionId: SessionId): Promise<Own> {
  const [booking] = await tx.sql<{ id: BookingId }[]>`
    select id from bookings
    where session_id = ${sessionId} and user_id = ${userId} and status in ('confirmed', 'attended', 'no_show')`
  if (booking) return { mine: 'booked', holdId: null, bookingId: booking.id }
  const holds = await liveHoldsOf(tx.sql, [userId])
  const hold = holds.find(one => one.sessionId === sessionId && isLive(one, tx.now))
  if (hold) return { mine: hold.kind === 'offer' ? 'offered' : 'held', holdId: hold.id, bookingId: null }
  const [entry] = await liveEntries(tx.sql, [{ sessionId, userId }])
  return entry?.state === 'waiting' ? { ...nothing, mine: 'waiting' } : nothing
}
