// The studio cancels classes: everybody gets everything back, nobody keeps a hold or a place in the queue, each is told once.
import { undoPenalties } from '../credits/undo-penalties.ts'
import { lockMembers } from '../identity/lock-members.ts'
import type { ClosureId, HoldId, SessionId } from '../platform/ids.ts'
import type { Tx } from '../platform/tx.ts'
import { cancelSessions } from '../schedule/cancel-sessions.ts'
import type { ClassSession } from '../schedule/class-sessions.ts'
import { sessionCards } from '../schedule/session-cards.ts'
import { newestSettings, type SettingsStore } from '../schedule/settings.ts'
import { seatedIn, whoIsIn } from './affected.ts'
import { closeEntries } from './close-entries.ts'
import { endByStudio } from './end-by-studio.ts'
import { endHolds, type SpotHold } from './holds.ts'
import { forgetHolds } from './kept-holds.ts'
import { openSpots, type Spots } from './spots.ts'

export interface StudioHouse {
  settings: SettingsStore
}

export interface StudioCancellation {
  /** Locked. */
  sessions: readonly ClassSession[]
  /** The members read it; '' says nothing. */
  reason: string
  closureId?: ClosureId
}

/**
 * Cancels them in a handful of statements, however many people are in them: bookings are returned in full whatever the window,
 * of a running class too, their penalties are taken back, holds are released, the waitlist is closed. Throws `session-state` when one is over or cancelled.
 */
export async function cancelByStudio(tx: Tx, house: StudioHouse, of: StudioCancellation): Promise<void> {
  const ids = of.sessions.map(session => session.id)
  if (ids.length === 0) return
  const seated = await seatedIn(tx.sql, ids)
  await lockMembers(tx.sql, whoIsIn(seated))
  const [{ newest }] = await newestSettings(tx.sql)
  const { timeZone } = await house.settings.at(newest, tx.now)
  const cards = await sessionCards(tx.sql, ids)
  const spots = openSpots(await cancelSessions(tx, of.sessions, of))
  const deed = ({ sessionId }: { sessionId: SessionId }) => cancelledDeed(cards.get(sessionId)?.name, of.reason)
  await undoPenalties(tx, seated.bookings.map(booking => booking.id), { rule: 'studio-cancel', reason: 'the class was cancelled', timeZone })
  await endByStudio(tx, spots, { bookings: seated.bookings, deed, reason: of.reason, timeZone })
  releaseHolds(tx, spots, seated.holds, of.reason)
  closeEntries(tx, spots, seated.entries, of.reason)
  spots.write(tx)
}

/** "The studio cancelled Morning Strength (Alex is ill)" */
function cancelledDeed(className = 'the class', reason: string): string {
  const why = reason.trim().replace(/[.!]+$/, '')
  return `The studio cancelled ${className}${why === '' ? '' : ` (${why})`}`
}

/** Ends live holds that the studio has no spot for any more; `reason` is what members read. */
export function releaseHolds(tx: Tx, spots: Spots, holds: readonly SpotHold[], reason?: string): void {
  if (holds.length === 0) return
  tx.send(endHolds(tx.sql, { ids: holds.map(hold => hold.id), status: 'released', now: tx.now }))
  forgetHolds(tx, holds)
  for (const { id: holdId, sessionId, userId, kind } of holds) {
    spots.change(sessionId, { taken: -1 })
    tx.emit('hold.released', { holdId, sessionId, userId, kind, version: spots.session(sessionId)?.version ?? 0, ...(reason ? { reason } : {}) })
    tx.audit({ entityType: 'hold', entityId: holdId as HoldId, action: 'released', details: { sessionId, userId, kind, by: 'studio' } })
  }
}
