-- Whose tasks are still to be swept: also jobs that a process of the release before cancels.
CREATE INDEX CONCURRENTLY job_unswept ON job (id) WHERE state = 'CANCELLED' AND swept_at IS NULL;
