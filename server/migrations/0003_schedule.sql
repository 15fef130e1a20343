-- Why: settings, class templates and the dated class sessions people book.
-- Old code may run beside it: yes, nothing here existed before.

create extension if not exists btree_gist;

-- Effective-dated and never edited: the version in force at an instant can always be named.
create table settings (
  version integer generated always as identity,
  effective_from timestamptz not null,
  "values" jsonb not null,
  created_by uuid,
  created_at timestamptz not null,
  constraint settings_pkey primary key (version)
);
create index settings_in_force on settings (effective_from desc, version desc);
create trigger settings_append_only before update or delete on settings
  for each row execute function refuse_change();

create table class_templates (
  id uuid not null default uuidv7(),
  name text not null,
  type text not null,
  description text not null default '',
  duration_minutes integer not null,
  default_capacity integer not null,
  trainer_id uuid not null,
  price_credits integer not null,
  drop_in_cents integer,
  archived_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null,
  constraint class_templates_pkey primary key (id),
  constraint class_templates_trainer foreign key (trainer_id) references trainer_profiles (user_id),
  constraint class_templates_duration check (duration_minutes between 5 and 720),
  constraint class_templates_capacity check (default_capacity between 1 and 100000),
  constraint class_templates_price check (price_credits >= 0 and drop_in_cents >= 0)
);

create table class_sessions (
  id uuid not null default uuidv7(),
  template_id uuid not null,
  trainer_id uuid not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  capacity integer not null,
  -- Spots gone: live bookings plus holds whose status is active or confirming.
  taken integer not null default 0,
  -- Entries waiting and not passed over: each has a claim on the next free spot.
  waiting integer not null default 0,
  -- All entries waiting, passed over or not.
  waitlist_length integer not null default 0,
  status text not null,
  price_credits integer not null,
  drop_in_cents integer,
  capacity_overridden boolean not null default false,
  trainer_overridden boolean not null default false,
  -- When it last became public; a class cancelled before that is nobody's business.
  published_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null,
  constraint class_sessions_pkey primary key (id),
  constraint class_sessions_template foreign key (template_id) references class_templates (id),
  constraint class_sessions_trainer foreign key (trainer_id) references trainer_profiles (user_id),
  constraint class_sessions_status check (status in ('draft', 'published', 'in_progress', 'completed', 'cancelled')),
  constraint class_sessions_time check (ends_at > starts_at),
  constraint class_sessions_capacity check (capacity between 1 and 100000),
  -- The one promise: overbooking is impossible even for code that forgot the lock.
  constraint class_sessions_never_overbooked check (taken between 0 and capacity),
  constraint class_sessions_waiting check (waiting between 0 and waitlist_length),
  constraint class_sessions_price check (price_credits >= 0 and drop_in_cents >= 0),
  -- A trainer never teaches two live sessions at once.
  constraint class_sessions_trainer_busy exclude using gist
    (trainer_id with =, tstzrange(starts_at, ends_at) with &&) where (status in ('published', 'in_progress'))
) with (fillfactor = 60); -- room for HOT updates of the counts
-- Browse and the staff calendar: a range of days in order.
create index class_sessions_starts_at on class_sessions (starts_at, id);
-- The jobs that move states on by time.
create index class_sessions_moving on class_sessions (starts_at) where status in ('draft', 'published', 'in_progress');
-- A trainer's own calendar, and whose clients are theirs.
create index class_sessions_trainer_id on class_sessions (trainer_id, starts_at);
create index class_sessions_template_id on class_sessions (template_id, starts_at);
