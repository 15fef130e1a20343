-- Why: a standing reservation may have a last day, follows its series into the parts that continue it, and each result says why in words.
-- Old code may run beside it: no, it would write results without their sentence; none of it ever has.

alter table standing_reservations
  -- Its last studio day; null: until it is ended.
  add column ends_on date,
  add constraint standing_reservations_days check (ends_on is null or ends_on >= starts_on);
create index standing_reservations_user_id on standing_reservations (user_id, created_at desc);
-- Those whose last day comes.
create index standing_reservations_ends_on on standing_reservations (ends_on) where ended_at is null and ends_on is not null;

-- A reservation is kept under the first of the series that continue each other, and follows them into the last.
create index class_series_continues_id on class_series (continues_id) where continues_id is not null;

-- The receipt of the decision, in one sentence.
alter table standing_results add column sentence text not null;
