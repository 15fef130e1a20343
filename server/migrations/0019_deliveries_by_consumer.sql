-- Why: each consumer takes what is due for itself; one with a backlog was in the way of all the others.
-- Old code may run beside it: yes; it takes for several consumers at once, which this index answers as well.

create index deliveries_due_for on deliveries (consumer, due_at, event_id) where dead_at is null;
drop index deliveries_due;
