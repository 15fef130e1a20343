-- Why: events are published to a broker between two transactions; who is publishing one keeps other relays from it meanwhile.
-- Old code may run beside it: yes, it hands on what it finds, leased or not, and consumers drop what they had already.

alter table outbox add column leased_until timestamptz;
