-- Why: what people are told: a row for each message before it is sent, and what each of them would rather not hear.
-- Old code may run beside it: yes, it neither reads nor writes any of this.

create table messages (
  id uuid not null default uuidv7(),
  user_id uuid not null,
  kind text not null,
  channel text not null,
  -- What it was written for; whatever comes again, nobody is told twice for one reason by one way.
  reason text not null,
  -- As they were when it was written; never shown to anybody but its reader and staff.
  facts jsonb not null,
  -- The class session it is about, if any.
  session_id uuid,
  language text not null,
  state text not null default 'waiting',
  skipped text,
  due_at timestamptz not null,
  -- Whoever is at it; when that ends, another may be.
  leased_until timestamptz,
  attempts smallint not null default 0,
  last_error text,
  provider_reference text,
  created_at timestamptz not null,
  sent_at timestamptz,
  constraint messages_pkey primary key (id),
  constraint messages_once unique (reason, user_id, channel),
  constraint messages_user foreign key (user_id) references users (id),
  constraint messages_session foreign key (session_id) references class_sessions (id),
  constraint messages_channel check (channel in ('email', 'sms', 'push')),
  constraint messages_language check (language in ('en', 'es')),
  constraint messages_state check (state in ('waiting', 'sent', 'failed', 'skipped')),
  constraint messages_skipped check ((state = 'skipped') = (skipped is not null)),
  constraint messages_sent check ((state = 'sent') = (sent_at is not null))
);
-- What the senders ask for all day: of what waits, the first to be due.
create index messages_due on messages (channel, due_at) where state = 'waiting';
-- Somebody's messages, and those in one state, page by page.
create index messages_user_id on messages (user_id, id);
create index messages_state on messages (state, id);
-- What somebody was last told about a class.
create index messages_session on messages (session_id, user_id, id) where session_id is not null;

create table message_preferences (
  user_id uuid not null,
  language text not null,
  -- Null: the studio's.
  time_zone text,
  quiet_start text,
  quiet_end text,
  -- By group and channel, where somebody chose otherwise than we would: {"reminders": {"email": false}}.
  choices jsonb not null,
  updated_at timestamptz not null,
  constraint message_preferences_pkey primary key (user_id),
  constraint message_preferences_user foreign key (user_id) references users (id),
  constraint message_preferences_language check (language in ('en', 'es')),
  constraint message_preferences_quiet check ((quiet_start is null) = (quiet_end is null))
);
