-- When a host last had tasks added, taken or asked for: one that nobody has needed for long is removed.
-- In a transaction of its own, as are the next two: with two busy tables in one it could deadlock with a lease.
ALTER TABLE host ADD COLUMN touched_at timestamptz NOT NULL DEFAULT now();
