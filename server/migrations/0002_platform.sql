-- Why: what every use case leans on: replayed answers, events staged with their effect, who did what.
-- Old code may run beside it: yes, nothing here existed before.

-- One row for each command that had an effect, written in the effect's own transaction.
create table idempotency_keys (
  user_id uuid not null,
  key text not null,
  fingerprint text not null,
  status smallint not null,
  body text not null,
  created_at timestamptz not null,
  constraint idempotency_keys_pkey primary key (user_id, key)
);
-- The clean-up's range; BRIN, because this table is written on the hot path and in time order.
create index idempotency_keys_created_at on idempotency_keys using brin (created_at);

create table outbox (
  id bigint generated always as identity,
  topic text not null,
  data jsonb not null,
  actor_id uuid,
  trace_id text not null,
  occurred_at timestamptz not null,
  handled_at timestamptz,
  constraint outbox_pkey primary key (id)
);
-- The relay's only question: what is still to be handed on, oldest first.
create index outbox_pending on outbox (id) where handled_at is null;
create index outbox_handled_at on outbox using brin (handled_at);

-- The in-process broker's queue: one row for each consumer that has yet to handle an event.
create table deliveries (
  consumer text not null,
  event_id bigint not null,
  attempts smallint not null default 0,
  due_at timestamptz not null,
  last_error text,
  dead_at timestamptz,
  constraint deliveries_pkey primary key (consumer, event_id),
  constraint deliveries_event foreign key (event_id) references outbox (id)
);
create index deliveries_due on deliveries (due_at) where dead_at is null;

-- A consumer's row here commits together with its effect: an event takes effect once.
create table inbox (
  consumer text not null,
  event_id bigint not null,
  handled_at timestamptz not null,
  constraint inbox_pkey primary key (consumer, event_id)
);

create table audit_log (
  id bigint generated always as identity,
  entity_type text not null,
  entity_id uuid not null,
  action text not null,
  user_id uuid,
  "timestamp" timestamptz not null,
  trace_id text not null,
  details jsonb not null,
  -- The history of one thing, in order, is the question this table answers.
  constraint audit_log_pkey primary key (entity_id, "timestamp", id)
) partition by range ("timestamp");
create table audit_log_default partition of audit_log default;

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$;

create trigger audit_log_append_only before update or delete on audit_log
  for each row execute function refuse_change();
create trigger audit_log_no_truncate before truncate on audit_log
  for each statement execute function refuse_change();

-- Makes the partition of the month that holds the given day, unless it is there, or its rows lie in the default one already.
create function ensure_audit_partition(day date) returns void language plpgsql as $$
declare
  first date := date_trunc('month', day);
  name text := 'audit_log_' || to_char(first, 'YYYY_MM');
begin
  if to_regclass(name) is null and not exists (
    select from audit_log_default where "timestamp" >= first::timestamptz and "timestamp" < (first + interval '1 month')::date::timestamptz)
  then
    execute format('create table %I partition of audit_log for values from (%L) to (%L)',
      name, first::timestamptz, (first + interval '1 month')::date::timestamptz);
  end if;
end $$;
