-- Why: promotions of every kind, bookings that others make for a member, and reservations that come round by themselves.
-- Old code may run beside it: no, it does not know the new kinds of holds.

alter table spot_holds
  -- An offer made in quiet hours is told at their end; null: at once.
  add column tell_at timestamptz,
  drop constraint spot_holds_kind,
  -- `public` and `offer` are taken by the member; the others become a booking in the transaction that makes them.
  add constraint spot_holds_kind check (kind in ('public', 'offer', 'auto', 'staff', 'standing'));

alter table bookings
  -- Until then cancelling returns everything, whatever window it falls in: after a promotion, or since the class was changed.
  add column free_cancel_until timestamptz,
  -- Who made it, when that was not the member.
  add column booked_by uuid,
  drop constraint bookings_method,
  add constraint bookings_method check (method in ('membership', 'credits', 'card', 'complimentary'));

alter table waitlist_entries
  add column template_id uuid,
  -- The place at which it was joined: what the odds are counted by.
  add column joined_position integer,
  -- An offer that runs out before its member is awake costs them nothing: they keep their rank, and are asked again from then.
  add column asleep_until timestamptz;
update waitlist_entries e set template_id = s.template_id from class_sessions s where s.id = e.session_id;
alter table waitlist_entries alter column template_id set not null;
-- How often somebody in this place of this class got in.
create index waitlist_entries_odds on waitlist_entries (template_id, joined_position, ended_at desc) include (state)
  where ended_at is not null and joined_position is not null;
-- Who is to be woken.
create index waitlist_entries_asleep on waitlist_entries (asleep_until) where state = 'waiting' and asleep_until is not null;

-- A member's place in every session of a series.
create table standing_reservations (
  id uuid not null default uuidv7(),
  user_id uuid not null,
  series_id uuid not null,
  -- The lot that pays first; null: in the order of spending.
  membership_id uuid,
  joins_waitlist boolean not null default true,
  starts_on date not null,
  ended_at timestamptz,
  created_by uuid,
  created_at timestamptz not null,
  constraint standing_reservations_pkey primary key (id),
  constraint standing_reservations_user foreign key (user_id) references users (id),
  constraint standing_reservations_series foreign key (series_id) references class_series (id),
  constraint standing_reservations_membership foreign key (membership_id) references memberships (id)
);
create unique index standing_reservations_one_live on standing_reservations (user_id, series_id) where ended_at is null;
create index standing_reservations_series_id on standing_reservations (series_id) where ended_at is null;

-- What became of each occurrence, and why.
create table standing_results (
  reservation_id uuid not null,
  session_id uuid not null,
  outcome text not null,
  -- The code of the problem, for one that was skipped.
  reason text,
  booking_id uuid,
  decided_at timestamptz not null,
  constraint standing_results_pkey primary key (reservation_id, session_id),
  constraint standing_results_reservation foreign key (reservation_id) references standing_reservations (id),
  constraint standing_results_session foreign key (session_id) references class_sessions (id),
  constraint standing_results_booking foreign key (booking_id) references bookings (id),
  constraint standing_results_outcome check (outcome in ('booked', 'waitlisted', 'skipped')),
  constraint standing_results_reason check ((outcome = 'skipped') = (reason is not null)),
  constraint standing_results_booked check ((outcome = 'booked') = (booking_id is not null))
);
create index standing_results_session_id on standing_results (session_id);
