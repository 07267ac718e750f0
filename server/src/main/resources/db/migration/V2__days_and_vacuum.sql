-- Pages and met URLs go by the day of their job's id (UUIDv7 begins with its time), so that a day that is no
-- longer kept is dropped whole: no deletes, no vacuum, no bloat.

ALTER TABLE page RENAME TO page_before;
ALTER INDEX page_pkey RENAME TO page_before_pkey;
ALTER INDEX page_fault RENAME TO page_before_fault;
CREATE TABLE page (
    job_id     uuid NOT NULL,
    seq        bigint NOT NULL,
    url        text NOT NULL,
    fault      text,
    status     int,
    fetched_at timestamptz NOT NULL,
    meta       json NOT NULL,
    content    bytea,
    PRIMARY KEY (job_id, seq)
) PARTITION BY RANGE (job_id);
ALTER TABLE page ALTER COLUMN content SET STORAGE EXTERNAL;
CREATE INDEX page_fault ON page (job_id, seq) WHERE fault IS NOT NULL;

ALTER TABLE seen RENAME TO seen_before;
ALTER INDEX seen_pkey RENAME TO seen_before_pkey;
CREATE TABLE seen (
    job_id uuid NOT NULL,
    key    uuid NOT NULL,
    PRIMARY KEY (job_id, key)
) PARTITION BY RANGE (job_id);

-- All of it counts as of today, so it is dropped when today is.
DO $$
DECLARE
    today    date := (now() AT TIME ZONE 'UTC')::date;
    tomorrow uuid := (lpad(to_hex((extract(epoch FROM today + 1) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid;
    name     text;
BEGIN
    FOREACH name IN ARRAY ARRAY['page', 'seen'] LOOP
        EXECUTE format('ALTER TABLE %I RENAME TO %I', name || '_before', name || to_char(today, '_YYYYMMDD'));
        EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (MINVALUE) TO (%L)',
                       name, name || to_char(today, '_YYYYMMDD'), tomorrow);
    END LOOP;
END $$;

-- A task lives for moments and there are many: dead rows must go before the heads of the queues fill with them.
-- The default waits for a fifth of the table to die.
ALTER TABLE task SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 5000,
                      autovacuum_vacuum_cost_delay = 0, autovacuum_analyze_scale_factor = 0.05,
                      autovacuum_vacuum_insert_scale_factor = 0.2);
-- Small tables that are updated all the time, in place (HOT) as long as their pages have room.
ALTER TABLE host SET (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 0);
ALTER TABLE job SET (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 0);
