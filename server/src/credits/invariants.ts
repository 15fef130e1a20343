// What must hold of lots, ledger and receipts, recomputed from the rows themselves.
import type { Invariant } from '../platform/invariant.ts'

/** Read by `verify`, with all the others. */
export const creditsInvariants: readonly Invariant[] = [
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
    name: 'a lot of returned credits names its origin of the same member, and one that was transferred its origin of another',
    broken: sql => sql`
      select format('lot %s (%s) has the origin %s', m.id, m.plan_type, m.origin_id) as what
      from memberships m left join memberships o on o.id = m.origin_id
      where (m.plan_type in ('returned', 'transferred')) <> (m.origin_id is not null)
        or (o.user_id = m.user_id) <> (m.plan_type = 'returned')`,
  },
  {
    name: 'what was transferred out of a lot is what came into the lots that name it as their origin',
    broken: sql => sql`
      with moved as (
        select case when t.amount > 0 then m.origin_id else m.id end as lot_id, t.amount
        from credit_transactions t join memberships m on m.id = t.membership_id where t.type = 'transfer')
      select format('lot %s: its transfers come to %s', lot_id, sum(amount)) as what
      from moved group by lot_id having lot_id is null or sum(amount) <> 0
      union all
      select format('lot %s was transferred, and received %s of %s', m.id, coalesce(sum(t.amount), 0), m.credits_granted)
      from memberships m left join credit_transactions t on t.membership_id = m.id and t.type = 'transfer' and t.amount > 0
      where m.plan_type = 'transferred' group by m.id having m.credits_granted is distinct from sum(t.amount)`,
  },
  {
    name: 'an expired lot is empty, and no lot expires before its end',
    broken: sql => sql`
      select format('lot %s has %s, ends at %s and expired at %s', id, credits_balance, valid_until, expired_at) as what
      from memberships where expired_at is not null and (credits_balance <> 0 or expired_at < valid_until)`,
  },
  {
    name: 'the freeze of a lot stands in its history, and no other freeze of it is open',
    broken: sql => sql`
      select format('lot %s is frozen from %s to %s, its history says otherwise', m.id, m.frozen_from, m.frozen_until) as what
      from memberships m where m.frozen_from is not null and not exists (
        select from membership_freezes f where f.membership_id = m.id and f.lifted_at is null
          and f.starts_at = m.frozen_from and f.ends_at = m.frozen_until)
      union all
      select format('freezes %s and %s of lot %s overlap', a.id, b.id, a.membership_id) from membership_freezes a
      join membership_freezes b on b.membership_id = a.membership_id and b.id > a.id
        and b.starts_at < a.ends_at and a.starts_at < b.ends_at`,
  },
  {
    name: 'every penalty, and every one that was taken back, has its receipt of the same member and booking',
    broken: sql => sql`
      select format('penalty %s and its receipts do not belong together', p.id) as what
      from penalties p left join decision_receipts r on r.id = p.receipt_id left join decision_receipts w on w.id = p.waive_receipt_id
      where r.user_id is distinct from p.user_id or r.booking_id is distinct from p.booking_id
        or (w.id is not null and (w.user_id <> p.user_id or w.booking_id is distinct from p.booking_id))`,
  },
  {
    name: 'a block that was not lifted stands on its strikes, all of them its member’s',
    broken: sql => sql`
      select format('block %s of %s stands on %s of %s strikes', b.id, b.user_id, count(p.id), b.strikes_max) as what
      from booking_blocks b left join penalties p on p.block_id = b.id and p.waived_at is null and p.user_id = b.user_id
      where b.lifted_at is null group by b.id having count(p.id) < b.strikes_max
      union all
      select format('strike %s of %s counts for block %s of somebody else', p.id, p.user_id, b.id)
      from penalties p join booking_blocks b on b.id = p.block_id where b.user_id <> p.user_id`,
  },
  {
    name: 'a lot whose time begins with its first use has begun it when a booking was paid by it, and not before',
    broken: sql => sql`
      select format('lot %s runs %s days from its first use, has %s debits, and began at %s', m.id, m.activation_days, count(t.id), m.activated_at) as what
      from memberships m left join credit_transactions t on t.membership_id = m.id and t.type = 'debit'
      where m.activation_days is not null and m.credits_granted is not null
      group by m.id having (count(t.id) > 0) <> (m.activated_at is not null)`,
  },
]
