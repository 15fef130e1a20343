-- The schema that the migrations add up to; written by `npm run schema`, reviewed in diffs, never edited.

create extension btree_gist;
create extension pg_trgm;

create table api_keys (
  id uuid not null default uuidv7(),
  user_id uuid not null,
  name text not null,
  hint text not null,
  key_hash text not null,
  scope text not null,
  expires_at timestamp with time zone,
  created_at timestamp with time zone not null,
  constraint api_keys_pkey PRIMARY KEY (id),
  constraint api_keys_key_hash_key UNIQUE (key_hash),
  constraint api_keys_user FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE,
  constraint api_keys_scope CHECK ((scope = ANY (ARRAY['read'::text, 'write'::text])))
);
CREATE INDEX api_keys_user_id ON public.api_keys USING btree (user_id);

create table audit_log (
  id bigint generated always as identity not null,
  entity_type text not null,
  entity_id uuid not null,
  action text not null,
  user_id uuid,
  "timestamp" timestamp with time zone not null,
  trace_id text not null,
  details jsonb not null,
  constraint audit_log_pkey PRIMARY KEY (entity_id, "timestamp", id)
) partition by RANGE ("timestamp");

create table audit_log_default partition of audit_log DEFAULT;

create table auth_accounts (
  id uuid not null default uuidv7(),
  user_id uuid not null,
  account_id text not null,
  provider_id text not null,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamp with time zone,
  refresh_token_expires_at timestamp with time zone,
  scope text,
  password text,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint auth_accounts_pkey PRIMARY KEY (id),
  constraint auth_accounts_user FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
);
CREATE INDEX auth_accounts_user_id ON public.auth_accounts USING btree (user_id);

create table auth_sessions (
  id uuid not null default uuidv7(),
  user_id uuid not null,
  token text not null,
  expires_at timestamp with time zone not null,
  ip_address text,
  user_agent text,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint auth_sessions_pkey PRIMARY KEY (id),
  constraint auth_sessions_token_key UNIQUE (token),
  constraint auth_sessions_user FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
);
CREATE INDEX auth_sessions_user_id ON public.auth_sessions USING btree (user_id);

create table auth_verifications (
  id uuid not null default uuidv7(),
  identifier text not null,
  value text not null,
  expires_at timestamp with time zone not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint auth_verifications_pkey PRIMARY KEY (id)
);
CREATE INDEX auth_verifications_identifier ON public.auth_verifications USING btree (identifier);

create table availabilities (
  id uuid not null default uuidv7(),
  trainer_id uuid not null,
  template_id uuid not null,
  slot_minutes integer not null,
  buffer_minutes integer not null default 0,
  notice_minutes integer not null default 0,
  horizon_days integer not null,
  archived_at timestamp with time zone,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  constraint availabilities_pkey PRIMARY KEY (id),
  constraint availabilities_template FOREIGN KEY (template_id) REFERENCES class_templates(id),
  constraint availabilities_trainer FOREIGN KEY (trainer_id) REFERENCES trainer_profiles(user_id),
  constraint availabilities_buffer CHECK (((buffer_minutes >= 0) AND (buffer_minutes <= 720))),
  constraint availabilities_horizon CHECK (((horizon_days >= 1) AND (horizon_days <= 366))),
  constraint availabilities_notice CHECK (((notice_minutes >= 0) AND (notice_minutes <= 43200))),
  constraint availabilities_slot CHECK (((slot_minutes >= 5) AND (slot_minutes <= 720)))
);
CREATE INDEX availabilities_trainer_id ON public.availabilities USING btree (trainer_id);

create table availability_blocks (
  id uuid not null default uuidv7(),
  availability_id uuid not null,
  kind text not null,
  weekday smallint,
  on_date date,
  from_time time without time zone not null,
  to_time time without time zone not null,
  valid_from date,
  valid_until date,
  created_at timestamp with time zone not null,
  constraint availability_blocks_pkey PRIMARY KEY (id),
  constraint availability_blocks_availability FOREIGN KEY (availability_id) REFERENCES availabilities(id),
  constraint availability_blocks_day CHECK ((((kind = 'weekly'::text) = (weekday IS NOT NULL)) AND ((kind = 'weekly'::text) = (on_date IS NULL)))),
  constraint availability_blocks_kind CHECK ((kind = ANY (ARRAY['weekly'::text, 'once'::text, 'exception'::text]))),
  constraint availability_blocks_time CHECK ((to_time > from_time)),
  constraint availability_blocks_weekday CHECK (((weekday >= 1) AND (weekday <= 7)))
);
CREATE INDEX availability_blocks_availability_id ON public.availability_blocks USING btree (availability_id);

create table booking_blocks (
  id uuid not null default uuidv7(),
  user_id uuid not null,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  strikes_max integer not null,
  created_at timestamp with time zone not null,
  lifted_at timestamp with time zone,
  lifted_by uuid,
  lift_reason text,
  announced_over_at timestamp with time zone,
  constraint booking_blocks_pkey PRIMARY KEY (id),
  constraint booking_blocks_user FOREIGN KEY (user_id) REFERENCES users(id),
  constraint booking_blocks_lifted CHECK (((lifted_at IS NULL) = (lift_reason IS NULL))),
  constraint booking_blocks_time CHECK ((ends_at > starts_at))
);
CREATE INDEX booking_blocks_to_announce ON public.booking_blocks USING btree (ends_at) WHERE (announced_over_at IS NULL);
CREATE INDEX booking_blocks_user_id ON public.booking_blocks USING btree (user_id, ends_at);

