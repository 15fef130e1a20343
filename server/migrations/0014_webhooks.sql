-- Why: a studio's own systems hear of events over HTTP: where they listen, and what was sent to each of them.
-- Old code may run beside it: yes, it neither reads nor writes any of this.

create table webhook_endpoints (
  id uuid not null,
  url text not null,
  description text not null,
  topics text[] not null,
  -- Sealed with a key derived from FITFLOW_SECRET: signing needs the secret itself, a digest would not do.
  secret text not null,
  -- Signs beside the new one until then.
  old_secret text,
  old_secret_until timestamptz,
  paused_at timestamptz,
  pause_cause text,
  -- Since when nothing was taken.
  failing_since timestamptz,
  last_delivered_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint webhook_endpoints_pkey primary key (id),
  constraint webhook_endpoints_pause check ((paused_at is null) = (pause_cause is null)),
  constraint webhook_endpoints_pause_cause check (pause_cause in ('asked', 'failing', 'gone')),
  constraint webhook_endpoints_old_secret check ((old_secret is null) = (old_secret_until is null))
);

create table webhook_deliveries (
  id uuid not null,
  endpoint_id uuid not null,
  -- Null for a test. No foreign key: an event is forgotten before what was sent of it.
  event_id bigint,
  topic text not null,
  -- Byte for byte what is signed and sent, at every attempt.
  body text not null,
  state text not null default 'waiting',
  attempts smallint not null default 0,
  due_at timestamptz not null,
  -- Somebody is sending it until then; the instant is also the sender's token.
  leased_until timestamptz,
  attempted_at timestamptz,
  delivered_at timestamptz,
  answer_status smallint,
  answer text,
  fault text,
  created_at timestamptz not null,
  constraint webhook_deliveries_pkey primary key (id),
  constraint webhook_deliveries_endpoint foreign key (endpoint_id) references webhook_endpoints (id) on delete cascade,
  constraint webhook_deliveries_state check (state in ('waiting', 'delivered', 'failed'))
);
-- An event is sent to an endpoint as one delivery, however often it comes.
create unique index webhook_deliveries_once on webhook_deliveries (endpoint_id, event_id);
-- The sender's question for each endpoint.
create index webhook_deliveries_due on webhook_deliveries (endpoint_id, due_at) where state = 'waiting';
create index webhook_deliveries_failed on webhook_deliveries (endpoint_id, created_at) where state = 'failed';
-- The page of an endpoint, latest first: ids are in the order of making.
create index webhook_deliveries_latest on webhook_deliveries (endpoint_id, id);
-- The clean-up's range.
create index webhook_deliveries_created_at on webhook_deliveries using brin (created_at);
