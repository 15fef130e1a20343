// Who would be in two places at once if sessions moved: decided for all that move together, in the order the spots were taken.
import type { BookingId, HoldId, SessionId, UserId } from '../platform/ids.ts'

/** A time at which somebody has something, or teaches. */
export interface Claim {
  sessionId: SessionId
  userId: UserId
  startsAt: Temporal.Instant
  endsAt: Temporal.Instant
}

/** A member's hold or booking. */
export interface Commitment extends Claim {
  id: HoldId | BookingId
}

export interface Relocation {
  sessionId: SessionId
  startsAt: Temporal.Instant
  endsAt: Temporal.Instant
}

const before = (a: Temporal.Instant, b: Temporal.Instant) => Temporal.Instant.compare(a, b) < 0

/**
 * The claims in moving sessions that cannot move with them, each with the other one that is in the way: one that stays where it
 * is, or one that moves too and was made before. `claims` come in the order they are kept. Half-open ranges: meeting is no overlap.
 */
export function whoOverlaps<Moving extends Commitment, Other extends Claim>(
  relocations: readonly Relocation[],
  claims: readonly Moving[],
  elsewhere: readonly Other[],
): Map<Moving, Moving | Other> {
  const placeOf = new Map(relocations.map(one => [one.sessionId, one]))
  const kept: Map<UserId, (Moving | Other)[]> = Map.groupBy(elsewhere.filter(one => !placeOf.has(one.sessionId)), one => one.userId)
  const dropped = new Map<Moving, Moving | Other>()
  for (const claim of claims) {
    const placed = { ...claim, ...placeOf.get(claim.sessionId) }
    const others = kept.get(claim.userId) ?? []
    const inTheWay = others.find(other => before(other.startsAt, placed.endsAt) && before(placed.startsAt, other.endsAt))
    if (inTheWay) dropped.set(claim, inTheWay)
    else kept.set(claim.userId, [...others, placed])
  }
  return dropped
}
