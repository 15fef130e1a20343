// What must hold of lots, ledger and receipts, recomputed from the rows themselves.
import type { Sql } from '../platform/sql.ts'

interface Invariant {
  name: string
  /** Rows that break it, each with a text that says which and how. */
  broken(sql: Sql): PromiseLike<{ what: string }[]>
}

// A few of what is broken say as much as all of it.
const listedMax = 20

const invariants: readonly Invariant[] = [
  {
    name: 'a balance is the sum of its ledger and never below zero',
    broken: sql => sql`
      select format('lot %s: balance %s, ledger %s', m.id, m.credits_balance, coalesce(l.sum, 0)) as what
      from memberships m
      left join (select membership_id, sum(amount) from credit_transactions group by membership_id) l on l.membership_id = m.id
      where m.credits_balance <> coalesce(l.sum, 0) or m.credits_balance < 0`,
  },
  {
    // In a chain from 0 to the balance every value is reached as often as it is left, in whatever order the lines are read:
    // ids come from the clocks of several processes, and lines of one transaction share their instant.
    name: 'the balances after each line of a lot form one chain',
    broken: sql => sql`
      with steps as (
        select membership_id, balance_after as value, 1 as step from credit_transactions
        union all select membership_id, balance_after - amount, -1 from credit_transactions
        union all select id, 0, 1 from memberships
        union all select id, credits_balance, -1 from memberships)
      select format('lot %s: %s is reached %s times more than it is left', membership_id, value, sum(step)) as what
      from steps group by membership_id, value having sum(step) <> 0
      union all
      select format('line %s leaves %s in lot %s', id, balance_after, membership_id) from credit_transactions
      where balance_after < 0`,
  },
  {
    name: 'a line that moves nothing stands on a balance the lot had',
    broken: sql => sql`
      select format('line %s (%s) names the balance %s, which lot %s never had', t.id, t.type, t.balance_after, t.membership_id)
        as what
      from credit_transactions t
      where t.amount = 0 and not exists (
        select from credit_transactions o where o.membership_id = t.membership_id and o.amount <> 0
          and t.balance_after in (o.balance_after, o.balance_after - o.amount))`,
  },
  {
    name: 'every line of the ledger has its receipt, of the same member and booking',
    broken: sql => sql`
      select format('line %s and receipt %s do not belong together', t.id, t.receipt_id) as what
      from credit_transactions t left join decision_receipts r on r.id = t.receipt_id
      where r.id is null or r.user_id <> t.user_id or r.booking_id is distinct from t.booking_id`,
  },
  {
    name: 'every line belongs to the member whose lot it moves, and unlimited access has none',
    broken: sql => sql`
      select format('line %s of %s moves lot %s of %s', t.id, t.user_id, m.id, m.user_id) as what
      from credit_transactions t join memberships m on m.id = t.membership_id
      where t.user_id <> m.user_id or m.credits_granted is null`,
  },
  {
    name: 'a booking never gets back more than it was debited',
    broken: sql => sql`
      select format('booking %s is %s up', booking_id, sum(amount)) as what from credit_transactions
      where booking_id is not null and type in ('debit', 'return') group by booking_id having sum(amount) > 0`,
  },
  {
    name: 'a lot of returned credits names its origin, which is of the same member',
    broken: sql => sql`
      select format('lot %s (%s) has the origin %s', m.id, m.plan_type, m.origin_id) as what
      from memberships m left join memberships o on o.id = m.origin_id
      where (m.plan_type = 'returned') <> (m.origin_id is not null) or o.user_id <> m.user_id`,
  },
]

/** Names every broken invariant of credits, one line a finding; an empty list is a sound ledger. */
export async function creditsInvariants(sql: Sql): Promise<string[]> {
  const found: string[] = []
  for (const { name, broken } of invariants) {
    const rows = await broken(sql)
    found.push(...rows.slice(0, listedMax).map(row => `${name}: ${row.what}`))
    if (rows.length > listedMax) found.push(`${name}: and ${rows.length - listedMax} more`)
  }
  return found
}
