-- By an expression, so that the planner has no other index to weigh against it (Sweep asks in the same words).
-- Whose tasks are still to be swept: also jobs that a process of the release before cancels.
CREATE INDEX CONCURRENTLY job_unswept ON job (finished_at)
    WHERE state || '' = 'CANCELLED' AND swept_at IS NULL;
