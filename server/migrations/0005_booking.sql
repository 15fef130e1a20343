-- Why: who has a spot: holds, bookings and the waitlist.
-- Old code may run beside it: yes, nothing here existed before.

create table spot_holds (
  id uuid not null default uuidv7(),
  session_id uuid not null,
  user_id uuid not null,
  kind text not null,
  status text not null,
  expires_at timestamptz not null,
  quote jsonb not null,
  -- The policy this hold was made under; a booking inherits it.
  settings_version integer not null,
  -- The session's time, kept in step by whoever moves it: overlap is asked for on the hot path.
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  created_at timestamptz not null,
  ended_at timestamptz,
  constraint spot_holds_pkey primary key (id),
  constraint spot_holds_session foreign key (session_id) references class_sessions (id),
  constraint spot_holds_user foreign key (user_id) references users (id),
  constraint spot_holds_time check (ends_at > starts_at),
  constraint spot_holds_kind check (kind in ('public', 'offer')),
  constraint spot_holds_status check (status in ('active', 'confirming', 'confirmed', 'released', 'expired'))
) with (fillfactor = 80);
-- One live hold for each member and session; also answers who holds in a session.
create unique index spot_holds_one_live on spot_holds (session_id, user_id) where status in ('active', 'confirming');
-- A member's live holds: the cap and the overlap are decided over these.
create index spot_holds_live_user on spot_holds (user_id) where status in ('active', 'confirming');
-- What the sweep has to expire.
create index spot_holds_due on spot_holds (expires_at) where status = 'active';

create table bookings (
  id uuid not null default uuidv7(),
  session_id uuid not null,
  user_id uuid not null,
  hold_id uuid not null,
  status text not null,
  cancel_kind text,
  method text not null,
  membership_id uuid,
  -- Debited less returned, in hundredths.
  credits_used integer not null,
  settings_version integer not null,
  -- The session's time, kept in step as on spot_holds.
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  created_at timestamptz not null,
  cancelled_at timestamptz,
  -- When a no-show's spot was given away.
  spot_released_at timestamptz,
  constraint bookings_pkey primary key (id),
  constraint bookings_session foreign key (session_id) references class_sessions (id),
  constraint bookings_user foreign key (user_id) references users (id),
  constraint bookings_hold foreign key (hold_id) references spot_holds (id),
  constraint bookings_status check (status in ('confirmed', 'cancelled', 'attended', 'no_show')),
  constraint bookings_cancelled check
    ((status = 'cancelled') = (cancelled_at is not null) and (status = 'cancelled') = (cancel_kind is not null)),
  constraint bookings_cancel_kind check (cancel_kind in ('early', 'late', 'studio')),
  constraint bookings_method check (method in ('membership', 'credits', 'card')),
  constraint bookings_credits_used check (credits_used >= 0),
  constraint bookings_time check (ends_at > starts_at)
) with (fillfactor = 80);
-- One live booking for each member and session; also the roster.
create unique index bookings_one_live on bookings (session_id, user_id) where status in ('confirmed', 'attended', 'no_show');
-- Everybody who ever booked a class: whose clients they are, and whether it may become a draft again.
create index bookings_session_id on bookings (session_id);
create unique index bookings_hold_id on bookings (hold_id);
-- A member's bookings that are not over: the overlap is decided over these.
create index bookings_live_user on bookings (user_id, ends_at) where status in ('confirmed', 'attended');
-- "My bookings", page by page.
create index bookings_user_id on bookings (user_id, starts_at, id);

create table waitlist_entries (
  id uuid not null default uuidv7(),
  session_id uuid not null,
  user_id uuid not null,
  -- The join time in seconds; numeric, so that staff can always put somebody between two neighbours.
  rank numeric not null,
  state text not null,
  passed_over_reason text,
  hold_id uuid,
  offers_expired smallint not null default 0,
  created_at timestamptz not null,
  ended_at timestamptz,
  constraint waitlist_entries_pkey primary key (id),
  constraint waitlist_entries_session foreign key (session_id) references class_sessions (id),
  constraint waitlist_entries_user foreign key (user_id) references users (id),
  constraint waitlist_entries_hold foreign key (hold_id) references spot_holds (id),
  constraint waitlist_entries_state check
    (state in ('waiting', 'offered', 'accepted', 'declined', 'left', 'expired', 'closed')),
  constraint waitlist_entries_offer check (state <> 'offered' or hold_id is not null),
  constraint waitlist_entries_reason check (passed_over_reason is null or state = 'waiting')
);
create unique index waitlist_entries_one_live on waitlist_entries (session_id, user_id) where state in ('waiting', 'offered');
-- The queue of one session, in order.
create index waitlist_entries_queue on waitlist_entries (session_id, rank, id) where state = 'waiting';
-- A member's waitlists, and whose pass-over reason may have gone.
create index waitlist_entries_live_user on waitlist_entries (user_id) where state in ('waiting', 'offered');
create index waitlist_entries_hold_id on waitlist_entries (hold_id) where hold_id is not null;
