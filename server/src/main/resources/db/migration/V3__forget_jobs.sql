-- A job that is forgotten takes its idempotency key with it: found by this index, and not by reading all keys
-- once for each job.
CREATE INDEX idempotency_job ON idempotency (job_id);
