// A member's holds and offers: what the countdown on a reloaded page is drawn from, and what staff see of them.
import type { Hold } from '@fitflow/contract/booking.ts'
import type { ClientHold } from '@fitflow/contract/clients.ts'
import type { Page } from '@fitflow/contract/scalars.ts'
import type { Database } from '../platform/db.ts'
import type { HoldId, UserId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import type { Context } from '../platform/context.ts'
import { readOnly, type Tx } from '../platform/tx.ts'
import { sessionCards } from '../schedule/session-cards.ts'
import { holdsById, liveHoldsOf, toWireHold, type SpotHold } from './holds.ts'
import { isLive } from './members.ts'
import { toWireClass } from './wire-booking.ts'

interface By {
  userId: UserId
  context: Context
}

/** Live ones only, those that end first leading; a member has few. */
export function listHolds(db: Database, by: By): Promise<Page<Hold>> {
  return readOnly(db, by.context, async tx => ({ items: (await soonestOver(tx, by.userId)).map(toWireHold), nextCursor: null }))
}

/** The same of one client, for staff: each with the class it is in. */
export function listClientHolds(db: Database, by: By): Promise<Page<ClientHold>> {
  return readOnly(db, by.context, async tx => {
    const holds = await soonestOver(tx, by.userId)
    const cards = await sessionCards(tx.sql, holds.map(hold => hold.sessionId))
    const items = holds.map(hold => ({ ...toWireHold(hold), session: toWireClass(hold, cards.get(hold.sessionId)) }))
    return { items, nextCursor: null }
  })
}

async function soonestOver({ sql, now }: Pick<Tx, 'sql' | 'now'>, userId: UserId): Promise<SpotHold[]> {
  const holds = (await liveHoldsOf(sql, [userId])).filter(hold => isLive(hold, now))
  return holds.sort((a, b) => Temporal.Instant.compare(a.expiresAt, b.expiresAt))
}

/** Any hold of the asker's; one that has run out says so even before it was swept. Throws `not-found`. */
export function readHold(db: Database, holdId: HoldId, by: By): Promise<Hold> {
  return readOnly(db, by.context, async tx => {
    const [hold] = await holdsById(tx.sql, [holdId])
    if (!hold || hold.userId !== by.userId) throw new Problem('not-found', 'There is no such hold.')
    const ranOut = hold.status === 'active' && !isLive(hold, tx.now)
    return toWireHold(ranOut ? { ...hold, status: 'expired' } : hold)
  })
}
