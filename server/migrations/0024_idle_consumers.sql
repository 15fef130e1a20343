-- Why: in a rush most events concern nobody; a list in the row that is written anyway is cheaper than a row each in the inbox.
-- Old code may run beside it: yes; it takes such events for missed ten minutes later, queues them once more, and finds nothing to do.

-- The consumers that were asked before the event was queued, and for whom there was nothing to do.
alter table outbox add column idle text[] not null default '{}';
