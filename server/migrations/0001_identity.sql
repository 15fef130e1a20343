-- Why: people, what they may do, and how a request shows who sent it.
-- Old code may run beside it: yes, nothing here existed before.

create extension if not exists pg_trgm;

create table users (
  id uuid not null default uuidv7(),
  email text not null,
  display_name text not null,
  role text not null default 'client',
  email_verified boolean not null default false,
  image_url text,
  -- A demo account signs in only where the demo is allowed.
  demo boolean not null default false,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint users_pkey primary key (id),
  constraint users_email_key unique (email),
  constraint users_email_lower check (email = lower(email)),
  constraint users_role check (role in ('client', 'trainer', 'admin'))
);
-- The list of users by name, page by page.
create index users_display_name on users (display_name collate "und-x-icu", id);
-- Staff search for a part of a name or an address.
create index users_search on users using gin ((display_name || ' ' || email) gin_trgm_ops);
-- Whether an admin is left is asked at each demotion; nearly everybody is a client.
create index users_staff on users (role, id) where role <> 'client';

-- Teaching is this row, not the role. Sessions refer to it: it is retired, never deleted.
create table trainer_profiles (
  user_id uuid not null,
  bio text not null default '',
  retired_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint trainer_profiles_pkey primary key (user_id),
  constraint trainer_profiles_user foreign key (user_id) references users (id)
);

-- The next three tables are shaped by the sign-in library; only it and this module's code write them.
create table auth_sessions (
  id uuid not null default uuidv7(),
  user_id uuid not null,
  token text not null,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint auth_sessions_pkey primary key (id),
  constraint auth_sessions_token_key unique (token),
  constraint auth_sessions_user foreign key (user_id) references users (id) on delete cascade
);
create index auth_sessions_user_id on auth_sessions (user_id);

create table auth_accounts (
  id uuid not null default uuidv7(),
  user_id uuid not null,
  account_id text not null,
  provider_id text not null,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint auth_accounts_pkey primary key (id),
  constraint auth_accounts_user foreign key (user_id) references users (id) on delete cascade
);
create index auth_accounts_user_id on auth_accounts (user_id);

create table auth_verifications (
  id uuid not null default uuidv7(),
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint auth_verifications_pkey primary key (id)
);
create index auth_verifications_identifier on auth_verifications (identifier);

-- Keys for machines: only the hash is kept, the key itself is shown once.
create table api_keys (
  id uuid not null default uuidv7(),
  user_id uuid not null,
  name text not null,
  hint text not null,
  key_hash text not null,
  scope text not null,
  expires_at timestamptz,
  created_at timestamptz not null,
  constraint api_keys_pkey primary key (id),
  constraint api_keys_key_hash_key unique (key_hash),
  constraint api_keys_user foreign key (user_id) references users (id) on delete cascade,
  constraint api_keys_scope check (scope in ('read', 'write'))
);
create index api_keys_user_id on api_keys (user_id);

-- Every process remembers who a token belongs to; this tells all of them to forget, at the commit.
create function announce_auth_change() returns trigger language plpgsql as $$
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
end $$;

create trigger users_announce after update of email, display_name, role, demo or delete on users
  for each row execute function announce_auth_change();
create trigger auth_accounts_announce after update of password or delete on auth_accounts
  for each row execute function announce_auth_change();
create trigger auth_sessions_announce after update or delete on auth_sessions
  for each row execute function announce_auth_change();
create trigger api_keys_announce after update or delete on api_keys
  for each row execute function announce_auth_change();
