// Whom free spots would go to, were they free now: asked by the same rule as the deed, without a lock and without a trace.
import { liveBlocks } from '../credits/blocks.ts'
import { spendableLots } from '../credits/lots.ts'
import type { Tx } from '../platform/tx.ts'
import type { ClassSession } from '../schedule/class-sessions.ts'
import type { Settings } from '../schedule/settings.ts'
import { teachingOf, type Teaching } from '../schedule/teaching.ts'
import { liveBookingsOf } from './bookings.ts'
import { looksBack } from './caps.rule.ts'
import { liveHoldsOf } from './holds.ts'
import { gatherMembers } from './members.ts'
import { decidePromotion, handsOn } from './promotion.rule.ts'
import { isAwake, type WaitlistEntry } from './waitlist-entries.ts'

interface Freed {
  /** As it would be: its time, its trainer. */
  session: ClassSession
  free: number
  /** In the order of the queue. */
  entries: readonly WaitlistEntry[]
  settings: Settings
}

/** Those who would be offered a spot, or booked at once; whoever cannot be served is passed over, as when it happens. */
export async function wouldGet({ sql, now }: Tx, { session, free, entries, settings }: Freed): Promise<WaitlistEntry[]> {
  const asked = entries.filter(entry => entry.state === 'waiting' && isAwake(entry, now))
  if (free <= 0 || asked.length === 0 || handsOn({ session, settings, now }) !== 'free') return []
  const userIds = asked.map(entry => entry.userId)
  const instant = sql`${now}::timestamptz`
  const [holds, bookings, lots, blocks, teaching] = await Promise.all([
    liveHoldsOf(sql, userIds),
    liveBookingsOf(sql, userIds, instant, looksBack(settings)),
    spendableLots(sql, userIds),
    liveBlocks(sql, userIds, instant),
    teachingOf(sql, userIds, instant),
  ])
  const memberOf = gatherMembers({ holds, bookings, lots, blocks, teaching: [...teaching, ...asTaught(session)] }, now)
  const served = asked.filter(entry => decidePromotion(memberOf(entry.userId), { session, settings, now, mode: 'offer' }).outcome !== 'passed-over')
  return served.slice(0, free)
}

/** Whoever would teach it then is not given a spot in it. */
function asTaught({ id: sessionId, trainerId: userId, startsAt, endsAt }: ClassSession): Teaching[] {
  return [{ userId, sessionId, startsAt, endsAt }]
}
