-- Which of a worker's leases a queue is held by. Whoever acts by another one changes nothing: a run that lost its
-- queue cannot let go of the lease that the same worker took again later. Numbers come from the worker, so a crash
-- that undoes a lease (ADR 21) cannot make one come twice.
ALTER TABLE host ADD COLUMN lease bigint NOT NULL DEFAULT 0;

-- When the host last gave an answer that was a page or a fault, and not "later".
ALTER TABLE host ADD COLUMN answered_at timestamptz;
