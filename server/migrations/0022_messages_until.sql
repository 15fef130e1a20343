-- Why: messages were kept for good. Each now says until when: what tells of a booking, credits or penalties outlasts a dispute about it.
-- Old code may run beside it: yes; what it writes, and what was written before, is kept the longer time.

alter table messages add column forget_at timestamptz not null default now() + interval '550 days';
-- What is over, the first to be over first.
create index messages_forget on messages (forget_at);
