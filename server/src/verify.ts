// Every invariant of the house, recomputed from the rows themselves; what is broken is named.
import type { CheckedArea } from '@fitflow/contract/reconciliation.ts'
import { creditsInvariants } from './credits/invariants.ts'
import { brokenOf, linesOf, type Broken, type Invariant } from './platform/invariant.ts'
import type { Pool, Sql } from './platform/sql.ts'
import { standingInvariants } from './verify-standing.ts'

/** What must hold, and what of the studio it is about. */
interface Check extends Invariant {
  area: CheckedArea
}

const ownChecks: readonly Check[] = [
  {
    area: 'classes',
    name: 'taken is what a recount of bookings and holds gives, and never more than the capacity',
    broken: sql => sql`
      with counted as (
        select session_id, count(*) as n from (
          select session_id from bookings where status in ('confirmed', 'attended')
            or (status = 'no_show' and spot_released_at is null)
          union all
          select session_id from spot_holds where status in ('active', 'confirming')) spots group by session_id)
      select format('session %s: taken %s, recount %s, capacity %s', s.id, s.taken, coalesce(c.n, 0), s.capacity) as what
      from class_sessions s left join counted c on c.session_id = s.id
      where s.taken <> coalesce(c.n, 0) or s.taken > s.capacity`,
  },
  {
    area: 'classes',
    name: 'a slot of a 1:1 stands only as long as somebody is in it',
    broken: sql => sql`
      select format('session %s is %s and empty', id, status) as what from class_sessions
      where availability_id is not null and status in ('published', 'in_progress') and taken = 0`,
  },
  {
    area: 'waitlists',
    name: 'waiting and the length of the waitlist are what a recount of entries gives',
    broken: sql => sql`
      with counted as (
        select session_id, count(*) as length, count(*) filter (where passed_over_reason is null) as waiting
        from waitlist_entries where state = 'waiting' group by session_id)
      select format('session %s: waiting %s of %s, recount %s of %s', s.id, s.waiting, s.waitlist_length,
        coalesce(c.waiting, 0), coalesce(c.length, 0)) as what
      from class_sessions s left join counted c on c.session_id = s.id
      where s.waiting <> coalesce(c.waiting, 0) or s.waitlist_length <> coalesce(c.length, 0)`,
  },
  {
    area: 'bookings',
    name: 'nobody keeps anything in a class that was cancelled',
    broken: sql => sql`
      select format('%s of %s in session %s', o.what, o.user_id, s.id) as what
      from class_sessions s join (
        select 'booking' as what, session_id, user_id from bookings where status in ('confirmed', 'attended', 'no_show')
        union all select 'hold', session_id, user_id from spot_holds where status in ('active', 'confirming')
        union all select 'entry', session_id, user_id from waitlist_entries where state in ('waiting', 'offered')) o
        on o.session_id = s.id where s.status = 'cancelled'`,
  },
  {
    area: 'attendance',
    name: 'whoever is checked in counts as attended, or was cancelled by the studio since, and no attendance outlives its check-in',
    broken: sql => sql`
      select format('check-in %s stands, booking %s is %s', c.id, b.id, b.status) as what
      from checkins c join bookings b on b.id = c.booking_id
      where c.undone_at is null and b.status <> 'attended' and b.cancel_kind is distinct from 'studio'
      union all
      select format('booking %s is attended, its check-in was undone', b.id) from bookings b
      where b.status = 'attended' and exists (select from checkins c where c.booking_id = b.id)
        and not exists (select from checkins c where c.booking_id = b.id and c.undone_at is null)`,
  },
  {
    area: 'attendance',
    name: 'a strike or a fee that stands is of a class that was missed, or cancelled late',
    broken: sql => sql`
      select format('penalty %s (%s) stands, booking %s is %s', p.id, p.cause, b.id, coalesce(b.cancel_kind, b.status)) as what
      from penalties p join bookings b on b.id = p.booking_id
      where p.waived_at is null and case p.cause when 'no-show' then b.status else b.cancel_kind end
        is distinct from case p.cause when 'no-show' then 'no_show' else 'late' end`,
  },
  {
    area: 'bookings',
    name: 'nobody has two live bookings that overlap',
    broken: sql => sql`
      select format('bookings %s and %s of %s overlap', a.id, b.id, a.user_id) as what
      from bookings a join bookings b on b.user_id = a.user_id and b.id > a.id
        and b.starts_at < a.ends_at and a.starts_at < b.ends_at
      where a.status in ('confirmed', 'attended') and b.status in ('confirmed', 'attended')`,
  },
  {
    area: 'classes',
    name: 'no trainer teaches two live sessions at once',
    broken: sql => sql`
      select format('sessions %s and %s of %s overlap', a.id, b.id, a.trainer_id) as what
      from class_sessions a join class_sessions b on b.trainer_id = a.trainer_id and b.id > a.id
        and b.starts_at < a.ends_at and a.starts_at < b.ends_at
      where a.status in ('published', 'in_progress') and b.status in ('published', 'in_progress')`,
  },
  {
    area: 'bookings',
    name: 'holds and bookings carry the time of their session',
    broken: sql => sql`
      select format('%s %s is out of step with session %s', o.kind, o.id, s.id) as what
      from (select 'booking' as kind, id, session_id, starts_at, ends_at from bookings where status = 'confirmed'
        union all select 'hold', id, session_id, starts_at, ends_at from spot_holds where status in ('active', 'confirming')) o
      join class_sessions s on s.id = o.session_id where o.starts_at <> s.starts_at or o.ends_at <> s.ends_at`,
  },
  {
    area: 'bookings',
    name: 'a hold that was confirmed is one booking, and every booking comes from one',
    broken: sql => sql`
      select format('hold %s is %s and has %s bookings', h.id, h.status, count(b.id)) as what
      from spot_holds h left join bookings b on b.hold_id = h.id
      group by h.id having count(b.id) <> case h.status when 'confirmed' then 1 else 0 end`,
  },
  {
    area: 'waitlists',
    name: 'an entry on offer has a live offer, and a live offer has its entry',
    broken: sql => sql`
      select format('offer %s and entry %s do not belong together', h.id, e.id) as what
      from (select id, user_id, session_id from spot_holds where kind = 'offer' and status in ('active', 'confirming')) h
      full join (select id, hold_id, user_id, session_id from waitlist_entries where state = 'offered') e on e.hold_id = h.id
      where h.id is null or e.id is null or e.user_id <> h.user_id or e.session_id <> h.session_id`,
  },
  {
    area: 'bookings',
    name: 'a hold, a booking and an entry end once: each says when exactly if it has ended',
    broken: sql => sql`
      select format('hold %s is %s and ended at %s', id, status, ended_at) as what from spot_holds
      where (ended_at is null) <> (status in ('active', 'confirming'))
      union all
      select format('entry %s is %s and ended at %s', id, state, ended_at) from waitlist_entries
      where (ended_at is null) <> (state in ('waiting', 'offered'))`,
  },
  {
    area: 'credits',
    name: 'every booking was paid as it says: credits used are what its ledger lines say',
    broken: sql => sql`
      select format('booking %s: credits used %s, ledger %s', b.id, b.credits_used, -coalesce(sum(t.amount), 0)) as what
      from bookings b left join credit_transactions t on t.booking_id = b.id
      group by b.id having b.credits_used <> -coalesce(sum(t.amount), 0)`,
  },
  {
    area: 'house',
    name: 'every event was handed on and handled once by each consumer',
    broken: sql => sql`
      select format('event %s (%s) has waited since %s', id, topic, occurred_at) as what
      from outbox where handled_at is null and occurred_at < now() - interval '60 seconds'
      union all
      select format('%s has not handled event %s: %s', d.consumer, d.event_id, d.last_error) from deliveries d
      where d.dead_at is not null
      union all
      select format('%s handled event %s and still has it to do', consumer, event_id)
      from inbox join deliveries using (consumer, event_id)`,
  },
  {
    area: 'house',
    name: 'no idempotency key is without its answer',
    broken: sql => sql`
      select format('key %s of %s has status %s', key, user_id, status) as what
      from idempotency_keys where status not between 200 and 299`,
  },
]

const about = (area: CheckedArea, invariants: readonly Invariant[]): Check[] => invariants.map(one => ({ ...one, area }))

const checks: readonly Check[] = [...ownChecks, ...about('standing', standingInvariants), ...about('credits', creditsInvariants)]

/** Names every broken invariant, one line a finding; an empty list is a sound house. */
export async function brokenInvariants(sql: Sql): Promise<string[]> {
  return linesOf(await brokenOf(sql, checks))
}

/** The same on one snapshot of a live database, whatever is written meanwhile. */
export async function verifySnapshot(pool: Pool): Promise<string[]> {
  return linesOf(await brokenInSnapshot(pool, 0))
}

/** The same as it was found; rejects when one question takes longer than `msMax`, 0 for as long as it takes. */
export async function brokenInSnapshot(pool: Pool, msMax: number): Promise<Broken<Check>[]> {
  const found = await pool.begin('isolation level repeatable read read only', async tx => {
    await tx`select set_config('statement_timeout', ${String(msMax)}, true)`
    return { broken: await brokenOf(tx, checks) }
  })
  return (found as { broken: Broken<Check>[] }).broken
}
