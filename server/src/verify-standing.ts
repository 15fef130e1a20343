// What must hold of standing reservations and their results, recomputed from the rows themselves.
import type { Invariant } from './platform/invariant.ts'

/** Read by `verify`, with all the others. */
export const standingInvariants: readonly Invariant[] = [
  {
    name: 'a member has one live standing reservation for all series that continue each other',
    broken: sql => sql`
      select format('%s has %s in series %s', user_id, count(*), series_id) as what from standing_reservations
      where ended_at is null group by user_id, series_id having count(*) > 1
      union all
      select format('reservation %s is kept under series %s, which continues %s', r.id, s.id, s.continues_id)
      from standing_reservations r join class_series s on s.id = r.series_id where s.continues_id is not null`,
  },
  {
    name: 'what a standing reservation booked is a booking of its member in that session, made by it',
    broken: sql => sql`
      select format('reservation %s says it booked %s in session %s', d.reservation_id, d.booking_id, d.session_id) as what
      from standing_results d join standing_reservations r on r.id = d.reservation_id
      left join bookings b on b.id = d.booking_id left join spot_holds h on h.id = b.hold_id
      where d.outcome = 'booked'
        and (b.user_id is distinct from r.user_id or b.session_id is distinct from d.session_id or h.kind is distinct from 'standing')
      union all
      select format('booking %s came by a standing reservation and no result says so', b.id)
      from spot_holds h join bookings b on b.hold_id = h.id
      where h.kind = 'standing' and not exists (select from standing_results d where d.booking_id = b.id)`,
  },
  {
    name: 'a result that says they wait has an entry of theirs in that queue',
    broken: sql => sql`
      select format('reservation %s waits in session %s without an entry', d.reservation_id, d.session_id) as what
      from standing_results d join standing_reservations r on r.id = d.reservation_id
      where d.outcome = 'waitlisted'
        and not exists (select from waitlist_entries e where e.session_id = d.session_id and e.user_id = r.user_id)`,
  },
  {
    name: 'a standing reservation was decided on its own days, of its own series, while it lived',
    broken: sql => sql`
      with recursive line as (
        select id, id as first_id from class_series where continues_id is null
        union all
        select s.id, l.first_id from class_series s join line l on s.continues_id = l.id)
      select format('reservation %s was decided in session %s of %s at %s', r.id, s.id, s.occurrence_on, d.decided_at) as what
      from standing_results d join standing_reservations r on r.id = d.reservation_id
      join class_sessions s on s.id = d.session_id left join line l on l.id = s.series_id
      where l.first_id is distinct from r.series_id or s.occurrence_on < r.starts_on or s.occurrence_on > r.ends_on
        or d.decided_at < r.created_at or d.decided_at > r.ended_at`,
  },
]
