-- Jobs that are begun again and again. start_at is set exactly while the schedule is not paused: when the run that is
-- due at due_at is begun, a little later by its jitter.
CREATE TABLE schedule (
    id              uuid PRIMARY KEY,
    tenant          bigint NOT NULL,
    name            text NOT NULL,
    every_seconds   bigint,
    cron            text,
    zone            text NOT NULL,
    jitter_ms       bigint NOT NULL,
    recrawl         boolean NOT NULL,            -- each run does the one before again
    spec            jsonb NOT NULL,
    seeds           jsonb NOT NULL,
    secrets         bytea,
    webhook_secrets bytea,
    due_at          timestamptz NOT NULL,
    start_at        timestamptz,
    last_job        uuid,
    last_completed  uuid,
    created_at      timestamptz NOT NULL DEFAULT now(),
    CHECK ((every_seconds IS NULL) <> (cron IS NULL))
);
CREATE UNIQUE INDEX schedule_name ON schedule (tenant, name);

-- What became of each time that a schedule was due: no time has two rows, so none has two jobs.
CREATE TABLE schedule_run (
    schedule_id uuid NOT NULL REFERENCES schedule (id) ON DELETE CASCADE,
    due_at      timestamptz NOT NULL,
    at          timestamptz NOT NULL DEFAULT now(),
    outcome     text NOT NULL CHECK (outcome IN ('STARTED', 'SKIPPED', 'MISSED', 'FAILED')),
    job_id      uuid,
    detail      text,
    PRIMARY KEY (schedule_id, due_at)
);
