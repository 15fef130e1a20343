// What many members may pay with today, in sums: for lists of people.
import { toWireCredits } from '../platform/credits.ts'
import type { UserId } from '../platform/ids.ts'
import type { Tx } from '../platform/tx.ts'

/** As it crosses the wire beside a client: credits as decimals, an instant in ISO 8601. */
export interface Means {
  creditsBalance: number
  unlimitedUntil: string | null
}

interface MeansRow {
  userId: UserId
  credits: number
  unlimitedUntil: Temporal.Instant | null
}

const nothing: Means = { creditsBalance: 0, unlimitedUntil: null }

/** The means of each of these members, out of the lots that pay today. Served by `memberships_user_id`. */
export async function meansOf({ sql, now }: Pick<Tx, 'sql' | 'now'>, userIds: readonly UserId[]): Promise<(userId: UserId) => Means> {
  const rows = await sql<MeansRow[]>`
    select user_id, sum(credits_balance)::int as credits,
      max(valid_until) filter (where credits_granted is null) as unlimited_until
    from memberships
    where user_id = any(${[...userIds]}::uuid[]) and (credits_balance > 0 or credits_granted is null)
      and valid_from <= ${now} and valid_until > ${now} and not coalesce(frozen_from <= ${now} and frozen_until > ${now}, false)
    group by user_id`
  const means = new Map(rows.map(row => [row.userId, toWireMeans(row)]))
  return userId => means.get(userId) ?? nothing
}

function toWireMeans({ credits, unlimitedUntil }: MeansRow): Means {
  return {
    creditsBalance: toWireCredits(credits),
    unlimitedUntil: unlimitedUntil === null ? null : String(unlimitedUntil),
  }
}
