-- Why: devices on which a member wants to be told, as their browsers subscribed them.
-- Old code may run beside it: yes, it neither reads nor writes any of this.

create table push_subscriptions (
  id uuid not null default uuidv7(),
  user_id uuid not null,
  -- A secret of the device: whoever knows it can send there.
  endpoint text not null,
  p256dh text not null,
  auth text not null,
  -- The key of ours that it was made with; the push service takes nothing that another one signed.
  application_key text not null,
  created_at timestamptz not null,
  constraint push_subscriptions_pkey primary key (id),
  constraint push_subscriptions_endpoint unique (endpoint),
  constraint push_subscriptions_user foreign key (user_id) references users (id)
);
create index push_subscriptions_user_id on push_subscriptions (user_id, created_at);
