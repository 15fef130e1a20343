-- Why: what each look at every invariant found is kept, so that an admin can read it and a restart loses none that was due.
-- Old code may run beside it: yes, it neither reads nor writes any of this.

create table reconciliations (
  id uuid not null,
  -- Who wanted it; nobody when it was due by itself.
  asked_by uuid,
  asked_at timestamptz not null,
  -- When a worker last began, and how often one has.
  started_at timestamptz,
  attempts smallint not null default 0,
  ended_at timestamptz,
  -- Null until it has ended.
  ok boolean,
  -- What does not hold: [{"area", "check", "count", "samples"}].
  broken jsonb not null default '[]',
  -- Why it could not be done to its end.
  fault text,
  constraint reconciliations_pkey primary key (id),
  constraint reconciliations_asked_by foreign key (asked_by) references users (id),
  constraint reconciliations_end check (
    (ended_at is null) = (ok is null) and (ended_at is null or started_at is not null)
    and ok is not distinct from (case when ended_at is not null then broken = '[]'::jsonb and fault is null end)),
  constraint reconciliations_size check (octet_length(broken::text) <= 100000 and octet_length(fault) <= 2000)
);
-- One at a time.
create unique index reconciliations_under_way on reconciliations ((ended_at is null)) where ended_at is null;
create index reconciliations_asked_at on reconciliations (asked_at);
create index reconciliations_asked_by on reconciliations (asked_by) where asked_by is not null;
