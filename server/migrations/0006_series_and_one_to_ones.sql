-- Why: classes that repeat, trainers who can be booked for a time of their own, and the days on which the studio is shut.
-- Old code may run beside it: yes, every new column has a default that means what old code assumes.

alter table class_templates
  add column kind text not null default 'class',
  -- How a freed spot reaches who waits: as an offer, or booked at once where their means cover it.
  add column waitlist_mode text not null default 'offer',
  add constraint class_templates_kind check (kind in ('class', 'one_to_one')),
  add constraint class_templates_waitlist_mode check (waitlist_mode in ('offer', 'auto'));

-- Wall time in the studio's zone and an RFC 5545 rule; the sessions it makes are rows of their own, and outlive its edits.
create table class_series (
  id uuid not null default uuidv7(),
  template_id uuid not null,
  -- The value of an RRULE: FREQ=WEEKLY;BYDAY=MO,TH
  rrule text not null,
  starts_on date not null,
  wall_time time not null,
  time_zone text not null,
  -- What differs from the template for every session; null is the template's.
  duration_minutes integer,
  capacity integer,
  trainer_id uuid,
  -- Whether its sessions are public from the start.
  publishes boolean not null default true,
  -- The first day without occurrences, once it was stopped or split.
  ends_before date,
  -- Days before this one have been made.
  generated_until date not null,
  -- The series that this one continues since an edit of "this and following".
  continues_id uuid,
  version integer not null default 1,
  created_by uuid,
  created_at timestamptz not null,
  constraint class_series_pkey primary key (id),
  constraint class_series_template foreign key (template_id) references class_templates (id),
  constraint class_series_trainer foreign key (trainer_id) references trainer_profiles (user_id),
  constraint class_series_continues foreign key (continues_id) references class_series (id),
  constraint class_series_duration check (duration_minutes between 5 and 720),
  constraint class_series_capacity check (capacity between 1 and 100000)
);
create index class_series_template_id on class_series (template_id, id);
-- What the horizon job has still to make.
create index class_series_open on class_series (generated_until) where ends_before is null or ends_before > generated_until;

-- When the studio is shut, or a part of it would be: nothing is made inside.
create table closures (
  id uuid not null default uuidv7(),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  reason text not null,
  created_by uuid,
  created_at timestamptz not null,
  lifted_at timestamptz,
  constraint closures_pkey primary key (id),
  constraint closures_time check (ends_at > starts_at)
);
create index closures_ends_at on closures (ends_at, id);

-- One kind of 1:1 that a trainer can be booked for: how long, how soon, how far ahead.
create table availabilities (
  id uuid not null default uuidv7(),
  trainer_id uuid not null,
  template_id uuid not null,
  slot_minutes integer not null,
  buffer_minutes integer not null default 0,
  notice_minutes integer not null default 0,
  horizon_days integer not null,
  archived_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null,
  constraint availabilities_pkey primary key (id),
  constraint availabilities_trainer foreign key (trainer_id) references trainer_profiles (user_id),
  constraint availabilities_template foreign key (template_id) references class_templates (id),
  constraint availabilities_slot check (slot_minutes between 5 and 720),
  constraint availabilities_buffer check (buffer_minutes between 0 and 720),
  constraint availabilities_notice check (notice_minutes between 0 and 43200),
  constraint availabilities_horizon check (horizon_days between 1 and 366)
);
create index availabilities_trainer_id on availabilities (trainer_id);

-- Wall times in which slots lie: every week on a weekday, once on a day, or, as an exception, not on a day.
create table availability_blocks (
  id uuid not null default uuidv7(),
  availability_id uuid not null,
  kind text not null,
  weekday smallint,
  on_date date,
  from_time time not null,
  to_time time not null,
  -- Weekly ones may begin and end; half-open.
  valid_from date,
  valid_until date,
  created_at timestamptz not null,
  constraint availability_blocks_pkey primary key (id),
  constraint availability_blocks_availability foreign key (availability_id) references availabilities (id),
  constraint availability_blocks_kind check (kind in ('weekly', 'once', 'exception')),
  constraint availability_blocks_day check ((kind = 'weekly') = (weekday is not null) and (kind = 'weekly') = (on_date is null)),
  constraint availability_blocks_weekday check (weekday between 1 and 7),
  constraint availability_blocks_time check (to_time > from_time)
);
create index availability_blocks_availability_id on availability_blocks (availability_id);

alter table class_sessions
  add column kind text not null default 'class',
  add column series_id uuid,
  -- The studio day that the series made it for, wherever it has been moved since.
  add column occurrence_on date,
  add column time_overridden boolean not null default false,
  -- The closure that cancelled it.
  add column closure_id uuid,
  add column availability_id uuid,
  -- No joins and no offers until staff open its waitlist again.
  add column waitlist_paused boolean not null default false,
  add constraint class_sessions_kind check (kind in ('class', 'one_to_one')),
  add constraint class_sessions_one_to_one check (kind = 'class' or capacity = 1),
  add constraint class_sessions_series foreign key (series_id) references class_series (id),
  add constraint class_sessions_occurrence check ((series_id is null) = (occurrence_on is null)),
  add constraint class_sessions_closure foreign key (closure_id) references closures (id),
  add constraint class_sessions_availability foreign key (availability_id) references availabilities (id);
-- A series makes each of its days once, however many workers do it; also its sessions in order.
create unique index class_sessions_series_day on class_sessions (series_id, occurrence_on) where series_id is not null;
-- Whose waitlists are still to be closed, once nobody can get in any more.
create index class_sessions_waited_for on class_sessions (starts_at) where waitlist_length > 0;
