// What a decision needs to know of each member: their live holds and bookings everywhere, and what they may pay with.
import type { LiveBlock } from '../credits/blocks.ts'
import type { Lot } from '../credits/lots.ts'
import type { HoldId, UserId } from '../platform/ids.ts'
import type { Teaching } from '../schedule/teaching.ts'
import type { Member } from './admission.rule.ts'
import type { BookingRow } from './bookings.ts'
import type { SpotHold } from './holds.ts'

export interface KnownMember extends Member {
  holds: Map<HoldId, SpotHold>
  lots: Lot[]
}

export interface Facts {
  holds: readonly SpotHold[]
  bookings: readonly Pick<BookingRow, 'id' | 'sessionId' | 'userId' | 'startsAt' | 'endsAt'>[]
  lots: readonly Lot[]
  blocks: readonly LiveBlock[]
  /** What they teach. */
  teaching: readonly Teaching[]
}

/** A hold is live iff its status is, and it has not run out; while its payment is under way it does not run out. */
export function isLive(hold: Pick<SpotHold, 'status' | 'expiresAt'>, now: Temporal.Instant): boolean {
  return hold.status === 'confirming' || (hold.status === 'active' && Temporal.Instant.compare(hold.expiresAt, now) > 0)
}

/** Sorts the facts by member. */
export function gatherMembers(facts: Facts, now: Temporal.Instant): (userId: UserId) => KnownMember {
  const members = new Map<UserId, KnownMember>()
  const member = (userId: UserId): KnownMember => {
    let known = members.get(userId)
    if (!known) members.set(userId, (known = { commitments: [], lots: [], holds: new Map(), blockedUntil: null }))
    return known
  }
  for (const hold of facts.holds) if (isLive(hold, now)) addHold(member(hold.userId), hold)
  for (const { userId, ...booking } of facts.bookings) member(userId).commitments.push({ kind: 'booking', ...booking })
  for (const { userId, ...taught } of facts.teaching) member(userId).commitments.push({ kind: 'teaching', id: taught.sessionId, ...taught })
  for (const lot of facts.lots) member(lot.userId).lots.push(lot)
  for (const block of facts.blocks) member(block.userId).blockedUntil = block.endsAt
  return member
}

/** Counts a hold as the member's from now on. */
export function addHold(member: KnownMember, hold: SpotHold): void {
  member.holds.set(hold.id, hold)
  member.commitments.push(hold)
}
