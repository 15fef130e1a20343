-- Why: who came, when, and who says so; and which bookings of classes that have begun nobody has spoken for.
-- Old code may run beside it: yes, nothing here existed before.

create table checkins (
  id uuid not null default uuidv7(),
  booking_id uuid not null,
  method text not null,
  checked_in_at timestamptz not null,
  -- After the start.
  late boolean not null,
  recorded_by uuid,
  undone_at timestamptz,
  undone_by uuid,
  constraint checkins_pkey primary key (id),
  constraint checkins_booking foreign key (booking_id) references bookings (id),
  constraint checkins_method check (method in ('manual', 'qr'))
);
create unique index checkins_one_standing on checkins (booking_id) where undone_at is null;

-- Small at any age: what has begun becomes attended or missed.
create index bookings_unspoken on bookings (starts_at) where status = 'confirmed';
