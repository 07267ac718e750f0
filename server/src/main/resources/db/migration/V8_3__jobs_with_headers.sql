-- Jobs that hold headers: a process of the release before keeps them in the spec, also past the end.
CREATE INDEX CONCURRENTLY job_headers ON job (id)
    WHERE secrets IS NOT NULL OR spec -> 'fetch' -> 'headers' <> '{}';