create table bookings (
  id uuid not null default uuidv7(),
  session_id uuid not null,
  user_id uuid not null,
  hold_id uuid not null,
  status text not null,
  cancel_kind text,
  method text not null,
  membership_id uuid,
  credits_used integer not null,
  settings_version integer not null,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  created_at timestamp with time zone not null,
  cancelled_at timestamp with time zone,
  spot_released_at timestamp with time zone,
  free_cancel_until timestamp with time zone,
  booked_by uuid,
  constraint bookings_pkey PRIMARY KEY (id),
  constraint bookings_hold FOREIGN KEY (hold_id) REFERENCES spot_holds(id),
  constraint bookings_session FOREIGN KEY (session_id) REFERENCES class_sessions(id),
  constraint bookings_user FOREIGN KEY (user_id) REFERENCES users(id),
  constraint bookings_cancel_kind CHECK ((cancel_kind = ANY (ARRAY['early'::text, 'late'::text, 'studio'::text]))),
  constraint bookings_cancelled CHECK ((((status = 'cancelled'::text) = (cancelled_at IS NOT NULL)) AND ((status = 'cancelled'::text) = (cancel_kind IS NOT NULL)))),
  constraint bookings_credits_used CHECK ((credits_used >= 0)),
  constraint bookings_method CHECK ((method = ANY (ARRAY['membership'::text, 'credits'::text, 'card'::text, 'complimentary'::text]))),
  constraint bookings_status CHECK ((status = ANY (ARRAY['confirmed'::text, 'cancelled'::text, 'attended'::text, 'no_show'::text]))),
  constraint bookings_time CHECK ((ends_at > starts_at))
) with (fillfactor=80, autovacuum_analyze_scale_factor=0.0005, autovacuum_analyze_threshold=2000, autovacuum_vacuum_scale_factor=0.01);
CREATE INDEX bookings_cancelled_at ON public.bookings USING btree (cancelled_at) WHERE (cancelled_at IS NOT NULL);
CREATE INDEX bookings_created_at ON public.bookings USING brin (created_at);
CREATE UNIQUE INDEX bookings_hold_id ON public.bookings USING btree (hold_id);
CREATE INDEX bookings_live_user ON public.bookings USING btree (user_id, ends_at) WHERE (status = ANY (ARRAY['confirmed'::text, 'attended'::text]));
CREATE UNIQUE INDEX bookings_one_live ON public.bookings USING btree (session_id, user_id) WHERE (status = ANY (ARRAY['confirmed'::text, 'attended'::text, 'no_show'::text]));
CREATE INDEX bookings_session_id ON public.bookings USING btree (session_id);
CREATE INDEX bookings_unspoken ON public.bookings USING btree (starts_at) WHERE (status = 'confirmed'::text);
CREATE INDEX bookings_user_id ON public.bookings USING btree (user_id, starts_at, id);

create table checkins (
  id uuid not null default uuidv7(),
  booking_id uuid not null,
  method text not null,
  checked_in_at timestamp with time zone not null,
  late boolean not null,
  recorded_by uuid,
  undone_at timestamp with time zone,
  undone_by uuid,
  constraint checkins_pkey PRIMARY KEY (id),
  constraint checkins_booking FOREIGN KEY (booking_id) REFERENCES bookings(id),
  constraint checkins_method CHECK ((method = ANY (ARRAY['manual'::text, 'qr'::text])))
);
CREATE UNIQUE INDEX checkins_one_standing ON public.checkins USING btree (booking_id) WHERE (undone_at IS NULL);

create table class_series (
  id uuid not null default uuidv7(),
  template_id uuid not null,
  rrule text not null,
  starts_on date not null,
  wall_time time without time zone not null,
  time_zone text not null,
  duration_minutes integer,
  capacity integer,
  trainer_id uuid,
  publishes boolean not null default true,
  ends_before date,
  generated_until date not null,
  continues_id uuid,
  version integer not null default 1,
  created_by uuid,
  created_at timestamp with time zone not null,
  constraint class_series_pkey PRIMARY KEY (id),
  constraint class_series_continues FOREIGN KEY (continues_id) REFERENCES class_series(id),
  constraint class_series_template FOREIGN KEY (template_id) REFERENCES class_templates(id),
  constraint class_series_trainer FOREIGN KEY (trainer_id) REFERENCES trainer_profiles(user_id),
  constraint class_series_capacity CHECK (((capacity >= 1) AND (capacity <= 100000))),
  constraint class_series_duration CHECK (((duration_minutes >= 5) AND (duration_minutes <= 720)))
);
CREATE INDEX class_series_continues_id ON public.class_series USING btree (continues_id) WHERE (continues_id IS NOT NULL);
CREATE INDEX class_series_open ON public.class_series USING btree (generated_until) WHERE ((ends_before IS NULL) OR (ends_before > generated_until));
CREATE INDEX class_series_template_id ON public.class_series USING btree (template_id, id);

