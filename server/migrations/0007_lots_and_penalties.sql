-- Why: lots that end, rest and begin late, and what a member without credits to lose owes for a spot they did not use.
-- Old code may run beside it: no, it would let a lot pay while its membership is frozen.

alter table memberships
  -- The freeze under way or to come: it pays for nothing that starts inside; half-open.
  add column frozen_from timestamptz,
  add column frozen_until timestamptz,
  -- Null: its time runs from the beginning. Else so many days from its first use, which is then written down.
  add column activation_days integer,
  add column activated_at timestamptz,
  -- When the job has taken out what was left; also of lots that had nothing left.
  add column expired_at timestamptz,
  drop constraint memberships_plan_type,
  add constraint memberships_plan_type check (plan_type in ('pack', 'unlimited', 'complimentary', 'returned', 'transferred')),
  add constraint memberships_freeze check ((frozen_from is null) = (frozen_until is null) and frozen_until > frozen_from),
  add constraint memberships_activation check (activation_days between 1 and 3660 and (activation_days is not null or activated_at is null));
-- An expired lot is empty: credits that a late return puts back into it are for the job to take out again.
create or replace function keep_credits_balance() returns trigger language plpgsql as $$
begin
  update memberships m set credits_balance = m.credits_balance + l.amount,
    expired_at = case when l.amount > 0 then null else m.expired_at end
  from (select membership_id, sum(amount)::integer as amount from lines group by membership_id) l
  where m.id = l.membership_id and l.amount <> 0;
  return null;
end $$;
-- What the expiry job has to end, and what the warnings are about. Neither column changes with a debit.
create index memberships_running on memberships (valid_until) where expired_at is null;

-- A decision about a lot that moves no credits, a freeze or an extension, is read beside the lot.
alter table decision_receipts add column membership_id uuid;
create index decision_receipts_membership_id on decision_receipts (membership_id, decided_at desc) where membership_id is not null;

create table membership_freezes (
  id uuid not null default uuidv7(),
  membership_id uuid not null,
  starts_at timestamptz not null,
  -- Where it ended in the end: earlier than planned when it was lifted.
  ends_at timestamptz not null,
  reason text not null,
  created_by uuid,
  created_at timestamptz not null,
  lifted_at timestamptz,
  constraint membership_freezes_pkey primary key (id),
  constraint membership_freezes_membership foreign key (membership_id) references memberships (id),
  constraint membership_freezes_time check (ends_at >= starts_at)
);
create index membership_freezes_membership_id on membership_freezes (membership_id);

-- Said once for each end that a lot had: a lot that was extended is warned of again.
create table expiry_warnings (
  membership_id uuid not null,
  valid_until timestamptz not null,
  days_before integer not null,
  warned_at timestamptz not null,
  constraint expiry_warnings_pkey primary key (membership_id, valid_until, days_before),
  constraint expiry_warnings_membership foreign key (membership_id) references memberships (id)
);

-- From when until when somebody may not book for themselves.
create table booking_blocks (
  id uuid not null default uuidv7(),
  user_id uuid not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  -- How many strikes it took, by the rule that they were given under: with fewer left it does not stand.
  strikes_max integer not null,
  created_at timestamptz not null,
  lifted_at timestamptz,
  lifted_by uuid,
  lift_reason text,
  -- When it was announced that it is over: once, whether it ran out or was lifted.
  announced_over_at timestamptz,
  constraint booking_blocks_pkey primary key (id),
  constraint booking_blocks_user foreign key (user_id) references users (id),
  constraint booking_blocks_time check (ends_at > starts_at),
  constraint booking_blocks_lifted check ((lifted_at is null) = (lift_reason is null))
);
create index booking_blocks_to_announce on booking_blocks (ends_at) where announced_over_at is null;
-- Asked for at every hold.
create index booking_blocks_user_id on booking_blocks (user_id, ends_at);

-- A strike, or money owed, for a late cancellation or a no-show.
create table penalties (
  id uuid not null default uuidv7(),
  user_id uuid not null,
  booking_id uuid not null,
  kind text not null,
  cause text not null,
  -- Owed, for a fee.
  amount_cents integer,
  currency text,
  -- The first instant at which a strike no longer counts, by the rule it was given under.
  lapses_at timestamptz,
  -- The block that this strike brought about: it does not count towards another.
  block_id uuid,
  receipt_id uuid not null,
  created_at timestamptz not null,
  waived_at timestamptz,
  waived_by uuid,
  waive_receipt_id uuid,
  constraint penalties_pkey primary key (id),
  constraint penalties_user foreign key (user_id) references users (id),
  constraint penalties_block foreign key (block_id) references booking_blocks (id),
  constraint penalties_receipt foreign key (receipt_id) references decision_receipts (id),
  constraint penalties_waive_receipt foreign key (waive_receipt_id) references decision_receipts (id),
  constraint penalties_kind check (kind in ('strike', 'fee')),
  constraint penalties_lapses check ((kind = 'strike') = (lapses_at is not null)),
  constraint penalties_cause check (cause in ('late-cancel', 'no-show')),
  constraint penalties_amount check ((kind = 'fee') = (amount_cents is not null) and (kind = 'fee') = (currency is not null) and amount_cents > 0),
  constraint penalties_waived check ((waived_at is null) = (waive_receipt_id is null))
);
-- A booking is penalised once in each way, unless the penalty was taken back.
create unique index penalties_once on penalties (booking_id, kind) where waived_at is null;
-- A member's strikes in their window, and their page.
create index penalties_user_id on penalties (user_id, created_at desc, id desc);
