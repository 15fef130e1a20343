-- Why: two workers that started in the same instant both made the month's partition, and one of them ended with an error.
-- Old code may run beside it: yes; it calls the same function, which now waits for whoever is in it.

create or replace function ensure_audit_partition(day date) returns void language plpgsql as $$
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
end $$;
