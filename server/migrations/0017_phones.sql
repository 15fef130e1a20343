-- Why: a member's mobile number, which nothing is sent to before a code has shown that it is theirs.
-- Old code may run beside it: yes, it neither reads nor writes any of this.

create table phones (
  user_id uuid not null,
  -- E.164, and verified.
  number text not null,
  verified_at timestamptz not null,
  -- When they said STOP to us from it.
  opted_out_at timestamptz,
  constraint phones_pkey primary key (user_id),
  constraint phones_user foreign key (user_id) references users (id),
  constraint phones_number check (number ~ '^\+[1-9][0-9]{6,14}$')
);
-- Whoever has this number: it may be a family's.
create index phones_number on phones (number);

-- Codes that were sent in the last day: what is tried against the latest, and how many more may be sent.
create table phone_codes (
  id uuid not null default uuidv7(),
  user_id uuid not null,
  number text not null,
  code_hash text not null,
  tries smallint not null default 0,
  sent_at timestamptz not null,
  expires_at timestamptz not null,
  -- Used, not taken by the other side, or given up.
  ended_at timestamptz,
  constraint phone_codes_pkey primary key (id),
  constraint phone_codes_user foreign key (user_id) references users (id),
  constraint phone_codes_number check (number ~ '^\+[1-9][0-9]{6,14}$')
);
create index phone_codes_user_id on phone_codes (user_id, sent_at);
create index phone_codes_number on phone_codes (number, sent_at);
create index phone_codes_sent_at on phone_codes (sent_at);

-- What the other side says of an SMS afterwards names it by its own reference.
create index messages_sms_reference on messages (provider_reference) where channel = 'sms';
