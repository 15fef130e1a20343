// A lot as the rules see it, without a database.
import { unmarked, type Lot } from '../src/credits/lots.ts'
import type { MembershipId, UserId } from '../src/platform/ids.ts'

/** A pack of ten credits, bought on 1 January 2027 and valid for three months, unless told otherwise. */
export function lotOf(id: string, differs: Partial<Lot> = {}): Lot {
  const boughtAt = Temporal.Instant.from('2027-01-01T10:00:00Z')
  return {
    id: id as MembershipId,
    userId: 'member' as UserId,
    planType: 'pack',
    name: '10-class pack',
    creditsGranted: 1000,
    creditsBalance: 1000,
    validFrom: boughtAt,
    validUntil: boughtAt.add({ hours: 90 * 24 }),
    ...unmarked,
    originId: null,
    createdAt: boughtAt,
    ...differs,
  }
}