create table class_sessions (
  id uuid not null default uuidv7(),
  template_id uuid not null,
  trainer_id uuid not null,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  capacity integer not null,
  taken integer not null default 0,
  waiting integer not null default 0,
  waitlist_length integer not null default 0,
  status text not null,
  price_credits integer not null,
  drop_in_cents integer,
  capacity_overridden boolean not null default false,
  trainer_overridden boolean not null default false,
  published_at timestamp with time zone,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  kind text not null default 'class'::text,
  series_id uuid,
  occurrence_on date,
  time_overridden boolean not null default false,
  closure_id uuid,
  availability_id uuid,
  waitlist_paused boolean not null default false,
  constraint class_sessions_pkey PRIMARY KEY (id),
  constraint class_sessions_trainer_busy EXCLUDE USING gist (trainer_id WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE ((status = ANY (ARRAY['published'::text, 'in_progress'::text]))),
  constraint class_sessions_availability FOREIGN KEY (availability_id) REFERENCES availabilities(id),
  constraint class_sessions_closure FOREIGN KEY (closure_id) REFERENCES closures(id),
  constraint class_sessions_series FOREIGN KEY (series_id) REFERENCES class_series(id),
  constraint class_sessions_template FOREIGN KEY (template_id) REFERENCES class_templates(id),
  constraint class_sessions_trainer FOREIGN KEY (trainer_id) REFERENCES trainer_profiles(user_id),
  constraint class_sessions_capacity CHECK (((capacity >= 1) AND (capacity <= 100000))),
  constraint class_sessions_kind CHECK ((kind = ANY (ARRAY['class'::text, 'one_to_one'::text]))),
  constraint class_sessions_never_overbooked CHECK (((taken >= 0) AND (taken <= capacity))),
  constraint class_sessions_occurrence CHECK (((series_id IS NULL) = (occurrence_on IS NULL))),
  constraint class_sessions_one_to_one CHECK (((kind = 'class'::text) OR (capacity = 1))),
  constraint class_sessions_price CHECK (((price_credits >= 0) AND (drop_in_cents >= 0))),
  constraint class_sessions_status CHECK ((status = ANY (ARRAY['draft'::text, 'published'::text, 'in_progress'::text, 'completed'::text, 'cancelled'::text]))),
  constraint class_sessions_time CHECK ((ends_at > starts_at)),
  constraint class_sessions_waiting CHECK (((waiting >= 0) AND (waiting <= waitlist_length)))
) with (fillfactor=60, autovacuum_analyze_scale_factor=0.005, autovacuum_analyze_threshold=500, autovacuum_vacuum_scale_factor=0.01);
CREATE INDEX class_sessions_moving ON public.class_sessions USING btree (starts_at) WHERE (status = ANY (ARRAY['draft'::text, 'published'::text, 'in_progress'::text]));
CREATE UNIQUE INDEX class_sessions_series_day ON public.class_sessions USING btree (series_id, occurrence_on) WHERE (series_id IS NOT NULL);
CREATE INDEX class_sessions_starts_at ON public.class_sessions USING btree (starts_at, id);
CREATE INDEX class_sessions_template_id ON public.class_sessions USING btree (template_id, starts_at);
CREATE INDEX class_sessions_trainer_id ON public.class_sessions USING btree (trainer_id, starts_at);
CREATE INDEX class_sessions_waited_for ON public.class_sessions USING btree (starts_at) WHERE (waitlist_length > 0);

create table class_templates (
  id uuid not null default uuidv7(),
  name text not null,
  type text not null,
  description text not null default ''::text,
  duration_minutes integer not null,
  default_capacity integer not null,
  trainer_id uuid not null,
  price_credits integer not null,
  drop_in_cents integer,
  archived_at timestamp with time zone,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  kind text not null default 'class'::text,
  waitlist_mode text not null default 'offer'::text,
  constraint class_templates_pkey PRIMARY KEY (id),
  constraint class_templates_trainer FOREIGN KEY (trainer_id) REFERENCES trainer_profiles(user_id),
  constraint class_templates_capacity CHECK (((default_capacity >= 1) AND (default_capacity <= 100000))),
  constraint class_templates_duration CHECK (((duration_minutes >= 5) AND (duration_minutes <= 720))),
  constraint class_templates_kind CHECK ((kind = ANY (ARRAY['class'::text, 'one_to_one'::text]))),
  constraint class_templates_price CHECK (((price_credits >= 0) AND (drop_in_cents >= 0))),
  constraint class_templates_waitlist_mode CHECK ((waitlist_mode = ANY (ARRAY['offer'::text, 'auto'::text])))
);

create table closures (
  id uuid not null default uuidv7(),
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  reason text not null,
  created_by uuid,
  created_at timestamp with time zone not null,
  lifted_at timestamp with time zone,
  constraint closures_pkey PRIMARY KEY (id),
  constraint closures_time CHECK ((ends_at > starts_at))
);
CREATE INDEX closures_ends_at ON public.closures USING btree (ends_at, id);

create table credit_transactions (
  id uuid not null default uuidv7(),
  user_id uuid not null,
  membership_id uuid not null,
  type text not null,
  amount integer not null,
  balance_after integer not null,
  booking_id uuid,
  receipt_id uuid not null,
  created_at timestamp with time zone not null,
  constraint credit_transactions_pkey PRIMARY KEY (id),
  constraint credit_transactions_membership FOREIGN KEY (membership_id) REFERENCES memberships(id),
  constraint credit_transactions_receipt FOREIGN KEY (receipt_id) REFERENCES decision_receipts(id),
  constraint credit_transactions_sign CHECK (
CASE type
    WHEN 'purchase'::text THEN (amount > 0)
    WHEN 'grant'::text THEN (amount > 0)
    WHEN 'return'::text THEN (amount > 0)
    WHEN 'debit'::text THEN (amount < 0)
    WHEN 'expire'::text THEN (amount < 0)
    WHEN 'forfeit'::text THEN (amount = 0)
    ELSE (amount <> 0)
END),
  constraint credit_transactions_type CHECK ((type = ANY (ARRAY['purchase'::text, 'grant'::text, 'debit'::text, 'return'::text, 'forfeit'::text, 'expire'::text, 'adjust'::text, 'refund'::text, 'transfer'::text])))
);
CREATE INDEX credit_transactions_booking_id ON public.credit_transactions USING btree (booking_id) WHERE (booking_id IS NOT NULL);
CREATE INDEX credit_transactions_membership_id ON public.credit_transactions USING btree (membership_id, id);
CREATE INDEX credit_transactions_user_id ON public.credit_transactions USING btree (user_id, created_at DESC, id DESC);

create table daily_counts (
  day date not null,
  holds integer not null,
  holds_confirmed integer not null,
  holds_expired integer not null,
  promotions integer not null,
  promotions_taken integer not null,
  bookings integer not null,
  cancellations integer not null,
  attended integer not null,
  no_shows integer not null,
  counted_at timestamp with time zone not null,
  constraint daily_counts_pkey PRIMARY KEY (day)
);

create table decision_receipts (
  id uuid not null default uuidv7(),
  user_id uuid not null,
  booking_id uuid,
  rule text not null,
  rule_version integer not null,
  sentence text not null,
  facts jsonb not null,
  lines jsonb not null,
  actor_id uuid,
  decided_at timestamp with time zone not null,
  membership_id uuid,
  constraint decision_receipts_pkey PRIMARY KEY (id)
);
CREATE INDEX decision_receipts_booking_id ON public.decision_receipts USING btree (booking_id) WHERE (booking_id IS NOT NULL);
CREATE INDEX decision_receipts_membership_id ON public.decision_receipts USING btree (membership_id, decided_at DESC) WHERE (membership_id IS NOT NULL);

create table deliveries (
  consumer text not null,
  event_id bigint not null,
  attempts smallint not null default 0,
  due_at timestamp with time zone not null,
  last_error text,
  dead_at timestamp with time zone,
  constraint deliveries_pkey PRIMARY KEY (consumer, event_id),
  constraint deliveries_event FOREIGN KEY (event_id) REFERENCES outbox(id)
);
CREATE INDEX deliveries_dead ON public.deliveries USING btree (dead_at, event_id, consumer) WHERE (dead_at IS NOT NULL);
CREATE INDEX deliveries_due_for ON public.deliveries USING btree (consumer, due_at, event_id) WHERE (dead_at IS NULL);

create table expiry_warnings (
  membership_id uuid not null,
  valid_until timestamp with time zone not null,
  days_before integer not null,
  warned_at timestamp with time zone not null,
  constraint expiry_warnings_pkey PRIMARY KEY (membership_id, valid_until, days_before),
  constraint expiry_warnings_membership FOREIGN KEY (membership_id) REFERENCES memberships(id)
);

create table idempotency_keys (
  user_id uuid not null,
  key text not null,
  fingerprint text not null,
  status smallint not null,
  body text not null,
  created_at timestamp with time zone not null,
  constraint idempotency_keys_pkey PRIMARY KEY (user_id, key)
);
CREATE INDEX idempotency_keys_created_at ON public.idempotency_keys USING brin (created_at);

create table inbox (
  consumer text not null,
  event_id bigint not null,
  handled_at timestamp with time zone not null,
  constraint inbox_pkey PRIMARY KEY (consumer, event_id)
);

create table membership_freezes (
  id uuid not null default uuidv7(),
  membership_id uuid not null,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  reason text not null,
  created_by uuid,
  created_at timestamp with time zone not null,
  lifted_at timestamp with time zone,
  constraint membership_freezes_pkey PRIMARY KEY (id),
  constraint membership_freezes_membership FOREIGN KEY (membership_id) REFERENCES memberships(id),
  constraint membership_freezes_time CHECK ((ends_at >= starts_at))
);
CREATE INDEX membership_freezes_membership_id ON public.membership_freezes USING btree (membership_id);

create table memberships (
  id uuid not null default uuidv7(),
  user_id uuid not null,
  plan_type text not null,
  name text not null,
  credits_granted integer,
  credits_balance integer not null default 0,
  valid_from timestamp with time zone not null,
  valid_until timestamp with time zone not null,
  origin_id uuid,
  created_at timestamp with time zone not null,
  frozen_from timestamp with time zone,
  frozen_until timestamp with time zone,
  activation_days integer,
  activated_at timestamp with time zone,
  expired_at timestamp with time zone,
  constraint memberships_pkey PRIMARY KEY (id),
  constraint memberships_origin FOREIGN KEY (origin_id) REFERENCES memberships(id),
  constraint memberships_user FOREIGN KEY (user_id) REFERENCES users(id),
  constraint memberships_activation CHECK ((((activation_days >= 1) AND (activation_days <= 3660)) AND ((activation_days IS NOT NULL) OR (activated_at IS NULL)))),
  constraint memberships_freeze CHECK ((((frozen_from IS NULL) = (frozen_until IS NULL)) AND (frozen_until > frozen_from))),
  constraint memberships_never_below_zero CHECK ((credits_balance >= 0)),
  constraint memberships_plan_type CHECK ((plan_type = ANY (ARRAY['pack'::text, 'unlimited'::text, 'complimentary'::text, 'returned'::text, 'transferred'::text]))),
  constraint memberships_unlimited CHECK (((plan_type = 'unlimited'::text) = (credits_granted IS NULL))),
  constraint memberships_validity CHECK ((valid_until > valid_from))
) with (fillfactor=80);
CREATE INDEX memberships_running ON public.memberships USING btree (valid_until) WHERE (expired_at IS NULL);
CREATE INDEX memberships_user_id ON public.memberships USING btree (user_id, valid_until);

create table message_preferences (
  user_id uuid not null,
  language text not null,
  time_zone text,
  quiet_start text,
  quiet_end text,
  choices jsonb not null,
  updated_at timestamp with time zone not null,
  constraint message_preferences_pkey PRIMARY KEY (user_id),
  constraint message_preferences_user FOREIGN KEY (user_id) REFERENCES users(id),
  constraint message_preferences_language CHECK ((language = ANY (ARRAY['en'::text, 'es'::text]))),
  constraint message_preferences_quiet CHECK (((quiet_start IS NULL) = (quiet_end IS NULL)))
);

create table messages (
  id uuid not null default uuidv7(),
  user_id uuid not null,
  kind text not null,
  channel text not null,
  reason text not null,
  facts jsonb not null,
  session_id uuid,
  language text not null,
  state text not null default 'waiting'::text,
  skipped text,
  due_at timestamp with time zone not null,
  leased_until timestamp with time zone,
  attempts smallint not null default 0,
  last_error text,
  provider_reference text,
  created_at timestamp with time zone not null,
  sent_at timestamp with time zone,
  forget_at timestamp with time zone not null default (now() + '550 days'::interval),
  constraint messages_pkey PRIMARY KEY (id),
  constraint messages_once UNIQUE (reason, user_id, channel),
  constraint messages_session FOREIGN KEY (session_id) REFERENCES class_sessions(id),
  constraint messages_user FOREIGN KEY (user_id) REFERENCES users(id),
  constraint messages_channel CHECK ((channel = ANY (ARRAY['email'::text, 'sms'::text, 'push'::text]))),
  constraint messages_language CHECK ((language = ANY (ARRAY['en'::text, 'es'::text]))),
  constraint messages_sent CHECK (((state = 'sent'::text) = (sent_at IS NOT NULL))),
  constraint messages_skipped CHECK (((state = 'skipped'::text) = (skipped IS NOT NULL))),
  constraint messages_state CHECK ((state = ANY (ARRAY['waiting'::text, 'sent'::text, 'failed'::text, 'skipped'::text])))
);
CREATE INDEX messages_due ON public.messages USING btree (channel, due_at) WHERE (state = 'waiting'::text);
CREATE INDEX messages_forget ON public.messages USING btree (forget_at);
CREATE INDEX messages_session ON public.messages USING btree (session_id, user_id, id) WHERE (session_id IS NOT NULL);
CREATE INDEX messages_state ON public.messages USING btree (state, id);
CREATE INDEX messages_user_id ON public.messages USING btree (user_id, id);

create table opt_out_notices (
  message_sid text not null,
  heard_at timestamp with time zone not null,
  constraint opt_out_notices_pkey PRIMARY KEY (message_sid)
);
CREATE INDEX opt_out_notices_heard_at ON public.opt_out_notices USING btree (heard_at);

create table outbox (
  id bigint generated always as identity not null,
  topic text not null,
  data jsonb not null,
  actor_id uuid,
  trace_id text not null,
  occurred_at timestamp with time zone not null,
  handled_at timestamp with time zone,
  leased_until timestamp with time zone,
  idle text[] not null default '{}'::text[],
  constraint outbox_pkey PRIMARY KEY (id)
);
CREATE INDEX outbox_handled_at ON public.outbox USING brin (handled_at);
CREATE INDEX outbox_pending ON public.outbox USING btree (id) WHERE (handled_at IS NULL);

create table penalties (
  id uuid not null default uuidv7(),
  user_id uuid not null,
  booking_id uuid not null,
  kind text not null,
  cause text not null,
  amount_cents integer,
  currency text,
  lapses_at timestamp with time zone,
  block_id uuid,
  receipt_id uuid not null,
  created_at timestamp with time zone not null,
  waived_at timestamp with time zone,
  waived_by uuid,
  waive_receipt_id uuid,
  constraint penalties_pkey PRIMARY KEY (id),
  constraint penalties_block FOREIGN KEY (block_id) REFERENCES booking_blocks(id),
  constraint penalties_receipt FOREIGN KEY (receipt_id) REFERENCES decision_receipts(id),
  constraint penalties_user FOREIGN KEY (user_id) REFERENCES users(id),
  constraint penalties_waive_receipt FOREIGN KEY (waive_receipt_id) REFERENCES decision_receipts(id),
  constraint penalties_amount CHECK ((((kind = 'fee'::text) = (amount_cents IS NOT NULL)) AND ((kind = 'fee'::text) = (currency IS NOT NULL)) AND (amount_cents > 0))),
  constraint penalties_cause CHECK ((cause = ANY (ARRAY['late-cancel'::text, 'no-show'::text]))),
  constraint penalties_kind CHECK ((kind = ANY (ARRAY['strike'::text, 'fee'::text]))),
  constraint penalties_lapses CHECK (((kind = 'strike'::text) = (lapses_at IS NOT NULL))),
  constraint penalties_waived CHECK (((waived_at IS NULL) = (waive_receipt_id IS NULL)))
);
CREATE UNIQUE INDEX penalties_once ON public.penalties USING btree (booking_id, kind) WHERE (waived_at IS NULL);
CREATE INDEX penalties_user_id ON public.penalties USING btree (user_id, created_at DESC, id DESC);

create table phone_codes (
  id uuid not null default uuidv7(),
  user_id uuid not null,
  number text not null,
  code_hash text not null,
  tries smallint not null default 0,
  sent_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint phone_codes_pkey PRIMARY KEY (id),
  constraint phone_codes_user FOREIGN KEY (user_id) REFERENCES users(id),
  constraint phone_codes_number CHECK ((number ~ '^\+[1-9][0-9]{6,14}$'::text))
);
CREATE INDEX phone_codes_number ON public.phone_codes USING btree (number, sent_at);
CREATE INDEX phone_codes_sent_at ON public.phone_codes USING btree (sent_at);
CREATE INDEX phone_codes_user_id ON public.phone_codes USING btree (user_id, sent_at);

create table phones (
  user_id uuid not null,
  number text not null,
  verified_at timestamp with time zone not null,
  opted_out_at timestamp with time zone,
  constraint phones_pkey PRIMARY KEY (user_id),
  constraint phones_user FOREIGN KEY (user_id) REFERENCES users(id),
  constraint phones_number CHECK ((number ~ '^\+[1-9][0-9]{6,14}$'::text))
);
CREATE INDEX phones_number ON public.phones USING btree (number);

create table push_subscriptions (
  id uuid not null default uuidv7(),
  user_id uuid not null,
  endpoint text not null,
  p256dh text not null,
  auth text not null,
  application_key text not null,
  created_at timestamp with time zone not null,
  constraint push_subscriptions_pkey PRIMARY KEY (id),
  constraint push_subscriptions_endpoint UNIQUE (endpoint),
  constraint push_subscriptions_user FOREIGN KEY (user_id) REFERENCES users(id)
);
CREATE INDEX push_subscriptions_user_id ON public.push_subscriptions USING btree (user_id, created_at);

create table reconciliations (
  id uuid not null,
  asked_by uuid,
  asked_at timestamp with time zone not null,
  started_at timestamp with time zone,
  attempts smallint not null default 0,
  ended_at timestamp with time zone,
  ok boolean,
  broken jsonb not null default '[]'::jsonb,
  fault text,
  constraint reconciliations_pkey PRIMARY KEY (id),
  constraint reconciliations_asked_by FOREIGN KEY (asked_by) REFERENCES users(id),
  constraint reconciliations_end CHECK ((((ended_at IS NULL) = (ok IS NULL)) AND ((ended_at IS NULL) OR (started_at IS NOT NULL)) AND (NOT (ok IS DISTINCT FROM
CASE
    WHEN (ended_at IS NOT NULL) THEN ((broken = '[]'::jsonb) AND (fault IS NULL))
    ELSE NULL::boolean
END)))),
  constraint reconciliations_size CHECK (((octet_length((broken)::text) <= 100000) AND (octet_length(fault) <= 2000)))
);
CREATE INDEX reconciliations_asked_at ON public.reconciliations USING btree (asked_at);
CREATE INDEX reconciliations_asked_by ON public.reconciliations USING btree (asked_by) WHERE (asked_by IS NOT NULL);
CREATE UNIQUE INDEX reconciliations_under_way ON public.reconciliations USING btree (((ended_at IS NULL))) WHERE (ended_at IS NULL);

create table schema_migrations (
  number integer not null,
  name text not null,
  checksum text not null,
  applied_at timestamp with time zone not null default now(),
  constraint schema_migrations_pkey PRIMARY KEY (number)
);

create table settings (
  version integer generated always as identity not null,
  effective_from timestamp with time zone not null,
  "values" jsonb not null,
  created_by uuid,
  created_at timestamp with time zone not null,
  withdraws integer,
  constraint settings_pkey PRIMARY KEY (version),
  constraint settings_withdraws FOREIGN KEY (withdraws) REFERENCES settings(version),
  constraint settings_withdrawal_changes_nothing CHECK (((withdraws IS NULL) OR ("values" = '{}'::jsonb)))
);
CREATE INDEX settings_in_force ON public.settings USING btree (effective_from DESC, version DESC);
CREATE UNIQUE INDEX settings_withdrawn_once ON public.settings USING btree (withdraws) WHERE (withdraws IS NOT NULL);

create table spot_holds (
  id uuid not null default uuidv7(),
  session_id uuid not null,
  user_id uuid not null,
  kind text not null,
  status text not null,
  expires_at timestamp with time zone not null,
  quote jsonb not null,
  settings_version integer not null,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  created_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  tell_at timestamp with time zone,
  constraint spot_holds_pkey PRIMARY KEY (id),
  constraint spot_holds_session FOREIGN KEY (session_id) REFERENCES class_sessions(id),
  constraint spot_holds_user FOREIGN KEY (user_id) REFERENCES users(id),
  constraint spot_holds_kind CHECK ((kind = ANY (ARRAY['public'::text, 'offer'::text, 'auto'::text, 'staff'::text, 'standing'::text]))),
  constraint spot_holds_status CHECK ((status = ANY (ARRAY['active'::text, 'confirming'::text, 'confirmed'::text, 'released'::text, 'expired'::text]))),
  constraint spot_holds_time CHECK ((ends_at > starts_at))
) with (fillfactor=80, autovacuum_analyze_scale_factor=0.0005, autovacuum_analyze_threshold=2000, autovacuum_vacuum_scale_factor=0.01);
CREATE INDEX spot_holds_created_at ON public.spot_holds USING brin (created_at);
CREATE INDEX spot_holds_due ON public.spot_holds USING btree (expires_at) WHERE (status = 'active'::text);
CREATE INDEX spot_holds_live_user ON public.spot_holds USING btree (user_id) WHERE (ended_at IS NULL);
CREATE UNIQUE INDEX spot_holds_one_live ON public.spot_holds USING btree (session_id, user_id) WHERE (status = ANY (ARRAY['active'::text, 'confirming'::text]));

create table standing_reservations (
  id uuid not null default uuidv7(),
  user_id uuid not null,
  series_id uuid not null,
  membership_id uuid,
  joins_waitlist boolean not null default true,
  starts_on date not null,
  ended_at timestamp with time zone,
  created_by uuid,
  created_at timestamp with time zone not null,
  ends_on date,
  constraint standing_reservations_pkey PRIMARY KEY (id),
  constraint standing_reservations_membership FOREIGN KEY (membership_id) REFERENCES memberships(id),
  constraint standing_reservations_series FOREIGN KEY (series_id) REFERENCES class_series(id),
  constraint standing_reservations_user FOREIGN KEY (user_id) REFERENCES users(id),
  constraint standing_reservations_days CHECK (((ends_on IS NULL) OR (ends_on >= starts_on)))
);
CREATE INDEX standing_reservations_ends_on ON public.standing_reservations USING btree (ends_on) WHERE ((ended_at IS NULL) AND (ends_on IS NOT NULL));
CREATE UNIQUE INDEX standing_reservations_one_live ON public.standing_reservations USING btree (user_id, series_id) WHERE (ended_at IS NULL);
CREATE INDEX standing_reservations_series_id ON public.standing_reservations USING btree (series_id) WHERE (ended_at IS NULL);
CREATE INDEX standing_reservations_user_id ON public.standing_reservations USING btree (user_id, created_at DESC);

create table standing_results (
  reservation_id uuid not null,
  session_id uuid not null,
  outcome text not null,
  reason text,
  booking_id uuid,
  decided_at timestamp with time zone not null,
  sentence text not null,
  constraint standing_results_pkey PRIMARY KEY (reservation_id, session_id),
  constraint standing_results_booking FOREIGN KEY (booking_id) REFERENCES bookings(id),
  constraint standing_results_reservation FOREIGN KEY (reservation_id) REFERENCES standing_reservations(id),
  constraint standing_results_session FOREIGN KEY (session_id) REFERENCES class_sessions(id),
  constraint standing_results_booked CHECK (((outcome = 'booked'::text) = (booking_id IS NOT NULL))),
  constraint standing_results_outcome CHECK ((outcome = ANY (ARRAY['booked'::text, 'waitlisted'::text, 'skipped'::text]))),
  constraint standing_results_reason CHECK (((outcome = 'skipped'::text) = (reason IS NOT NULL)))
);
CREATE INDEX standing_results_session_id ON public.standing_results USING btree (session_id);

create table trainer_profiles (
  user_id uuid not null,
  bio text not null default ''::text,
  retired_at timestamp with time zone,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint trainer_profiles_pkey PRIMARY KEY (user_id),
  constraint trainer_profiles_user FOREIGN KEY (user_id) REFERENCES users(id)
);

create table uncounted_days (
  day date not null,
  constraint uncounted_days_pkey PRIMARY KEY (day)
);

create table users (
  id uuid not null default uuidv7(),
  email text not null,
  display_name text not null,
  role text not null default 'client'::text,
  email_verified boolean not null default false,
  image_url text,
  demo boolean not null default false,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint users_pkey PRIMARY KEY (id),
  constraint users_email_key UNIQUE (email),
  constraint users_email_lower CHECK ((email = lower(email))),
  constraint users_role CHECK ((role = ANY (ARRAY['client'::text, 'trainer'::text, 'admin'::text])))
);
CREATE INDEX users_display_name ON public.users USING btree (display_name COLLATE "und-x-icu", id);
CREATE INDEX users_search ON public.users USING gin ((((display_name || ' '::text) || email)) gin_trgm_ops);
CREATE INDEX users_staff ON public.users USING btree (role, id) WHERE (role <> 'client'::text);

create table waitlist_entries (
  id uuid not null default uuidv7(),
  session_id uuid not null,
  user_id uuid not null,
  rank numeric not null,
  state text not null,
  passed_over_reason text,
  hold_id uuid,
  offers_expired smallint not null default 0,
  created_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  template_id uuid not null,
  joined_position integer,
  asleep_until timestamp with time zone,
  constraint waitlist_entries_pkey PRIMARY KEY (id),
  constraint waitlist_entries_hold FOREIGN KEY (hold_id) REFERENCES spot_holds(id),
  constraint waitlist_entries_session FOREIGN KEY (session_id) REFERENCES class_sessions(id),
  constraint waitlist_entries_user FOREIGN KEY (user_id) REFERENCES users(id),
  constraint waitlist_entries_offer CHECK (((state <> 'offered'::text) OR (hold_id IS NOT NULL))),
  constraint waitlist_entries_reason CHECK (((passed_over_reason IS NULL) OR (state = 'waiting'::text))),
  constraint waitlist_entries_state CHECK ((state = ANY (ARRAY['waiting'::text, 'offered'::text, 'accepted'::text, 'declined'::text, 'left'::text, 'expired'::text, 'closed'::text])))
) with (autovacuum_analyze_scale_factor=0.005, autovacuum_analyze_threshold=500, autovacuum_vacuum_scale_factor=0.01);
CREATE INDEX waitlist_entries_asleep ON public.waitlist_entries USING btree (asleep_until) WHERE ((state = 'waiting'::text) AND (asleep_until IS NOT NULL));
CREATE INDEX waitlist_entries_hold_id ON public.waitlist_entries USING btree (hold_id) WHERE (hold_id IS NOT NULL);
CREATE INDEX waitlist_entries_live_user ON public.waitlist_entries USING btree (user_id) WHERE (state = ANY (ARRAY['waiting'::text, 'offered'::text]));
CREATE INDEX waitlist_entries_odds ON public.waitlist_entries USING btree (template_id, joined_position, ended_at DESC) INCLUDE (state) WHERE ((ended_at IS NOT NULL) AND (joined_position IS NOT NULL));
CREATE UNIQUE INDEX waitlist_entries_one_live ON public.waitlist_entries USING btree (session_id, user_id) WHERE (state = ANY (ARRAY['waiting'::text, 'offered'::text]));
CREATE INDEX waitlist_entries_queue ON public.waitlist_entries USING btree (session_id, rank, id) WHERE (state = 'waiting'::text);

create table webhook_deliveries (
  id uuid not null,
  endpoint_id uuid not null,
  event_id bigint,
  topic text not null,
  body text not null,
  state text not null default 'waiting'::text,
  attempts smallint not null default 0,
  due_at timestamp with time zone not null,
  leased_until timestamp with time zone,
  attempted_at timestamp with time zone,
  delivered_at timestamp with time zone,
  answer_status smallint,
  answer text,
  fault text,
  created_at timestamp with time zone not null,
  constraint webhook_deliveries_pkey PRIMARY KEY (id),
  constraint webhook_deliveries_endpoint FOREIGN KEY (endpoint_id) REFERENCES webhook_endpoints(id) ON DELETE CASCADE,
  constraint webhook_deliveries_state CHECK ((state = ANY (ARRAY['waiting'::text, 'delivered'::text, 'failed'::text])))
);
CREATE INDEX webhook_deliveries_created_at ON public.webhook_deliveries USING brin (created_at);
CREATE INDEX webhook_deliveries_due ON public.webhook_deliveries USING btree (endpoint_id, due_at) WHERE (state = 'waiting'::text);
CREATE INDEX webhook_deliveries_failed ON public.webhook_deliveries USING btree (endpoint_id, created_at) WHERE (state = 'failed'::text);
CREATE INDEX webhook_deliveries_latest ON public.webhook_deliveries USING btree (endpoint_id, id);
CREATE UNIQUE INDEX webhook_deliveries_once ON public.webhook_deliveries USING btree (endpoint_id, event_id);

create table webhook_endpoints (
  id uuid not null,
  url text not null,
  description text not null,
  topics text[] not null,
  secret text not null,
  old_secret text,
  old_secret_until timestamp with time zone,
  paused_at timestamp with time zone,
  pause_cause text,
  failing_since timestamp with time zone,
  last_delivered_at timestamp with time zone,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint webhook_endpoints_pkey PRIMARY KEY (id),
  constraint webhook_endpoints_old_secret CHECK (((old_secret IS NULL) = (old_secret_until IS NULL))),
  constraint webhook_endpoints_pause CHECK (((paused_at IS NULL) = (pause_cause IS NULL))),
  constraint webhook_endpoints_pause_cause CHECK ((pause_cause = ANY (ARRAY['asked'::text, 'failing'::text, 'gone'::text])))
);

CREATE OR REPLACE FUNCTION public.announce_auth_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_table_name = 'users' then
    perform pg_notify('auth_changed', 'user ' || old.id);
  elsif tg_table_name = 'auth_accounts' then
    perform pg_notify('auth_changed', 'user ' || old.user_id);
  elsif tg_table_name = 'api_keys' then
    perform pg_notify('auth_changed', 'token ' || old.key_hash);
  else
    perform pg_notify('auth_changed', 'token ' || encode(sha256(convert_to(old.token, 'UTF8')), 'hex'));
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.ensure_audit_partition(day date)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  first date := date_trunc('month', day);
  name text := 'audit_log_' || to_char(first, 'YYYY_MM');
begin
  -- Each look below is a statement of its own, and so sees what the one before us has committed.
  perform pg_advisory_xact_lock(hashtextextended('ensure_audit_partition', 0));
  if to_regclass(name) is null and not exists (
    select from audit_log_default where "timestamp" >= first::timestamptz and "timestamp" < (first + interval '1 month')::date::timestamptz)
  then
    execute format('create table %I partition of audit_log for values from (%L) to (%L)',
      name, first::timestamptz, (first + interval '1 month')::date::timestamptz);
  end if;
end $function$;

CREATE OR REPLACE FUNCTION public.keep_credits_balance()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  update memberships m set credits_balance = m.credits_balance + l.amount,
    expired_at = case when l.amount > 0 then null else m.expired_at end
  from (select membership_id, sum(amount)::integer as amount from lines group by membership_id) l
  where m.id = l.membership_id and l.amount <> 0;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end $function$;

CREATE TRIGGER api_keys_announce AFTER DELETE OR UPDATE ON public.api_keys FOR EACH ROW EXECUTE FUNCTION announce_auth_change();
CREATE TRIGGER audit_log_append_only BEFORE DELETE OR UPDATE ON public.audit_log FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_log_no_truncate BEFORE TRUNCATE ON public.audit_log FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER auth_accounts_announce AFTER DELETE OR UPDATE OF password ON public.auth_accounts FOR EACH ROW EXECUTE FUNCTION announce_auth_change();
CREATE TRIGGER auth_sessions_announce AFTER DELETE OR UPDATE ON public.auth_sessions FOR EACH ROW EXECUTE FUNCTION announce_auth_change();
CREATE TRIGGER credit_transactions_append_only BEFORE DELETE OR UPDATE ON public.credit_transactions FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER credit_transactions_keep_balance AFTER INSERT ON public.credit_transactions REFERENCING NEW TABLE AS lines FOR EACH STATEMENT EXECUTE FUNCTION keep_credits_balance();
CREATE TRIGGER credit_transactions_no_truncate BEFORE TRUNCATE ON public.credit_transactions FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER decision_receipts_append_only BEFORE DELETE OR UPDATE ON public.decision_receipts FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER decision_receipts_no_truncate BEFORE TRUNCATE ON public.decision_receipts FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER settings_append_only BEFORE DELETE OR UPDATE ON public.settings FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER users_announce AFTER DELETE OR UPDATE OF email, display_name, role, demo ON public.users FOR EACH ROW EXECUTE FUNCTION announce_auth_change();
