-- The schedules that begin a run next.
CREATE INDEX CONCURRENTLY schedule_start ON schedule (start_at) WHERE start_at IS NOT NULL;
