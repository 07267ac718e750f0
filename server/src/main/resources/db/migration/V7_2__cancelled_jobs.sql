-- Jobs that were cancelled lately: workers look for them several times a second.
CREATE INDEX CONCURRENTLY job_cancelled ON job (finished_at) WHERE state = 'CANCELLED';
