-- The tables of the host queues. docs/task-states.md draws how a task moves through them.

CREATE TABLE job (
    id          uuid PRIMARY KEY,               -- UUIDv7: sorts by creation time
    state       text NOT NULL CHECK (state IN ('RUNNING', 'COMPLETED', 'CANCELLED', 'FAILED')),
    spec        jsonb NOT NULL,
    priority    smallint NOT NULL,
    page_limit  bigint NOT NULL,                -- most tasks the job may ever hold
    total       bigint NOT NULL,
    pending     bigint NOT NULL,
    done        bigint NOT NULL DEFAULT 0,      -- also the highest page.seq
    failed      bigint NOT NULL DEFAULT 0,
    next_rank   bigint NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz,
    CHECK (pending >= 0 AND failed <= done)
) WITH (fillfactor = 50);                       -- counters change with every settle: keep updates HOT
CREATE INDEX job_state ON job (state, id);

CREATE TABLE idempotency (
    key        text PRIMARY KEY,
    body_hash  text NOT NULL,
    job_id     uuid NOT NULL REFERENCES job (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now()
);

-- ready_at is set exactly while the queue may be leased: it has tasks and no owner. So the partial index
-- changes when a queue changes hands and not with every settle.
CREATE TABLE host (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name           text NOT NULL UNIQUE,
    ready_at       timestamptz,
    lease_owner    uuid,
    backlog        bigint NOT NULL,                 -- tasks queued or in hand
    in_hand        bigint[] NOT NULL DEFAULT '{}',  -- tasks that the owner works on
    not_before     timestamptz,                     -- crawl delay or backoff: the later clock
    failures       int NOT NULL DEFAULT 0,
    failing_since  timestamptz,
    crawl_delay_ms bigint NOT NULL DEFAULT 0,
    wait_reason    text,
    CHECK (ready_at IS NULL OR lease_owner IS NULL)
) WITH (fillfactor = 50);
CREATE INDEX host_ready ON host (ready_at) WHERE ready_at IS NOT NULL;
CREATE INDEX host_owner ON host (lease_owner) WHERE lease_owner IS NOT NULL;

-- Inserted once, deleted once, never updated.
CREATE TABLE task (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    host_id  bigint NOT NULL,
    job_id   uuid NOT NULL,
    priority smallint NOT NULL,
    rank     bigint NOT NULL,                   -- position in its own job
    url      text NOT NULL,
    depth    int NOT NULL,
    attempt  smallint NOT NULL,
    rescues  smallint NOT NULL
);
CREATE INDEX task_queue ON task (host_id, priority, rank, id);
CREATE INDEX task_job ON task (job_id, host_id); -- why does a job wait

-- The URLs a crawl has met, by 128-bit hash.
CREATE TABLE seen (
    job_id uuid NOT NULL,
    key    uuid NOT NULL,
    PRIMARY KEY (job_id, key)
);

CREATE TABLE page (
    job_id     uuid NOT NULL,
    seq        bigint NOT NULL,                 -- dense, in commit order
    url        text NOT NULL,
    fault      text,                            -- the fault code, or null for content
    status     int,
    fetched_at timestamptz NOT NULL,
    meta       json NOT NULL,
    content    bytea,                           -- JSON, compressed with Zstandard
    PRIMARY KEY (job_id, seq)
);
ALTER TABLE page ALTER COLUMN content SET STORAGE EXTERNAL;
CREATE INDEX page_fault ON page (job_id, seq) WHERE fault IS NOT NULL;

CREATE TABLE worker (
    id           uuid PRIMARY KEY,
    started_at   timestamptz NOT NULL DEFAULT now(),
    heartbeat_at timestamptz NOT NULL DEFAULT now()
);
