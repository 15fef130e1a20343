-- Why: what happened each day, counted for the success metrics; counted again from the rows themselves whenever something of that day changed.
-- Old code may run beside it: yes, it neither reads nor writes any of this.

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
  counted_at timestamptz not null,
  constraint daily_counts_pkey primary key (day)
);

-- Days of which something changed since they were counted.
create table uncounted_days (
  day date not null,
  constraint uncounted_days_pkey primary key (day)
);

-- A day's rows. BRIN, because both tables are written on the hot path and in time order.
create index spot_holds_created_at on spot_holds using brin (created_at);
create index bookings_created_at on bookings using brin (created_at);
create index bookings_cancelled_at on bookings (cancelled_at) where cancelled_at is not null;
