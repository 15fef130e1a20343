-- Why: a STOP or START that is delivered again must not undo what was said after it, and Twilio says no time of either.
-- Old code may run beside it: yes; what it asks of messages_sms_reference only takes longer.

-- Which messages were heeded, by the id that Twilio gives each.
create table opt_out_notices (
  message_sid text not null,
  heard_at timestamptz not null,
  constraint opt_out_notices_pkey primary key (message_sid)
);
create index opt_out_notices_heard_at on opt_out_notices (heard_at);

-- What is said of an SMS afterwards names it by our own id.
drop index messages_sms_reference;
