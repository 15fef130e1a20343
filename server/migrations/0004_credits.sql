-- Why: what people may pay with, the ledger of it, and the reason behind each line.
-- Old code may run beside it: yes, nothing here existed before.

-- A lot of credits, or one period of unlimited access. Credits are integer hundredths.
create table memberships (
  id uuid not null default uuidv7(),
  user_id uuid not null,
  plan_type text not null,
  name text not null,
  credits_granted integer,
  credits_balance integer not null default 0,
  valid_from timestamptz not null,
  valid_until timestamptz not null,
  origin_id uuid,
  created_at timestamptz not null,
  constraint memberships_pkey primary key (id),
  constraint memberships_user foreign key (user_id) references users (id),
  constraint memberships_origin foreign key (origin_id) references memberships (id),
  constraint memberships_plan_type check (plan_type in ('pack', 'unlimited', 'complimentary', 'returned')),
  constraint memberships_unlimited check ((plan_type = 'unlimited') = (credits_granted is null)),
  constraint memberships_never_below_zero check (credits_balance >= 0),
  constraint memberships_validity check (valid_until > valid_from)
) with (fillfactor = 80);
-- What somebody may pay with, and what they see of it. No index names the balance, not even as its condition: a debit is then
-- a heap-only update, and two members' debits never meet on an index page, which SERIALIZABLE takes for a conflict.
create index memberships_user_id on memberships (user_id, valid_until);

-- Why a decision about money or credits came out as it did. Never edited.
create table decision_receipts (
  id uuid not null default uuidv7(),
  user_id uuid not null,
  booking_id uuid,
  rule text not null,
  rule_version integer not null,
  sentence text not null,
  facts jsonb not null,
  lines jsonb not null,
  actor_id uuid,
  decided_at timestamptz not null,
  constraint decision_receipts_pkey primary key (id)
);
create index decision_receipts_booking_id on decision_receipts (booking_id) where booking_id is not null;
create trigger decision_receipts_append_only before update or delete on decision_receipts
  for each row execute function refuse_change();
create trigger decision_receipts_no_truncate before truncate on decision_receipts
  for each statement execute function refuse_change();

create table credit_transactions (
  id uuid not null default uuidv7(),
  user_id uuid not null,
  membership_id uuid not null,
  type text not null,
  amount integer not null,
  balance_after integer not null,
  booking_id uuid,
  receipt_id uuid not null,
  created_at timestamptz not null,
  constraint credit_transactions_pkey primary key (id),
  constraint credit_transactions_membership foreign key (membership_id) references memberships (id),
  constraint credit_transactions_receipt foreign key (receipt_id) references decision_receipts (id),
  constraint credit_transactions_type check
    (type in ('purchase', 'grant', 'debit', 'return', 'forfeit', 'expire', 'adjust', 'refund', 'transfer')),
  constraint credit_transactions_sign check (case type
    when 'purchase' then amount > 0 when 'grant' then amount > 0 when 'return' then amount > 0
    when 'debit' then amount < 0 when 'expire' then amount < 0 when 'forfeit' then amount = 0
    else amount <> 0 end)
);
-- The ledger page, latest first by the database's clock; ids come from the clocks of several processes and only break ties.
create index credit_transactions_user_id on credit_transactions (user_id, created_at desc, id desc);
-- A lot's balance recomputed, and what a booking debited.
create index credit_transactions_membership_id on credit_transactions (membership_id, id);
create index credit_transactions_booking_id on credit_transactions (booking_id) where booking_id is not null;
create trigger credit_transactions_append_only before update or delete on credit_transactions
  for each row execute function refuse_change();
create trigger credit_transactions_no_truncate before truncate on credit_transactions
  for each statement execute function refuse_change();

-- The ledger is the truth; the balance beside a lot is kept from it, here and nowhere else.
create function keep_credits_balance() returns trigger language plpgsql as $$
begin
  update memberships m set credits_balance = m.credits_balance + l.amount
  from (select membership_id, sum(amount)::integer as amount from lines group by membership_id) l
  where m.id = l.membership_id and l.amount <> 0;
  return null;
end $$;
create trigger credit_transactions_keep_balance after insert on credit_transactions
  referencing new table as lines for each statement execute function keep_credits_balance();
