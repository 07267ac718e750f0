-- How far the webhook of a job is. Its events are the job and its pages, as they are stored (docs/adr/0054-webhooks.md).
CREATE TABLE webhook (
    job_id   uuid PRIMARY KEY REFERENCES job (id) ON DELETE CASCADE,
    tenant   bigint NOT NULL,
    state    text NOT NULL DEFAULT 'OPEN' CHECK (state IN ('OPEN', 'DONE', 'STOPPED')),
    secrets  bytea,                               -- headers and secret, sealed for as long as the job is known
    position bigint NOT NULL DEFAULT 0,           -- the event that is told next: 0 the start, page.seq, job.done + 1 the end
    attempts int NOT NULL DEFAULT 0,              -- failed ones of that event
    next_at  timestamptz NOT NULL DEFAULT now(),  -- also the end of the lease
    lease    uuid,
    told_at  timestamptz,
    status   int,
    problem  text
) WITH (fillfactor = 70);
