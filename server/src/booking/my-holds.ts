// A member's own holds and offers: what the countdown on a reloaded page is drawn from.
import type { Hold } from '@fitflow/contract/booking.ts'
import type { Page } from '@fitflow/contract/scalars.ts'
import type { Database } from '../platform/db.ts'
import type { HoldId, UserId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import type { Context } from '../platform/context.ts'
import { readOnly } from '../platform/tx.ts'
import { holdsById, liveHoldsOf, toWireHold } from './holds.ts'
import { isLive } from './members.ts'

interface By {
  userId: UserId
  context: Context
}

/** Live ones only, those that end first leading; a member has few. */
export function listHolds(db: Database, by: By): Promise<Page<Hold>> {
  return readOnly(db, by.context, async tx => {
    const holds = (await liveHoldsOf(tx.sql, [by.userId])).filter(hold => isLive(hold, tx.now))
    const items = holds.sort((a, b) => Temporal.Instant.compare(a.expiresAt, b.expiresAt)).map(toWireHold)
    return { items, nextCursor: null }
  })
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
